import { error } from '../../src/base/issues.ts';
import type { FileHandle } from '../../src/host/host.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import { SETTINGS_NAME } from '../../src/pipeline/folder-settings.ts';
import type { JobResponse } from '../../src/pipeline/job.types.ts';
import { type FolderSet, folderConditions, settingsFor, sortFiles } from './add-files.ts';
import { amendFrom, present } from './history.ts';
import { loadJobFile } from './job-file.ts';
import { type JobsState, NO_JOBS } from './jobs.ts';
import { rememberOpened } from './opened-files.ts';
import {
  forEachLimited,
  type PlannedFile,
  planFiles,
  readChannels,
  readCompanions,
  readSiblings,
} from './plan-files.ts';
import { addFiles, landFile } from './project-actions.ts';
import { currentOutcome } from './results.ts';
import type { Session } from './session.ts';
import { type FileEntry, inputKey } from './workspace.ts';

/** Files read beyond those at work, so that no worker waits for the disk and no folder is held in memory whole. */
const READ_AHEAD = 2;
const TOLD_BYTES = 16 * 1024 * 1024;

function begin(session: Session, verb: string, total: number): void {
  const jobs: JobsState = {
    kind: 'running',
    verb,
    total,
    done: 0,
    failed: 0,
    current: [],
    inside: {},
    startedAt: Date.now(),
    endedAt: 0,
    workers: session.pool.size,
    steps: { ran: 0, reused: 0 },
  };
  session.jobs.set(jobs);
}

function running(session: Session): boolean {
  return session.jobs.get().kind === 'running';
}

function started(session: Session, name: string): void {
  session.jobs.set((jobs) => ({ ...jobs, current: [...jobs.current, name] }));
}

function withoutName(inside: JobsState['inside'], name: string): JobsState['inside'] {
  return Object.fromEntries(Object.entries(inside).filter(([other]) => other !== name));
}

/** Large files say how far they are, until they are read; a change of less than a percent is not shown. */
function readSoFar(session: Session, name: string, done: number, total: number): void {
  if (total < TOLD_BYTES) return;
  const percent = Math.floor((100 * done) / total);
  if (session.jobs.get().inside[name] === percent) return;
  session.jobs.set((jobs) => ({
    ...jobs,
    inside: done < total ? { ...jobs.inside, [name]: percent } : withoutName(jobs.inside, name),
  }));
}

function finished(session: Session, name: string, failed: boolean): void {
  session.jobs.set((jobs) => ({
    ...jobs,
    done: jobs.done + 1,
    failed: jobs.failed + (failed ? 1 : 0),
    current: jobs.current.filter((other) => other !== name),
    inside: withoutName(jobs.inside, name),
  }));
}

function countSteps(session: Session, response: JobResponse): void {
  if (!response.ok) return;
  for (const { trace } of response.value.outcomes) {
    if (!trace) continue;
    const { ran, reused } = trace.counts;
    session.jobs.set((jobs) => ({
      ...jobs,
      steps: { ran: jobs.steps.ran + ran, reused: jobs.steps.reused + reused },
    }));
  }
}

function end(session: Session): void {
  session.landing.flush();
  session.jobs.set((jobs) =>
    jobs.kind === 'running' ? { ...jobs, kind: 'done', current: [], endedAt: Date.now() } : jobs,
  );
  session.autosave.soon();
}

/** Adds files: each is read and fitted in a worker, lands as it is done, and a bad one stops nothing. */
export async function runFiles(
  session: Session,
  handles: readonly FileHandle[],
  name: string,
): Promise<void> {
  if (running(session)) {
    session.tell('flagged', 'A run is at work. Add more when it is done, or cancel it.');
    return;
  }
  begin(session, 'Reading', handles.length);
  const set = await sortFiles(session.host, handles);
  session.report(set.issues);
  session.pending = { handles, name };
  await session.unknown.ready;
  const { plan, unchanged } = await planFiles(session, set, name);
  if (plan.length === 0) {
    session.jobs.set(NO_JOBS);
    session.tell(
      'ok',
      unchanged > 0 ? `All ${unchanged} files are here already, unchanged.` : 'No files in there.',
    );
    return;
  }
  const waiting: FileEntry[] = plan.map((file) => ({
    name: file.name,
    size: file.handle.size,
    sha256: '',
    format: null,
    state: 'waiting',
    issues: [],
    measurements: [],
  }));
  session.step(`${plan.length} files added from ${name}`, (workspace) => addFiles(workspace, waiting, name));
  rememberOpened(session, set, plan);
  const stepId = present(session.history.get()).id;
  session.jobs.set((jobs) => ({ ...jobs, verb: 'Fitting', total: plan.length }));
  await forEachLimited(plan, session.pool.size + READ_AHEAD, (file) =>
    runFile(session, set, plan, file, stepId),
  );
  session.landing.flush();
  await session.unknown.offer(set, plan);
  end(session);
}

