import type { Repair } from '../../src/base/issues.ts';
import { folderConditions, settingsFor } from './add-files.ts';
import { loadJobFile } from './job-file.ts';
import { findOpened } from './opened-files.ts';
import { readCompanions } from './plan-files.ts';
import { landFile } from './project-actions.ts';
import { keepOutcome } from './results.ts';
import type { Session } from './session.ts';
import { type FileEntry, inputKey } from './workspace.ts';

/** The repair the program can do on a file that failed, if its first reason offers one. */
export function repairOf(file: FileEntry): Repair | undefined {
  return file.state === 'failed' ? file.issues.find((issue) => issue.repair)?.repair : undefined;
}

/** Reads a failed file again with the option of its repair: one step, which undo takes back to the failure. */
export async function repairFile(session: Session, name: string, repair: Repair): Promise<void> {
  const opened = findOpened(session, name);
  if (!opened) {
    session.tell('flagged', `${name} is no longer open. Add its folder again.`);
    return;
  }
  const { handle, set } = opened;
  const loaded = await loadJobFile(session, handle, name);
  if (!loaded.ok) {
    session.report(loaded.issues);
    return;
  }
  session.refitting.set((count) => count + 1);
  const { size } = handle;
  const companions = await readCompanions(session.host, handle, set.files);
  const settings = settingsFor(set, handle.name);
  const response = await session.pool.run(
    {
      type: 'import-and-analyse',
      file: { ...loaded.value.file, ...(companions.length > 0 ? { companions } : {}) },
      importer: { id: 'auto', options: { [repair.option]: repair.value } },
      recipe: 'auto',
      conditions: session.workspace.conditions,
      settings,
      windows: {},
      stepOptions: session.workspace.stepOptions,
      keepTrace: true,
    },
    loaded.value.transfer,
    undefined,
    loaded.value.more,
  );
  session.refitting.set((count) => Math.max(0, count - 1));
  if (!response.ok || response.value.measurements.length === 0) {
    session.report(response.issues);
    return;
  }
  const { sha256, format, measurements, outcomes, issues } = response.value;
  const entry: FileEntry = {
    name,
    size,
    sha256,
    format,
    state: 'read',
    issues,
    measurements: measurements.map((one) => one.id),
  };
  session.step(`${name}: ${repair.label.charAt(0).toLowerCase()}${repair.label.slice(1)}`, (workspace) =>
    landFile(workspace, entry, measurements, (one) => folderConditions(settings, one)),
  );
  const { workspace } = session;
  session.results.set((results) =>
    outcomes.reduce((now, one) => keepOutcome(now, inputKey(workspace, one.measurement.id), one), results),
  );
  session.tell('ok', `${name}: ${measurements[0]!.curve.length} rows are used.`, undefined, {
    label: 'Undo',
    run: () => session.undo(),
  });
  session.autosave.soon();
}
