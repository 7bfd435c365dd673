import { error } from '../../src/base/issues.ts';
import { fail, type Result } from '../../src/base/result.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { SimulatorAnswer, SimulatorQuestion } from './simulator-messages.ts';
import type { SimulatorAnswers, SimulatorTask } from './simulator-tasks.ts';

interface Waiting {
  readonly settle: (response: Result<never>) => void;
  readonly onProgress: (evaluations: number, cost: number) => void;
}

function startWorker(): Worker {
  return new Worker(new URL('./simulator.worker.ts', import.meta.url), { type: 'module', name: 'simulator' });
}

/** One worker of the simulator panel. It hears nothing while it works, so stopping ends it; the next task starts a new one. */
export class SimulatorWorker {
  private worker: Worker | null = null;
  private known: Measurement | null | undefined = undefined;
  private lastId = 0;
  private readonly waiting = new Map<number, Waiting>();

  get busy(): boolean {
    return this.waiting.size > 0;
  }

  /** Never rejects: whatever goes wrong is a failed response. */
  run<T extends SimulatorTask>(
    task: T,
    measurement: Measurement | null,
    onProgress: Waiting['onProgress'] = () => {},
  ): Promise<Result<SimulatorAnswers[T['type']]>> {
    const worker = this.hire();
    this.lastId += 1;
    const id = this.lastId;
    const question: SimulatorQuestion = {
      id,
      task,
      ...(measurement === this.known ? {} : { measurement }),
    };
    this.known = measurement;
    return new Promise((settle) => {
      this.waiting.set(id, { settle, onProgress });
      worker.postMessage(question);
    });
  }

  /** Ends what is at work; it is answered with CANCELLED. */
  stop(): void {
    if (this.waiting.size === 0) return;
    this.dismiss(fail(error('CANCELLED', 'Stopped by you.')));
  }

  private hire(): Worker {
    if (this.worker) return this.worker;
    const worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<SimulatorAnswer>) => {
      const waiting = this.waiting.get(data.id);
      if (data.kind === 'progress') waiting?.onProgress(data.evaluations, data.cost);
      else {
        this.waiting.delete(data.id);
        waiting?.settle(data.response as Result<never>);
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.dismiss(fail(error('INTERNAL', `The worker of the simulator broke: ${event.message}`)));
    };
    this.worker = worker;
    return worker;
  }

  private dismiss(response: Result<never>): void {
    this.worker?.terminate();
    this.worker = null;
    this.known = undefined;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const { settle } of all) settle(response);
  }
}
