import { templateFormat } from '../../src/importers/template.ts';
import { NO_SETTINGS } from '../../src/model/folder-settings.ts';
import type { ImportTemplate } from '../../src/model/import-template.ts';
import type { JobOutcome } from '../../src/pipeline/job.types.ts';
import { folderConditions, settingsFor } from './add-files.ts';
import { loadJobFile } from './job-file.ts';
import { landFile } from './project-actions.ts';
import { keepOutcome } from './results.ts';
import type { Session } from './session.ts';
import type { UnknownFile } from './unknown-files.ts';
import { type FileEntry, inputKey, type Workspace } from './workspace.ts';

/** The curves a file gave before make way for what it gives now; a device nobody else belongs to goes with them. */
export function forgetFile(workspace: Workspace, name: string): Workspace {
  const gone = new Set<string>(workspace.files.find((file) => file.name === name)?.measurements);
  if (gone.size === 0) return workspace;
  const measurements = Object.fromEntries(
    Object.entries(workspace.measurements).filter(([id]) => !gone.has(id)),
  );
  const left = new Set<string>(Object.values(measurements).map((one) => one.deviceId));
  const devices = Object.fromEntries(
    Object.entries(workspace.devices).filter(([id, device]) => left.has(id) || device.mark !== null),
  );
  return { ...workspace, measurements, devices, order: workspace.order.filter((id) => !gone.has(id)) };
}

interface Reread {
  readonly file: UnknownFile;
  readonly outcome: JobOutcome;
}

/** Reads the files again by a template and a pattern of their names: one step of undo for all of them. */
export async function rereadFiles(
  session: Session,
  files: readonly UnknownFile[],
  template: ImportTemplate,
  pattern: string | null,
): Promise<boolean> {
  const done: Reread[] = [];
  session.refitting.set((count) => count + 1);
  for (const file of files) {
    const loaded = await loadJobFile(session, file.handle, file.name);
    if (!loaded.ok) {
      session.report(loaded.issues);
      continue;
    }
    const response = await session.pool.run(
      {
        type: 'import-and-analyse',
        file: loaded.value.file,
        importer: { id: templateFormat(template), options: {} },
        recipe: 'auto',
        conditions: session.workspace.conditions,
        settings: [
          ...settingsFor(file.set, file.handle.name),
          { ...NO_SETTINGS, templates: [template], ...(pattern === null ? {} : { pattern }) },
        ],
        windows: {},
        stepOptions: session.workspace.stepOptions,
        keepTrace: true,
      },
      loaded.value.transfer,
      undefined,
      loaded.value.more,
    );
    if (response.ok && response.value.measurements.length > 0) done.push({ file, outcome: response.value });
    else session.report(response.issues);
  }
  if (done.length > 0) land(session, done, template);
  session.refitting.set((count) => Math.max(0, count - 1));
  return done.length > 0;
}

function land(session: Session, done: readonly Reread[], template: ImportTemplate): void {
  const words = done.length === 1 ? done[0]!.file.name : `${done.length} files`;
  session.step(`${words} read with the template ${template.label}`, (before) =>
    done.reduce((workspace, { file, outcome }) => {
      const entry: FileEntry = {
        name: file.name,
        size: file.handle.size,
        sha256: outcome.sha256,
        format: outcome.format,
        state: 'read',
        issues: outcome.issues,
        measurements: outcome.measurements.map((one) => one.id),
      };
      const settings = settingsFor(file.set, file.handle.name);
      return landFile(forgetFile(workspace, file.name), entry, outcome.measurements, (one) =>
        folderConditions(settings, one),
      );
    }, before),
  );
  const { workspace } = session;
  session.results.set((results) =>
    done
      .flatMap(({ outcome }) => outcome.outcomes)
      .reduce((now, one) => keepOutcome(now, inputKey(workspace, one.measurement.id), one), results),
  );
  session.select(done[0]!.outcome.measurements[0]!.id);
  session.autosave.soon();
}
