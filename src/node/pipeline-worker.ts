import { parentPort, workerData } from 'node:worker_threads';
import { answerJob } from '../pipeline/answer-job.ts';
import { openDrawing } from './draw-figures.ts';
import type { WorkerQuestion, WorkerSetup } from './worker-pool.ts';

const draw = openDrawing((workerData as WorkerSetup).figures);

parentPort?.on('message', async ({ id, request }: WorkerQuestion) => {
  parentPort?.postMessage({ id, answer: await answerJob(request, draw) });
});
