import { error } from '../../src/base/issues.ts';
import { fail } from '../../src/base/result.ts';
import { runJob } from '../../src/pipeline/job.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

self.onmessage = ({ data }: MessageEvent<WorkerQuestion>) => {
  let answer: WorkerAnswer;
  try {
    answer = { id: data.id, response: runJob(data.request) };
  } catch (thrown) {
    answer = {
      id: data.id,
      response: fail(error('INTERNAL', `Ivory broke while working: ${String(thrown)}`)),
    };
  }
  self.postMessage(answer);
};
