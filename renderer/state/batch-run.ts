import { error } from '../../src/base/issues.ts';
import type { FileHandle } from '../../src/host/host.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import { SETTINGS_NAME } from '../../src/pipeline/folder-settings.ts';
import type { JobResponse } from '../../src/pipeline/job.types.ts';
import { type FolderSet, folderConditions, settingsFor, sortFiles } from './add-files.ts';
import { amendFrom, present } from './history.ts';
import type { JobsState } from './jobs.ts';
import { addFiles, landFile } from './project-actions.ts';
import { currentOutcome, keepOutcome } from './results.ts';
import type { Session } from './session.ts';
import { type FileEntry, inputKey } from './workspace.ts';

const COMPANION_LIMIT = 4_000_000;

function begin(session: Session, verb: string, total: number): void {
  const jobs: JobsState = {
    kind: 'running',
    verb,
    total,
    done: 0,
    failed: 0,
    current: [],
    startedAt: Date.now(),
    endedAt: 0,
    workers: session.pool.size,
  };
  session.jobs.set(jobs);
}

function running(session: Session): boolean {
  return session.jobs.get().kind === 'running';
}

function started(session: Session, name: string): void {
  session.jobs.set((jobs) => ({ ...jobs, current: [...jobs.current, name] }));
}

function finished(session: Session, name: string, failed: boolean): void {
  session.jobs.set((jobs) => ({
    ...jobs,
    done: jobs.done + 1,
    failed: jobs.failed + (failed ? 1 : 0),
    current: jobs.current.filter((other) => other !== name),
  }));
}

function end(session: Session): void {
  session.jobs.set((jobs) =>
    jobs.kind === 'running' ? { ...jobs, kind: 'done', current: [], endedAt: Date.now() } : jobs,
  );
  session.autosave.soon();
}

/** Files that stand beside a file in its folder and share its stem: formats with settings of their own need them. */
async function companions(session: Session, handle: FileHandle, all: readonly FileHandle[]) {
  const stem = handle.name.replace(/\.[^./]+$/, '');
  const beside = all.filter(
    (other) => other !== handle && other.size <= COMPANION_LIMIT && other.name.startsWith(`${stem}.`),
  );
  const found: { name: string; bytes: Uint8Array }[] = [];
  for (const other of beside) {
    const read = await session.host.readFile(other.token);
    if (read.ok) found.push({ name: other.name, bytes: read.value });
  }
  return found;
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
  const waiting: FileEntry[] = set.files.map((file) => ({
    name: file.name,
    size: file.size,
    sha256: '',
    format: null,
    state: 'waiting',
    issues: [],
    measurements: [],
  }));
  session.step(`${set.files.length} files added from ${name}`, (workspace) =>
    addFiles(workspace, waiting, name),
  );
  const stepId = present(session.history.get()).id;
  session.jobs.set((jobs) => ({ ...jobs, verb: 'Fitting', total: set.files.length }));
  const start = set.files.map((file) => runFile(session, set, file, stepId));
  await Promise.all(start);
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

async function runFile(session: Session, set: FolderSet, handle: FileHandle, stepId: number): Promise<void> {
  const read = await session.host.readFile(handle.token);
  if (!running(session)) return;
  if (!read.ok) {
    landFailure(session, stepId, handle, read.issues);
    return;
  }
  const beside = await companions(session, handle, set.files);
  if (!running(session)) return;
  const response = await session.pool.run(
    {
      type: 'import-and-analyse',
      file: { name: handle.name, bytes: read.value, ...(beside.length > 0 ? { companions: beside } : {}) },
      recipe: 'auto',
      conditions: session.workspace.conditions,
      settings: settingsFor(set, handle.name),
      windows: {},
    },
    [read.value.buffer],
    () => started(session, handle.name),
  );
  landResponse(session, set, handle, stepId, response);
}

function landFailure(
  session: Session,
  stepId: number,
  handle: FileHandle,
  issues: FileEntry['issues'],
): void {
  const entry: FileEntry = {
    name: handle.name,
    size: handle.size,
    sha256: '',
    format: null,
    state: 'failed',
    issues,
    measurements: [],
  };
  session.history.set((history) => amendFrom(history, stepId, (w) => landFile(w, entry, [])));
  finished(session, handle.name, true);
}

function landResponse(
  session: Session,
  set: FolderSet,
  handle: FileHandle,
  stepId: number,
  response: JobResponse,
): void {
  if (!response.ok) {
    if (response.issues[0].code === 'CANCELLED') return;
    landFailure(session, stepId, handle, response.issues);
    return;
  }
  const { format, sha256, measurements, outcomes, issues } = response.value;
  if (measurements.length === 0) {
    const why = issues.length > 0 ? issues : [error('NO_DATA', `${handle.name} holds no measurement.`)];
    landFailure(session, stepId, handle, why);
    return;
  }
  const entry: FileEntry = {
    name: handle.name,
    size: handle.size,
    sha256,
    format,
    state: 'read',
    issues,
    measurements: measurements.map((measurement) => measurement.id),
  };
  const settings = settingsFor(set, handle.name);
  session.history.set((history) =>
    amendFrom(history, stepId, (w) =>
      landFile(w, entry, measurements, (measurement) => folderConditions(settings, measurement)),
    ),
  );
  for (const outcome of outcomes) {
    const key = inputKey(session.workspace, outcome.measurement.id);
    session.results.set((results) => keepOutcome(results, key, outcome));
  }
  if (session.view.get().selected === null) session.setView({ selected: measurements[0]!.id });
  finished(session, handle.name, false);
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
      const response = await session.pool.run(session.analyseRequest(workspace, id), [], () =>
        started(session, file),
      );
      if (!response.ok && response.issues[0].code === 'CANCELLED') return;
      session.land(key, response);
      finished(session, file, !response.ok);
    }),
  );
  end(session);
}
