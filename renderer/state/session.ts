import { createContext, useContext } from 'react';
import type { Issue } from '../../src/base/issues.ts';
import type { FileHandle, FolderHandle } from '../../src/host/host.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import type { JobResponse, MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { DexieProjectRepository } from '../../src/project/dexie-repository.ts';
import type { ProjectRepository, ProjectSummary } from '../../src/project/repository.ts';
import type { PageHost } from '../host/page-host.ts';
import { BrowserPool, startPipelineWorker } from '../workers/browser-pool.ts';
import { Latest } from '../workers/latest.ts';
import { Autosave, type SaveState } from './autosave.ts';
import { runFiles } from './batch-run.ts';
import { commit, type History, moveTo, present, startHistory } from './history.ts';
import { readHeldBytes } from './job-file.ts';
import { type JobsState, NO_JOBS } from './jobs.ts';
import { Landing } from './landing.ts';
import { currentOutcome, keepOutcome, previousRun, type Results, settleDraft } from './results.ts';
import { DeviceTestRun } from './simulator/device-test.ts';
import { SimulatorFitRun } from './simulator/fit-run.ts';
import { SimulatorDesk } from './simulator/simulator-desk.ts';
import { VaryRun } from './simulator/vary-run.ts';
import { createStore, type Store, useStore } from './store.ts';
import type { Toast } from './toast.ts';
import { UnknownFiles } from './unknown-files.ts';
import { INITIAL_VIEW, loadBrowserPart, saveBrowserPart, type ViewState } from './view-state.ts';
import {
  conditionsOf,
  EMPTY_WORKSPACE,
  inputKey,
  maskedMeasurement,
  siblingsOf,
  type Workspace,
  windowsOf,
} from './workspace.ts';

interface LiveRequest {
  readonly id: MeasurementId;
  readonly key: string;
  readonly workspace: Workspace;
  readonly force: boolean;
}

const SPARE_CORES = 1;

/** The running page: its stores, its workers, and the verbs that move them. Components read stores and call verbs. */
export class Session {
  readonly history: Store<History> = createStore(startHistory(EMPTY_WORKSPACE));
  readonly results: Store<Results> = createStore<Results>({});
  readonly view: Store<ViewState> = createStore<ViewState>({ ...INITIAL_VIEW, ...loadBrowserPart() });
  readonly jobs: Store<JobsState> = createStore<JobsState>(NO_JOBS);
  readonly toast: Store<Toast | null> = createStore<Toast | null>(null);
  readonly saved: Store<SaveState> = createStore<SaveState>({ kind: 'never' });
  readonly recents: Store<readonly ProjectSummary[]> = createStore<readonly ProjectSummary[]>([]);
  /** The work as it would be if the hand let go of the window now; null while nothing is dragged. */
  readonly held: Store<Workspace | null> = createStore<Workspace | null>(null);
  /** Curves being refitted beside the batch. */
  readonly refitting: Store<number> = createStore(0);
  /** True once the stored work is back, so that an empty page is not shown for a moment. */
  readonly ready: Store<boolean> = createStore(false);
  readonly pool: BrowserPool;
  /** Files above this size are read in blocks [bytes]. */
  readonly heldBytes: number = readHeldBytes(location.search);
  readonly repository: ProjectRepository = new DexieProjectRepository();
  readonly autosave: Autosave;
  readonly landing: Landing = new Landing(this);
  readonly unknown: UnknownFiles = new UnknownFiles(this);
  readonly simulator: SimulatorDesk = new SimulatorDesk(this);
  readonly simulatorFit: SimulatorFitRun = new SimulatorFitRun(this);
  readonly vary: VaryRun = new VaryRun(this);
  readonly deviceTest: DeviceTestRun = new DeviceTestRun(this);
  /** Files of the last opening, for taking up a run that was stopped. */
  pending: { readonly handles: readonly FileHandle[]; readonly name: string } | null = null;
  private readonly livePool = new BrowserPool(1, startPipelineWorker);
  private readonly live: Latest<LiveRequest, JobResponse>;
  private lastToast = 0;

  readonly host: PageHost;

  constructor(host: PageHost) {
    this.host = host;
    this.pool = new BrowserPool((navigator.hardwareConcurrency || 2) - SPARE_CORES, startPipelineWorker);
    this.autosave = new Autosave(this);
    this.live = new Latest(
      (request) => this.livePool.run(this.analyseRequest(request.workspace, request.id, request.force)),
      (request, response) => this.land(request.key, response),
      () => this.refitting.set(0),
    );
    this.view.subscribe(() => saveBrowserPart(this.view.get()));
    const running = [
      this.simulator.busy,
      this.simulatorFit.progress,
      this.vary.progress,
      this.deviceTest.running,
    ];
    for (const store of [this.jobs, this.refitting, this.saved, this.ready, ...running]) {
      store.subscribe(() => this.showIdle());
    }
  }

  get workspace(): Workspace {
    return present(this.history.get()).workspace;
  }

  /** `data-idle` on the root element: no job runs and everything is kept. Tests wait for it instead of sleeping. */
  showIdle(): void {
    const busy =
      !this.ready.get() ||
      this.jobs.get().kind === 'running' ||
      this.refitting.get() > 0 ||
      this.simulator.busy.get() > 0 ||
      this.simulatorFit.progress.get() !== null ||
      this.vary.progress.get() !== null ||
      this.deviceTest.running.get() !== null ||
      this.saved.get().kind === 'saving';
    document.documentElement.toggleAttribute('data-idle', !busy);
  }

  // --- edits ---

