import { error } from '../../src/base/issues.ts';
import { fail } from '../../src/base/result.ts';
import { UnreadableBlock } from '../../src/importers/read-watch.ts';
import { runJob } from '../../src/pipeline/job.ts';
import type { JobResponse } from '../../src/pipeline/job.types.ts';
import { loadRequest } from './load-request.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

const send = (answer: WorkerAnswer, transfer: Transferable[] = []): void =>
  self.postMessage(answer, { transfer });

/** Columns of a file in blocks change hands: a copy would double what is by far the most of the memory. */
function columnsOf(response: JobResponse): Transferable[] {
  const columns = response.ok ? response.value.measurements.flatMap(({ curve }) => curve.columns) : [];
  return [...new Set(columns.map(({ data }) => data.buffer as ArrayBuffer))];
}

async function answer(question: WorkerQuestion): Promise<JobResponse> {
  const { request, hooks } = await loadRequest(question, (bytesDone, bytesTotal) =>
    send({ id: question.id, bytesDone, bytesTotal }),
  );
  return runJob(request, hooks);
}

self.onmessage = async ({ data }: MessageEvent<WorkerQuestion>) => {
  try {
    const response = await answer(data);
    send({ id: data.id, response }, data.blocks ? columnsOf(response) : []);
  } catch (thrown) {
    const issue =
      thrown instanceof UnreadableBlock
        ? error('FILE_ACCESS', `The file could not be read to its end: ${thrown.message}.`)
        : error('INTERNAL', `Ivory broke while working: ${String(thrown)}`);
    send({ id: data.id, response: fail(issue) });
  }
};
