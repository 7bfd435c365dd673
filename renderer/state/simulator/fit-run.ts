import { SimulatorWorker } from '../../workers/simulator-client.ts';
import type { Session } from '../session.ts';
import { createStore, type Store } from '../store.ts';
import { fitTaskOf, freeIds, landFit } from './fit-request.ts';
import { drivesItself, type Scene } from './simulation-view.ts';

/** A fit of the simulator at work. */
export interface FitProgress {
  readonly key: string;
  readonly evaluations: number;
  readonly cost: number | null;
}

/** Fits the free parameters of a simulator in a worker of its own; Stop ends the worker and leaves the values as they were. */
export class SimulatorFitRun {
  readonly progress: Store<FitProgress | null> = createStore<FitProgress | null>(null);
  private readonly worker = new SimulatorWorker();
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async start(scene: Scene): Promise<void> {
    if (this.progress.get() || !scene.measurement) return;
    const free = freeIds(scene.setup);
    if (free.length === 0) {
      this.session.tell('flagged', 'Every parameter is locked.', 'Open the lock of those the fit may move.');
      return;
    }
    if (drivesItself(scene)) {
      this.session.tell('flagged', 'A fit needs the drive of the measurement.', 'Choose it under Drive.');
      return;
    }
    const { key } = scene;
    this.progress.set({ key, evaluations: 0, cost: null });
    const answer = await this.worker.run(fitTaskOf(scene), scene.measurement, (evaluations, cost) =>
      this.progress.set({ key, evaluations, cost }),
    );
    this.progress.set(null);
    if (!answer.ok) {
      if (answer.issues[0].code !== 'CANCELLED') this.session.report(answer.issues);
      return;
    }
    const name = this.session.workspace.measurements[key]?.deviceId ?? '';
    const desk = this.session.simulator;
    const words = `${free.length} parameters of the simulator fitted to ${name}`;
    desk.keep(key, landFit(desk.setupOf(key), answer.value), words);
  }

  /** True where a fit was at work. */
  stop(): boolean {
    if (!this.progress.get()) return false;
    this.worker.stop();
    return true;
  }
}
