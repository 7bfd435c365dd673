import { error } from '../../src/base/issues.ts';
import { fail } from '../../src/base/result.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { SimulatorAnswer, SimulatorQuestion } from './simulator-messages.ts';
import { answerSimulatorTask } from './simulator-tasks.ts';

const PROGRESS_EVERY_MS = 100;

let kept: Measurement | null = null;

self.onmessage = ({ data }: MessageEvent<SimulatorQuestion>) => {
  const { id, task, measurement } = data;
  if (measurement !== undefined) kept = measurement;
  let told = 0;
  const post = (answer: SimulatorAnswer) => self.postMessage(answer);
  try {
    const response = answerSimulatorTask(task, kept, (evaluations, cost) => {
      const now = performance.now();
      if (now - told < PROGRESS_EVERY_MS) return;
      told = now;
      post({ id, kind: 'progress', evaluations, cost });
    });
    post({ id, kind: 'done', response });
  } catch (thrown) {
    const response = fail<never>(error('INTERNAL', `Ivory broke while simulating: ${String(thrown)}`));
    post({ id, kind: 'done', response });
  }
};
