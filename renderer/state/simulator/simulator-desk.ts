import type { BranchName } from '../../../src/model/quantity.ts';
import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import type { QuantityDifference } from '../../../src/pipeline/compare-simulation.ts';
import { Latest } from '../../workers/latest.ts';
import { SimulatorWorker } from '../../workers/simulator-client.ts';
import type { SimulatedCurve } from '../../workers/simulator-tasks.ts';
import type { Session } from '../session.ts';
import { createStore, type Store } from '../store.ts';
import { conditionsOf } from '../workspace.ts';
import { isEdited, setSimulation } from './edit-setup.ts';
import { comparedKey, comparedParameters } from './preset-curve.ts';
import {
  drivesItself,
  recordFor,
  refusalOf,
  type Scene,
  type SimulationView,
  taskOf,
} from './simulation-view.ts';
import { suggestSetup, WITHOUT_DATA } from './start-setup.ts';

type Answer = Awaited<ReturnType<typeof askWorker>>;

/** A question older than this is ended when a newer one waits: a slider must not hang on a drive that takes minutes. */
const PATIENCE_MS = 600;
/** Quantities are extracted once the hand rests. */
const REST_MS = 250;

function askWorker(worker: SimulatorWorker, scene: Scene, analysis = false) {
  return worker.run(taskOf(scene, undefined, analysis), recordFor(scene));
}

export type ShownId = 'curve' | 'varied' | 'test';

/** What belongs to one scene: extracted quantities, the curve of the preset. */
interface Beside<T> {
  readonly key: string;
  readonly value: T;
}

/** The simulator as it runs: the setup in the hand, the curve that landed, and what is computed beside it. */
export class SimulatorDesk {
  /** The setup while a slider is dragged; null once it is a step of the work. */
  readonly draft: Store<{ readonly key: string; readonly setup: SimulatorSetup } | null> = createStore<{
    readonly key: string;
    readonly setup: SimulatorSetup;
  } | null>(null);
  readonly view: Store<SimulationView | null> = createStore<SimulationView | null>(null);
  /** Quantities of both curves, for the very scene they were asked for. */
  readonly quantities: Store<{
    readonly scene: Scene;
    readonly list: readonly QuantityDifference[];
  } | null> = createStore<{ readonly scene: Scene; readonly list: readonly QuantityDifference[] } | null>(
    null,
  );
  /** The curve of the unedited preset, for comparison. */
  readonly preset: Store<Beside<SimulatedCurve> | null> = createStore<Beside<SimulatedCurve> | null>(null);
  /** Row of the simulation the cursor stands on. */
  readonly cursor: Store<number | null> = createStore<number | null>(null);
  readonly leg: Store<BranchName | 'all' | null> = createStore<BranchName | 'all' | null>(null);
  /** What stands in the work area: the curve, a family or a map, or a test of the device. */
  readonly shown: Store<ShownId> = createStore<ShownId>('curve');
  readonly busy: Store<number> = createStore(0);
  private scene: Scene | null = null;
  private askedAt = 0;
  private rest: ReturnType<typeof setTimeout> | null = null;
  private readonly front = new SimulatorWorker();
  private readonly back = new SimulatorWorker();
  private readonly live: Latest<Scene, Answer>;
  private readonly beside: Latest<Scene, void>;
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
    this.live = new Latest(
      (scene) => {
        this.askedAt = performance.now();
        return askWorker(this.front, scene);
      },
      (scene, answer) => this.land(scene, answer),
      () => this.done(),
    );
    this.beside = new Latest(
      (scene) => this.computeBeside(scene),
      () => {},
      () => this.done(),
    );
  }

  // --- the setup ---

  /** Id under which the setup in sight is kept; null where the simulator is not in sight. */
  get key(): string | null {
    const { tab, selected, withoutData } = this.session.view.get();
    if (withoutData) return WITHOUT_DATA;
    return tab === 'simulator' ? selected : null;
  }

  /** The setup in force for a curve: in the hand, kept, or suggested. */
  setupOf(key: string): SimulatorSetup {
    const draft = this.draft.get();
    if (draft?.key === key) return draft.setup;
    return this.session.workspace.simulations[key] ?? this.suggest(key);
  }

  suggest(key: string): SimulatorSetup {
    const measurement = this.session.workspace.measurements[key] ?? null;
    return suggestSetup(measurement, this.session.outcomeOf(key), this.conditionsOf(key));
  }

  conditionsOf(key: string) {
    return key === WITHOUT_DATA
      ? this.session.workspace.conditions
      : conditionsOf(this.session.workspace, key as never);
  }

  /** A slider in the hand: simulated at once, no step of undo yet. */
  hold(key: string, setup: SimulatorSetup): void {
    this.draft.set({ key, setup });
  }

  /** One step of undo. */
  keep(key: string, setup: SimulatorSetup, sentence: string): void {
    this.session.step(sentence, (workspace) => setSimulation(workspace, key, setup));
    this.draft.set(null);
  }

  // --- running ---

  /** What is in sight now; the newest question wins, the curve before it stays until the answer lands. */
  show(scene: Scene): void {
    this.scene = scene;
    const waited = this.live.busy ? performance.now() - this.askedAt : 0;
    if (waited > PATIENCE_MS) this.front.stop();
    this.begin();
    this.live.ask(scene);
  }

  /** What was shown last; null while the simulator is out of sight. */
  get inSight(): Scene | null {
    return this.scene;
  }

  /** The same question once more. */
  again(): void {
    if (this.scene) this.show(this.scene);
  }

  /** Out of sight: nothing more is asked. */
  leave(): void {
    this.scene = null;
    this.live.drop();
    if (this.rest) clearTimeout(this.rest);
    this.rest = null;
    this.done();
  }

  /** Ends what runs; true where something did. */
  stop(): boolean {
    if (!this.front.busy && !this.back.busy) return false;
    this.live.drop();
    this.beside.drop();
    this.front.stop();
    this.back.stop();
    return true;
  }

  private land(scene: Scene, answer: Answer): void {
    const before = this.view.get();
    if (answer.ok) {
      this.view.set({ scene, curve: answer.value, refusal: null });
      if (this.cursor.get() === null || before?.scene.key !== scene.key) this.cursor.set(null);
      this.askBeside(scene);
    } else if (answer.issues[0].code !== 'CANCELLED' || !this.live.waits) {
      const curve = before?.scene.key === scene.key ? before.curve : null;
      this.view.set({ scene, curve, refusal: refusalOf(answer.issues[0]) });
    }
  }

  private askBeside(scene: Scene): void {
    if (this.rest) clearTimeout(this.rest);
    this.begin();
    this.rest = setTimeout(() => {
      this.rest = null;
      if (this.scene === scene) this.beside.ask(scene);
      else this.done();
    }, REST_MS);
  }

  private async computeBeside(scene: Scene): Promise<void> {
    if (isEdited(scene.setup) && this.preset.get()?.key !== comparedKey(scene)) {
      const task = taskOf(scene, comparedParameters(scene));
      const drawn = await this.back.run(task, recordFor(scene));
      if (drawn.ok) this.preset.set({ key: comparedKey(scene), value: drawn.value });
    }
    if (drivesItself(scene) || this.scene !== scene) return;
    const answer = await askWorker(this.back, scene, true);
    if (answer.ok) this.quantities.set({ scene, list: answer.value.comparison?.quantities ?? [] });
  }

  private begin(): void {
    this.busy.set(1);
  }

  private done(): void {
    const waiting = this.live.busy || this.beside.busy || this.rest !== null;
    if (!waiting) this.busy.set(0);
  }
}
