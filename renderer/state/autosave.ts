import { conditionSweep } from '../../src/conditioning/condition-sweep.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import type { Project } from '../../src/model/project.ts';
import { startHistory } from './history.ts';
import { keepOutcome, type Results } from './results.ts';
import type { Session } from './session.ts';
import { fromProject, toProject } from './stored-project.ts';
import { projectPart, type ViewState } from './view-state.ts';
import { conditionsOf, EMPTY_WORKSPACE, inputKey, maskedMeasurement } from './workspace.ts';

export type SaveState =
  | { readonly kind: 'never' | 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed'; readonly message: string };

const DELAY_MS = 400;
const LAST_KEY = 'last-project';

function viewKey(id: string): string {
  return `view:${id}`;
}

/** Keeps the work a moment after each change and brings it back on start. */
export class Autosave {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writing = false;
  private again = false;
  private projectId: string = crypto.randomUUID();

  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
    // a page that is closed in the middle of the delay still keeps the last step
    addEventListener('pagehide', () => void this.flush());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.flush();
    });
  }

  soon(): void {
    if (!this.session.ready.get()) return;
    this.session.saved.set({ kind: 'saving' });
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), DELAY_MS);
  }

  soonView(): void {
    if (this.session.workspace.order.length > 0 && this.session.ready.get()) this.soon();
  }

  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.session.saved.get().kind !== 'saving') return;
    if (this.writing) {
      this.again = true;
      return;
    }
    this.writing = true;
    const { repository, history, results, view, heldBytes } = this.session;
    const saved = await repository.save(this.projectId, toProject(history.get(), results.get(), heldBytes));
    if (saved.ok) {
      await repository.writePreference(LAST_KEY, this.projectId);
      await repository.writePreference(viewKey(this.projectId), projectPart(view.get()));
    } else this.session.report(saved.issues);
    this.writing = false;
    if (this.again) {
      this.again = false;
      await this.flush();
      return;
    }
    if (this.timer) return;
    this.session.saved.set(
      saved.ok
        ? { kind: 'saved', at: saved.value.savedAt }
        : { kind: 'failed', message: saved.issues[0].message },
    );
  }

  /** The project that was open last, if it is still kept. */
  async restore(): Promise<void> {
    try {
      this.session.recents.set(await this.session.repository.list());
      const last = await this.session.repository.readPreference(LAST_KEY);
      if (typeof last === 'string') await this.open(last);
    } catch (reason) {
      this.session.tell('failed', 'Work cannot be kept in this browser.', String(reason));
    }
    this.session.ready.set(true);
  }

  async open(id: string): Promise<void> {
    const loaded = await this.session.repository.load(id);
    if (!loaded.ok) {
      this.session.report(loaded.issues);
      return;
    }
    this.session.report(loaded.issues);
    this.projectId = id;
    this.adopt(loaded.value);
    const kept = await this.session.repository.readPreference(viewKey(id));
    if (typeof kept === 'object' && kept !== null) this.session.setView(kept as Partial<ViewState>);
    const { selected } = this.session.view.get();
    const { order } = this.session.workspace;
    if (!selected || !this.session.workspace.measurements[selected])
      this.session.setView({ selected: order[0] ?? null });
    await this.session.repository.writePreference(LAST_KEY, id);
    this.session.saved.set({ kind: 'saved', at: Date.now() });
  }

  /** A new, empty project; the present one stays among the recent ones. */
  async begin(): Promise<void> {
    await this.flush();
    this.projectId = crypto.randomUUID();
    this.session.recents.set(await this.session.repository.list());
    this.session.results.set({});
    this.session.history.set(startHistory(EMPTY_WORKSPACE));
    this.session.setView({ selected: null, view: 'curves' });
    await this.session.repository.writePreference(LAST_KEY, '');
    this.session.saved.set({ kind: 'never' });
  }

  private adopt(project: Project): void {
    const workspace = fromProject(project);
    const last = project.steps.at(-1);
    this.session.history.set(startHistory(workspace, last?.id ?? 0, last?.sentence ?? ''));
    let results: Results = {};
    for (const { id } of project.measurements) {
      const stored = project.results[id as MeasurementId];
      const measurement = maskedMeasurement(workspace, id);
      if (!stored || !measurement) continue;
      const conditions = { ...measurement.conditions, ...conditionsOf(workspace, measurement.id) };
      results = keepOutcome(results, inputKey(workspace, measurement.id), {
        measurement,
        recipe: workspace.recipeOf[measurement.id] ?? 'auto',
        results: stored,
        conditioned: measurement.kind === 'iv' ? conditionSweep(measurement, conditions) : null,
      });
    }
    this.session.results.set(results);
  }
}
