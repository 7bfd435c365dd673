import { Worker } from 'node:worker_threads';
import { error } from '../base/issues.ts';
import { fail, type Result } from '../base/result.ts';
import type { Pool } from '../batch/run-batch.ts';
import { answerJob, type RecordAnswer } from '../pipeline/answer-job.ts';
import type { FigureWish } from '../pipeline/figures.ts';
import type { JobRequest } from '../pipeline/job.types.ts';
import { findBeside } from './bundle-files.ts';
import { openDrawing } from './draw-figures.ts';
import { openBlocks } from './file-blocks.ts';

export interface WorkerSetup {
  readonly figures: FigureWish | null;
}
export interface WorkerQuestion {
  readonly id: number;
  readonly request: JobRequest;
}
export type WorkerReply =
  | { readonly id: number; readonly answer: Result<RecordAnswer> }
  | { readonly id: number; readonly bytesDone: number; readonly bytesTotal: number };

type TellBytes = (done: number, total: number) => void;

export interface ClosablePool extends Pool<RecordAnswer> {
  /** Stops all work at once: what runs and what waits is answered with CANCELLED. */
  cancel(): void;
  close(): Promise<void>;
}

interface Task {
  readonly question: WorkerQuestion;
  readonly settle: (answer: Result<RecordAnswer>) => void;
  readonly onBytes: TellBytes | undefined;
}

interface Seat {
  worker: Worker | null;
  task: Task | null;
}

const STOPPED = fail<RecordAnswer>(error('CANCELLED', 'Stopped before this file was finished.'));

/** Bytes that change hands instead of being copied: those of a file that is not small. */
function bytesToHand(request: JobRequest): ArrayBuffer[] {
  if (!('file' in request)) return [];
  const { buffer, byteLength } = request.file.bytes;
  const whole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return whole && byteLength > 1 << 20 ? [buffer] : [];
}

/** Worker threads that run jobs. A running fit hears no messages, so cancelling ends the thread. */
export class WorkerPool implements ClosablePool {
  private readonly script: string;
  private readonly setup: WorkerSetup;
  private readonly seats: readonly Seat[];
  private queue: Task[] = [];
  private lastId = 0;
  private closed = false;

  constructor(script: string, size: number, setup: WorkerSetup) {
    this.script = script;
    this.setup = setup;
    this.seats = Array.from({ length: Math.max(1, size) }, () => ({ worker: null, task: null }));
  }

  get size(): number {
    return this.seats.length;
  }

  run(request: JobRequest, onBytes?: TellBytes): Promise<Result<RecordAnswer>> {
    if (this.closed) return Promise.resolve(STOPPED);
    return new Promise((settle) => {
      this.queue.push({ question: { id: ++this.lastId, request }, settle, onBytes });
      this.fill();
    });
  }

  cancel(): void {
    this.closed = true;
    const stopped = [...this.queue, ...this.seats.flatMap((seat) => seat.task ?? [])];
    this.queue = [];
    for (const seat of this.seats) {
      seat.task = null;
      void seat.worker?.terminate();
      seat.worker = null;
    }
    for (const task of stopped) task.settle(STOPPED);
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.seats.map((seat) => seat.worker?.terminate()));
  }

  private fill(): void {
    for (const seat of this.seats) {
      if (seat.task || this.queue.length === 0) continue;
      const task = this.queue.shift()!;
      seat.task = task;
      seat.worker ??= this.hire(seat);
      seat.worker.postMessage(task.question, bytesToHand(task.question.request));
    }
  }

  /** A thread for a seat; one that breaks (out of memory) fails its task only and is replaced for the next. */
  private hire(seat: Seat): Worker {
    const worker = new Worker(this.script, { workerData: this.setup });
    worker.on('message', (reply: WorkerReply) => {
      if (seat.worker !== worker || reply.id !== seat.task?.question.id) return;
      if ('answer' in reply) this.finish(seat, reply.answer);
      else seat.task.onBytes?.(reply.bytesDone, reply.bytesTotal);
    });
    worker.on('error', (cause: unknown) => {
      if (seat.worker !== worker) return;
      seat.worker = null;
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.finish(seat, fail(error('INTERNAL', `A worker of Ivory broke: ${reason}.`)));
    });
    return worker;
  }

  private finish(seat: Seat, answer: Result<RecordAnswer>): void {
    const task = seat.task;
    seat.task = null;
    task?.settle(answer);
    this.fill();
  }
}

/** The same work in this thread: for a small file or two, where starting threads would take longer than the work. */
export function openInlinePool(figures: FigureWish | null): ClosablePool {
  const draw = openDrawing(figures);
  let stopped = false;
  return {
    size: 1,
    async run(request, onProgress) {
      // gives Ctrl+C its turn between two files
      await new Promise((resolve) => setImmediate(resolve));
      const hooks = { cancelled: () => stopped, openBlocks, ...(onProgress ? { onProgress } : {}) };
      return stopped ? STOPPED : answerJob(request, draw, hooks);
    },
    cancel: () => {
      stopped = true;
    },
    close: async () => {},
  };
}

/** A file from here on [bytes] takes long enough that Ctrl+C must be heard meanwhile. */
const LONG_BYTES = 32 * 1024 * 1024;

/**
 * Threads where there is work for them and the worker's script is at hand, else this thread.
 * @param largest size of the largest file [bytes]
 */
export function openPool(jobs: number, files: number, figures: FigureWish | null, largest = 0): ClosablePool {
  const script = files > 2 || largest >= LONG_BYTES ? findBeside('pipeline-worker.js') : null;
  return script === null
    ? openInlinePool(figures)
    : new WorkerPool(script, Math.min(jobs, files), { figures });
}