  /** One undoable step. Curves whose inputs changed are fitted again beside the user. */
  step(sentence: string, change: (workspace: Workspace) => Workspace): void {
    this.history.set((history) => commit(history, sentence, change(present(history).workspace)));
    this.afterChange();
  }

  undo(): void {
    this.history.set((history) => moveTo(history, history.index - 1));
    this.afterChange();
  }

  redo(): void {
    this.history.set((history) => moveTo(history, history.index + 1));
    this.afterChange();
  }

  returnTo(index: number): void {
    this.history.set((history) => moveTo(history, index));
    this.afterChange();
  }

  private afterChange(): void {
    const { selected, live } = this.view.get();
    if (selected && live) this.refit(selected);
    this.autosave.soon();
  }

  setView(change: Partial<ViewState>): void {
    this.view.set((view) => ({ ...view, ...change }));
  }

  select(id: MeasurementId | null): void {
    const device = id ? this.workspace.measurements[id]?.deviceId : undefined;
    const { selectedDevices } = this.view.get();
    // a curve of another device ends the choice of several
    const keeps = device === undefined || selectedDevices.length === 0 || selectedDevices.includes(device);
    this.setView({ selected: id, why: null, withoutData: false, ...(keeps ? {} : { selectedDevices: [] }) });
    if (id) this.refit(id);
    this.autosave.soonView();
  }

  // --- fits ---

  /** What is known of a curve now; null where it was not analysed yet. */
  outcomeOf(id: string): MeasurementOutcome | null {
    return currentOutcome(this.results.get(), this.workspace, id)?.outcome ?? null;
  }

  /** @param force all of it anew, whatever an earlier run has */
  analyseRequest(workspace: Workspace, id: MeasurementId, force = false) {
    return {
      type: 'analyse' as const,
      measurement: maskedMeasurement(workspace, id)!,
      siblings: siblingsOf(workspace, id),
      recipe: workspace.recipeOf[id] ?? 'auto',
      conditions: conditionsOf(workspace, id),
      windows: windowsOf(workspace, id),
      fitOptions: workspace.fitOptions[id] ?? [],
      formula: workspace.formulas[id] ?? null,
      stepOptions: workspace.stepOptions,
      previous: force ? null : previousRun(this.results.get(), id),
      keepTrace: true,
    };
  }

  /** Fits one curve in the worker kept for it; does nothing where the result in hand is for the same inputs. */
  refit(id: MeasurementId, workspace: Workspace = this.workspace, force = false): void {
    if (!workspace.measurements[id]) return;
    const current = currentOutcome(this.results.get(), workspace, id);
    const key = inputKey(workspace, id);
    if (workspace === this.workspace) this.results.set((results) => settleDraft(results, id, key));
    if (current && !current.outOfDate && !force) {
      this.live.drop();
      return;
    }
    this.refitting.set(1);
    this.live.ask({ id, key, workspace, force });
  }

  /** Ends the fit at work; the result in hand stays. */
  stopFit(): void {
    this.live.drop();
    this.livePool.cancelAll();
    this.refitting.set(0);
  }

  land(key: string, response: JobResponse): void {
    if (!response.ok) {
      if (response.issues[0].code !== 'CANCELLED') this.tell('failed', response.issues[0].message);
      return;
    }
    for (const outcome of response.value.outcomes) {
      const draft = key !== inputKey(this.workspace, outcome.measurement.id);
      this.results.set((results) => keepOutcome(results, key, outcome, draft));
    }
    this.autosave.soon();
  }

  // --- files ---

  async openFolder(): Promise<void> {
    const opened = await this.host.openFolder();
    if (!opened.ok) this.report(opened.issues);
    else if (opened.value) await this.addFolder(opened.value);
  }

  async openFiles(): Promise<void> {
    const opened = await this.host.openFiles();
    if (!opened.ok) this.report(opened.issues);
    else if (opened.value.length > 0) await this.addHandles(opened.value, 'files');
  }

  async openSamples(): Promise<void> {
    const opened = await this.host.openSamples();
    if (!opened.ok) this.report(opened.issues);
    else await this.addFolder(opened.value);
  }

  async addFolder(folder: FolderHandle): Promise<void> {
    await this.addHandles(folder.files, folder.name);
    const [first] = folder.skipped;
    if (first) {
      this.tell(
        'flagged',
        `${folder.skipped.length} entries could not be opened.`,
        `${first.name}: ${first.reason}`,
      );
    }
  }

  async addHandles(handles: readonly FileHandle[], name: string): Promise<void> {
    await runFiles(this, handles, name);
  }

  cancel(): void {
    if (this.jobs.get().kind !== 'running') return;
    this.landing.flush();
    this.jobs.set((jobs) => ({
      ...jobs,
      kind: 'cancelled',
      current: [],
      inside: {},
      endedAt: Date.now(),
    }));
    this.pool.cancelAll();
  }

  // --- words ---

  tell(status: Toast['status'], text: string, detail?: string, action?: Toast['action']): void {
    this.lastToast += 1;
    this.toast.set({
      id: this.lastToast,
      status,
      text,
      ...(detail ? { detail } : {}),
      ...(action ? { action } : {}),
    });
  }

  report(issues: readonly Issue[]): void {
    const [first] = issues;
    if (first) this.tell(first.severity === 'error' ? 'failed' : 'flagged', first.message, first.hint);
  }
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('a component stands outside the session');
  return session;
}

export function useWorkspace(): Workspace {
  return useStore(useSession().history, (history) => present(history).workspace);
}

export function useView<S>(select: (view: ViewState) => S): S {
  return useStore(useSession().view, select);
}
