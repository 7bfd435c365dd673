import { parentPort, workerData } from 'node:worker_threads';
import { error } from '../base/issues.ts';
import { fail } from '../base/result.ts';
import { answerJob } from '../pipeline/answer-job.ts';
import { openDrawing } from './draw-figures.ts';
import { openBlocks } from './file-blocks.ts';
import type { WorkerQuestion, WorkerReply, WorkerSetup } from './worker-pool.ts';

const draw = openDrawing((workerData as WorkerSetup).figures);

parentPort?.on('message', async ({ id, request }: WorkerQuestion) => {
  const onProgress = (bytesDone: number, bytesTotal: number): void =>
    parentPort?.postMessage({ id, bytesDone, bytesTotal } satisfies WorkerReply);
  const answer = await answerJob(request, draw, { openBlocks, onProgress }).catch((cause: unknown) =>
    fail(error('INTERNAL', `Ivory broke while working: ${String(cause)}.`)),
  );
  parentPort?.postMessage({ id, answer } satisfies WorkerReply);
});
