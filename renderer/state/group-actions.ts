import { NO_SETTINGS } from '../../src/model/folder-settings.ts';
import { type DeviceId, deviceId, type MeasurementId } from '../../src/model/ids.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import { applyNamePattern } from '../../src/pipeline/apply-name-pattern.ts';
import { joinCurves, ownDevice, renewPhotonEnergies, splitJoined } from '../../src/pipeline/group-by-hand.ts';
import { sortCurves } from './project-actions.ts';
import { newDevice, type Workspace } from './workspace.ts';

/** Which curves are one device, and which one curve, decided by hand. Each is one step of undo and kept with the project. */

/** Puts measurements in the place of others, with devices, order and the entries of files that follow from them. */
function replaceCurves(
  workspace: Workspace,
  gone: readonly MeasurementId[],
  added: readonly Measurement[],
): Workspace {
  const left = new Set<string>(gone);
  const kept = Object.values(workspace.measurements).filter(({ id }) => !left.has(id));
  const all = [...kept, ...added];
  const touched = new Set<DeviceId>([
    ...added.map((one) => one.deviceId),
    ...gone.flatMap((id) => workspace.measurements[id]?.deviceId ?? []),
  ]);
  const renewed = [...touched].flatMap((device) =>
    renewPhotonEnergies(all.filter((one) => one.deviceId === device)),
  );
  const measurements: Record<string, Measurement> = Object.fromEntries(
    [...all, ...renewed].map((one) => [one.id, one]),
  );
  const used = new Set(Object.values(measurements).map((one) => one.deviceId));
  const devices = Object.fromEntries(
    Object.entries(workspace.devices).filter(
      ([id, { mark, note }]) => used.has(id as DeviceId) || mark !== null || note !== '',
    ),
  );
  for (const id of used) devices[id] ??= newDevice(id);
  const files = workspace.files.map((file) => {
    const own = Object.values(measurements)
      .filter((one) => one.source.file === file.name)
      .map(({ id }) => id);
    return file.state === 'read' ? { ...file, measurements: own } : file;
  });
  const ids = Object.keys(measurements) as MeasurementId[];
  return { ...workspace, files, measurements, devices, order: sortCurves(ids, measurements) };
}

const curvesOf = (workspace: Workspace, ids: readonly MeasurementId[]): readonly Measurement[] =>
  ids.flatMap((id) => workspace.measurements[id] ?? []);

/** Curves of one device, whatever their files are called. */
export function groupAsDevice(workspace: Workspace, ids: readonly MeasurementId[], name: string): Workspace {
  const device = deviceId(name.trim());
  const moved = curvesOf(workspace, ids).map((one) => ({ ...one, deviceId: device }));
  return replaceCurves(workspace, ids, moved);
}

/** Every file a device of its own, and joined curves in their parts again. */
export function keepApart(workspace: Workspace, ids: readonly MeasurementId[]): Workspace {
  return replaceCurves(workspace, ids, curvesOf(workspace, ids).flatMap(splitJoined).map(ownDevice));
}

/** Device, date and conditions of every file whose name fits the pattern; the others stay as they are. */
export function nameByPattern(workspace: Workspace, pattern: string): Workspace {
  const settings = [{ ...NO_SETTINGS, pattern }];
  const changed = Object.values(workspace.measurements).flatMap((one) => {
    const named = applyNamePattern(one, settings);
    return named === one ? [] : [named];
  });
  return replaceCurves(
    workspace,
    changed.map(({ id }) => id),
    changed,
  );
}

/** Why curves cannot be one, or null. */
export function whyNotJoined(workspace: Workspace, ids: readonly MeasurementId[]): string | null {
  const joined = joinCurves(curvesOf(workspace, ids));
  return joined.ok ? null : joined.reason;
}

/** Traces of one acquisition, or a sweep and its light, as one curve of the device of the first; unchanged where they do not fit. */
export function joinByHand(workspace: Workspace, ids: readonly MeasurementId[]): Workspace {
  const joined = joinCurves(curvesOf(workspace, ids));
  return joined.ok ? replaceCurves(workspace, ids, [joined.measurement]) : workspace;
}
