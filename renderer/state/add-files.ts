import type { Issue } from '../../src/base/issues.ts';
import type { FileHandle, Host } from '../../src/host/host.ts';
import type { FolderSettings } from '../../src/model/folder-settings.ts';
import type { Conditions } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import { layerConditions } from '../../src/pipeline/conditions.ts';
import { parseFolderSettings, SETTINGS_NAME } from '../../src/pipeline/folder-settings.ts';

/** Settings files of an opened folder by the folder they stand in ('' is the top). */
export interface FolderSet {
  readonly settings: ReadonlyMap<string, FolderSettings>;
  readonly issues: readonly Issue[];
  /** All files that are not settings, nothing hidden. */
  readonly files: readonly FileHandle[];
}

function folderOf(name: string): string {
  const cut = name.lastIndexOf('/');
  return cut < 0 ? '' : name.slice(0, cut);
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Parts the files of a folder into measurements to read and settings, and reads the settings. */
export async function sortFiles(host: Host, handles: readonly FileHandle[]): Promise<FolderSet> {
  const settings = new Map<string, FolderSettings>();
  const issues: Issue[] = [];
  for (const handle of handles.filter((file) => baseName(file.name) === SETTINGS_NAME)) {
    const read = await host.readFile(handle.token);
    const parsed = read.ok ? parseFolderSettings(new TextDecoder().decode(read.value), handle.name) : read;
    if (parsed.ok) settings.set(folderOf(handle.name), parsed.value);
    else issues.push(...parsed.issues);
  }
  const files = handles
    .filter((file) => !baseName(file.name).startsWith('.'))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return { settings, issues, files };
}

/** Settings in force for a file, outermost folder first. */
export function settingsFor(set: FolderSet, file: string): readonly FolderSettings[] {
  const parts = folderOf(file).split('/');
  const folders = ['', ...parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((path) => path !== '')];
  return folders.map((folder) => set.settings.get(folder)).filter((found) => found !== undefined);
}

/** What the folder says of a measurement: the inner folder over the outer, the device table over both. */
export function folderConditions(settings: readonly FolderSettings[], measurement: Measurement): Conditions {
  return layerConditions(
    ...settings.map((folder) => folder.conditions),
    ...settings.map((folder) =>
      Object.hasOwn(folder.devices, measurement.deviceId) ? folder.devices[measurement.deviceId]! : {},
    ),
  );
}