/** Takes up the files that were waiting when a run was stopped. */
export async function resumeFiles(session: Session): Promise<void> {
  const { pending } = session;
  if (!pending) {
    session.tell('flagged', 'These files are no longer open. Open the folder again.');
    return;
  }
  const waiting = new Set(
    session.workspace.files.filter((file) => file.state === 'waiting').map((file) => file.name),
  );
  const rest = pending.handles.filter(
    (handle) => waiting.has(handle.name) || handle.name.endsWith(SETTINGS_NAME),
  );
  await runFiles(session, rest, pending.name);
}

async function runFile(
  session: Session,
  set: FolderSet,
  plan: readonly PlannedFile[],
  file: PlannedFile,
  stepId: number,
): Promise<void> {
  if (!running(session)) return;
  const { handle, name } = file;
  const loaded = await loadJobFile(session, handle, name);
  if (!running(session)) return;
  if (!loaded.ok) {
    landFailure(session, stepId, file, loaded.issues);
    return;
  }
  const { transfer, more } = loaded.value;
  const companions = await readCompanions(session.host, handle, set.files);
  const settings = session.unknown.settingsOver(settingsFor(set, handle.name));
  const channels = await readChannels(session.host, file, plan, settings);
  const siblings = await readSiblings(session.host, file, plan, (other) =>
    session.unknown.settingsOver(settingsFor(set, other)),
  );
  if (!running(session)) return;
  const response = await session.pool.run(
    {
      type: 'import-and-analyse',
      file: {
        ...loaded.value.file,
        ...(companions.length > 0 ? { companions } : {}),
        ...(channels.length > 0 ? { channels } : {}),
        ...(siblings.length > 0 ? { siblings } : {}),
      },
      recipe: 'auto',
      conditions: session.workspace.conditions,
      settings,
      windows: {},
      stepOptions: session.workspace.stepOptions,
      keepTrace: true,
    },
    transfer,
    () => started(session, name),
    { ...more, onBytes: (done, total) => readSoFar(session, name, done, total) },
  );
  landResponse(session, set, file, stepId, response);
}

function landFailure(session: Session, stepId: number, file: PlannedFile, issues: FileEntry['issues']): void {
  const entry: FileEntry = {
    name: file.name,
    size: file.handle.size,
    sha256: '',
    format: null,
    state: 'failed',
    issues,
    measurements: [],
  };
  session.landing.add({
    change: (history) => amendFrom(history, stepId, (w) => landFile(w, entry, [])),
    outcomes: [],
  });
  finished(session, file.name, true);
}

function landResponse(
  session: Session,
  set: FolderSet,
  file: PlannedFile,
  stepId: number,
  response: JobResponse,
): void {
  if (!response.ok) {
    if (response.issues[0].code === 'CANCELLED') return;
    landFailure(session, stepId, file, response.issues);
    return;
  }
  const { format, sha256, measurements, outcomes, issues } = response.value;
  // a further channel of an acquisition is read and has its curve in the file of the first
  const joined = issues.length > 0 && issues.every((issue) => issue.severity === 'info');
  if (measurements.length === 0 && !joined) {
    const why = issues.length > 0 ? issues : [error('NO_DATA', `${file.name} holds no measurement.`)];
    landFailure(session, stepId, file, why);
    return;
  }
  const entry: FileEntry = {
    name: file.name,
    size: file.handle.size,
    sha256,
    format,
    state: 'read',
    issues,
    measurements: measurements.map((measurement) => measurement.id),
  };
  const settings = settingsFor(set, file.handle.name);
  session.landing.add({
    change: (history) =>
      amendFrom(history, stepId, (w) =>
        landFile(w, entry, measurements, (measurement) => folderConditions(settings, measurement)),
      ),
    outcomes,
  });
  finished(session, file.name, false);
}

/** Fits curves that are in the project again, all or those out of date; finished ones are kept when it is stopped. */
export async function runFits(
  session: Session,
  ids: readonly MeasurementId[],
  force: boolean,
): Promise<void> {
  if (running(session)) return;
  const workspace = session.workspace;
  const due = ids.filter((id) => {
    if (force) return true;
    const current = currentOutcome(session.results.get(), workspace, id);
    return !current || current.outOfDate;
  });
  if (due.length === 0) {
    session.tell('ok', 'Every curve is up to date.');
    return;
  }
  begin(session, 'Fitting', due.length);
  await Promise.all(
    due.map(async (id) => {
      const file = workspace.measurements[id]!.source.file;
      const key = inputKey(workspace, id);
      const response = await session.pool.run(session.analyseRequest(workspace, id, force), [], () =>
        started(session, file),
      );
      if (!response.ok && response.issues[0].code === 'CANCELLED') return;
      session.land(key, response);
      countSteps(session, response);
      finished(session, file, !response.ok);
    }),
  );
  end(session);
}
