import { error } from '../../src/base/issues.ts';
import { fail } from '../../src/base/result.ts';
import type { BlockOrigin } from '../../src/host/host.ts';
import type { JobRequest, JobResponse } from '../../src/pipeline/job.types.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

interface Task {
  readonly id: number;
  readonly request: JobRequest;
  readonly transfer: Transferable[];
  readonly onStart: () => void;
  readonly settle: (response: JobResponse) => void;
  readonly more: FileTask;
}

/** What a task about a file may have besides. */
export interface FileTask {
  /** Where the worker reads a file that is not held. */
  readonly blocks?: BlockOrigin;
  /** Told every few megabytes of the file. */
  readonly onBytes?: (done: number, total: number) => void;
}

interface Seat {
  worker: Worker | null;
  task: Task | null;
}

/** Workers of the page. A running fit hears no messages, so cancelling ends the worker; the next task starts a new one. */
export class BrowserPool {
  private readonly seats: Seat[];
  private queue: Task[] = [];
  private lastId = 0;

  private readonly start: () => Worker;

  constructor(size: number, start: () => Worker) {
    this.start = start;
    this.seats = Array.from({ length: Math.max(1, size) }, () => ({ worker: null, task: null }));
  }

  get size(): number {
    return this.seats.length;
  }

  get busy(): boolean {
    return this.queue.length > 0 || this.seats.some((seat) => seat.task !== null);
  }

  /** Never rejects: whatever goes wrong is a failed response. */
  run(
    request: JobRequest,
    transfer: Transferable[] = [],
    onStart: () => void = () => {},
    more: FileTask = {},
  ): Promise<JobResponse> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((settle) => {
      this.queue.push({ id, request, transfer, onStart, settle, more });
      this.fill();
    });
  }

  /** Ends all work at once: tasks at work and tasks waiting are answered with CANCELLED. */
  cancelAll(): void {
    const waiting = this.queue;
    this.queue = [];
    for (const seat of this.seats) {
      if (!seat.task) continue;
      seat.worker?.terminate();
      waiting.push(seat.task);
      seat.worker = null;
      seat.task = null;
    }
    for (const task of waiting) task.settle(fail(error('CANCELLED', 'Stopped by you.')));
  }

  private fill(): void {
    for (const seat of this.seats) {
      if (seat.task) continue;
      const task = this.queue.shift();
      if (!task) return;
      seat.task = task;
      seat.worker ??= this.hire(seat);
      task.onStart();
      const { blocks } = task.more;
      const question: WorkerQuestion = { id: task.id, request: task.request, ...(blocks ? { blocks } : {}) };
      try {
        seat.worker.postMessage(question, task.transfer);
      } catch (thrown) {
        this.finish(
          seat,
          fail(error('INTERNAL', `The job could not be sent to a worker: ${String(thrown)}`)),
        );
      }
    }
  }

  private hire(seat: Seat): Worker {
    const worker = this.start();
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.id !== seat.task?.id) return;
      if ('response' in data) this.finish(seat, data.response);
      else seat.task.more.onBytes?.(data.bytesDone, data.bytesTotal);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      seat.worker = null;
      this.finish(
        seat,
        fail(error('INTERNAL', `A worker of Ivory broke: ${event.message || 'no reason given'}`)),
      );
    };
    return worker;
  }

  private finish(seat: Seat, response: JobResponse): void {
    const task = seat.task;
    seat.task = null;
    task?.settle(response);
    this.fill();
  }
}

export function startPipelineWorker(): Worker {
  return new Worker(new URL('./pipeline.worker.ts', import.meta.url), { type: 'module' });
}
