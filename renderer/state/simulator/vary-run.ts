import { fail, type Result, succeed } from '../../../src/base/result.ts';
import {
  collectSweep,
  type ParameterSweep,
  type ParameterSweepRequest,
  planParameterSweep,
  readOutcome,
  type SweepAnswer,
} from '../../../src/pipeline/sweep-parameters.ts';
import { BrowserPool, startPipelineWorker } from '../../workers/browser-pool.ts';
import type { Session } from '../session.ts';
import { createStore, type Store } from '../store.ts';
import type { Scene } from './simulation-view.ts';
import { type VaryForm, varyRequest } from './vary-form.ts';

/** A family or a map as it was asked for. */
export interface Varied {
  readonly scene: Scene;
  readonly request: ParameterSweepRequest;
  readonly sweep: ParameterSweep;
}

export interface VaryProgress {
  readonly done: number;
  readonly total: number;
}

const SPARE_CORES = 1;
const TELL_EVERY_MS = 100;

/** Simulates one or two parameters over their ranges in workers of its own; Stop keeps what is finished. */
export class VaryRun {
  readonly form: Store<VaryForm | null> = createStore<VaryForm | null>(null);
  readonly progress: Store<VaryProgress | null> = createStore<VaryProgress | null>(null);
  readonly varied: Store<Varied | null> = createStore<Varied | null>(null);
  private pool: BrowserPool | null = null;
  private stopped = false;
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async start(scene: Scene, form: VaryForm): Promise<void> {
    if (this.progress.get()) return;
    const request = varyRequest(scene, form);
    if ('fault' in request) {
      this.session.tell('flagged', request.fault);
      return;
    }
    const plan = planParameterSweep(request);
    if (!plan.ok) {
      this.session.report(plan.issues);
      return;
    }
    const { jobs } = plan.value;
    this.pool ??= new BrowserPool((navigator.hardwareConcurrency || 2) - SPARE_CORES, startPipelineWorker);
    const pool = this.pool;
    this.stopped = false;
    this.progress.set({ done: 0, total: jobs.length });
    let done = 0;
    let told = 0;
    const answers = await Promise.all(
      jobs.map(async (job): Promise<Result<SweepAnswer> | null> => {
        const response = await pool.run(job);
        if (!response.ok && this.stopped) return null;
        done += 1;
        const now = performance.now();
        if (now - told > TELL_EVERY_MS) {
          told = now;
          this.progress.set({ done, total: jobs.length });
        }
        if (!response.ok) return fail(...response.issues);
        const answer = readOutcome(response.value);
        // a map keeps its numbers: a thousand curves would fill the memory for nothing
        return succeed(request.axes.length > 1 ? { ...answer, curve: null } : answer);
      }),
    );
    const sweep = collectSweep(plan.value, answers, request.quantity);
    this.progress.set(null);
    if (sweep.points.length === 0) return;
    this.varied.set({ scene, request, sweep });
    this.session.simulator.shown.set('varied');
    if (sweep.cancelled)
      this.session.tell('flagged', `Stopped by you after ${sweep.points.length} of ${jobs.length}.`);
  }

  /** True where something ran. */
  stop(): boolean {
    if (!this.progress.get()) return false;
    this.stopped = true;
    this.pool?.cancelAll();
    return true;
  }
}
