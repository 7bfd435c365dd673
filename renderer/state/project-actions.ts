import type { DeviceId, MeasurementId } from '../../src/model/ids.ts';
import type { Conditions, Given, InputName } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { BranchName } from '../../src/model/quantity.ts';
import type { FitWindow } from '../../src/model/recipe.ts';
import { type FileEntry, newDevice, type Workspace } from './workspace.ts';

/** Pure edits of the work. Each is one step of undo; the sentence beside it is what the History tab says. */

export function addFiles(workspace: Workspace, files: readonly FileEntry[], title?: string): Workspace {
  const known = new Set(workspace.files.map((file) => file.name));
  return {
    ...workspace,
    title: workspace.order.length === 0 && title ? title : workspace.title,
    files: [...workspace.files, ...files.filter((file) => !known.has(file.name))],
  };
}

/** What reading a file gave, with what its folders say of it; files of equal name take the place of the earlier reading. */
export function landFile(
  workspace: Workspace,
  file: FileEntry,
  measurements: readonly Measurement[],
  folder: (measurement: Measurement) => Conditions = () => ({}),
): Workspace {
  if (!workspace.files.some((known) => known.name === file.name)) return workspace;
  const added: Record<string, Measurement> = Object.fromEntries(
    measurements.map((m) => [m.id, { ...m, conditions: { ...m.conditions, ...folder(m) } }]),
  );
  const devices = { ...workspace.devices };
  for (const { deviceId } of measurements) devices[deviceId] ??= newDevice(deviceId);
  const order = [
    ...workspace.order.filter((id) => !(id in added)),
    ...measurements.map((measurement) => measurement.id),
  ];
  const all = { ...workspace.measurements, ...added };
  // rows of another reading of the file are other rows
  const masks = Object.fromEntries(
    Object.entries(workspace.masks).filter(
      ([id]) => !(id in added) || all[id]?.curve.length === workspace.measurements[id]?.curve.length,
    ),
  );
  return {
    ...workspace,
    files: workspace.files.map((known) => (known.name === file.name ? file : known)),
    measurements: all,
    masks,
    order: sortCurves(order, all),
    devices,
  };
}

const collator = new Intl.Collator('en', { numeric: true });

/** By device and then by file, numbers by their value. */
export function sortCurves(order: readonly MeasurementId[], all: Workspace['measurements']): MeasurementId[] {
  return [...order].sort(
    (a, b) => collator.compare(all[a]?.deviceId ?? '', all[b]?.deviceId ?? '') || collator.compare(a, b),
  );
}

/** A window replaces the earlier one of the same branch; null goes back to the recipe's own range. */
export function setWindow(
  workspace: Workspace,
  id: MeasurementId,
  branch: BranchName | '*',
  range: readonly [from: number, to: number] | null,
): Workspace {
  const others = (workspace.windows[id] ?? []).filter((window) => window.branch !== branch);
  const next: FitWindow[] = range
    ? [...others, { branch, from: Math.min(...range), to: Math.max(...range) }]
    : others;
  const windows = { ...workspace.windows };
  if (next.length === 0) delete windows[id];
  else windows[id] = next;
  return { ...workspace, windows };
}

/** The windows of one curve for all of the given. */
export function copyWindows(
  workspace: Workspace,
  from: MeasurementId,
  to: readonly MeasurementId[],
): Workspace {
  const given = workspace.windows[from] ?? [];
  return {
    ...workspace,
    windows: { ...workspace.windows, ...Object.fromEntries(to.map((id) => [id, given])) },
  };
}

export function clearWindows(workspace: Workspace, id: MeasurementId): Workspace {
  const windows = { ...workspace.windows };
  delete windows[id];
  return { ...workspace, windows };
}

export function setRecipe(workspace: Workspace, id: MeasurementId, recipe: string): Workspace {
  return { ...workspace, recipeOf: { ...workspace.recipeOf, [id]: recipe } };
}

/** Rows left out (or freed again) by hand; what is left out stays in the data and on the plot. */
export function maskRows(
  workspace: Workspace,
  id: MeasurementId,
  rows: readonly number[],
  out: boolean,
): Workspace {
  const now = new Set(workspace.masks[id] ?? []);
  for (const row of rows) {
    if (out) now.add(row);
    else now.delete(row);
  }
  const masks = { ...workspace.masks };
  if (now.size === 0) delete masks[id];
  else masks[id] = [...now].sort((a, b) => a - b);
  return { ...workspace, masks };
}

/** The definition in force of an analysis, for all curves. */
export function setStepOption(
  workspace: Workspace,
  analysis: string,
  option: string,
  value: string,
): Workspace {
  const of = { ...workspace.stepOptions[analysis], [option]: value };
  return { ...workspace, stepOptions: { ...workspace.stepOptions, [analysis]: of } };
}

/** A condition for the whole project; null forgets what was given. */
export function setCondition(workspace: Workspace, name: InputName, given: Given | null): Workspace {
  const conditions: Record<string, Given> = { ...workspace.conditions } as Record<string, Given>;
  if (given) conditions[name] = given;
  else delete conditions[name];
  return { ...workspace, conditions };
}

export function markDevice(
  workspace: Workspace,
  device: DeviceId,
  mark: 'dead' | 'outlier' | null,
): Workspace {
  const known = workspace.devices[device] ?? newDevice(device);
  return { ...workspace, devices: { ...workspace.devices, [device]: { ...known, mark } } };
}

export function noteDevice(workspace: Workspace, device: DeviceId, note: string): Workspace {
  const known = workspace.devices[device] ?? newDevice(device);
  return { ...workspace, devices: { ...workspace.devices, [device]: { ...known, note } } };
}

export function renameProject(workspace: Workspace, title: string): Workspace {
  return { ...workspace, title: title.trim() || workspace.title };
}

export function leaveOutFile(workspace: Workspace, name: string): Workspace {
  return {
    ...workspace,
    files: workspace.files.map((file) =>
      file.name === name ? { ...file, state: 'left-out' as const } : file,
    ),
  };
}
