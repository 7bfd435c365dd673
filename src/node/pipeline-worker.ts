import { parentPort, workerData } from 'node:worker_threads';
import { error } from '../base/issues.ts';
import { fail } from '../base/result.ts';
import { answerJob } from '../pipeline/answer-job.ts';
import { openDrawing } from './draw-figures.ts';
import { openBlocks } from './file-blocks.ts';
import type { WorkerQuestion, WorkerSetup } from './worker-pool.ts';

const draw = openDrawing((workerData as WorkerSetup).figures);

parentPort?.on('message', async ({ id, request }: WorkerQuestion) => {
  const answer = await answerJob(request, draw, { openBlocks }).catch((cause: unknown) =>
    fail(error('INTERNAL', `Ivory broke while working: ${String(cause)}.`)),
  );
  parentPort?.postMessage({ id, answer });
});
