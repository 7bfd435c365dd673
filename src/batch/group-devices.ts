import type { DeviceId, MeasurementId } from '../model/ids.ts';
import type { Device } from '../model/project.ts';
import { compareNames } from './plan.ts';

export type GroupingId = 'none' | 'row' | 'column' | 'folder' | 'kind' | 'tag';

export const GROUPINGS: readonly GroupingId[] = ['row', 'column', 'folder', 'kind', 'tag', 'none'];

/** Folder of a curve by its id, `<file path>#<index>`. */
function folderOf(id: MeasurementId): string {
  const path = id.slice(0, id.lastIndexOf('#')).replaceAll('\\', '/');
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '' : path.slice(0, cut);
}

/** `LEC-10` is an LEC; names of a place on an array have no kind of their own. */
function kindOf(name: string): string {
  return /^[A-Za-z]{2,}/.exec(name)?.[0] ?? '';
}

/** The group of a device; '' where it has none. */
export function groupNameOf(by: GroupingId, device: Device, curves: readonly MeasurementId[]): string {
  switch (by) {
    case 'none':
      return 'all';
    case 'row':
      return device.row ? `row ${device.row}` : '';
    case 'column':
      return device.column === null ? '' : `column ${device.column}`;
    case 'folder':
      return curves[0] ? folderOf(curves[0]) : '';
    case 'kind':
      return kindOf(device.name);
    case 'tag':
      return device.note.trim();
  }
}

export interface DeviceGroup {
  readonly name: string;
  readonly devices: readonly DeviceId[];
}

/** Devices by group in the order of names; those without a group come last under ''. */
export function groupDevices(
  by: GroupingId,
  devices: readonly { readonly device: Device; readonly curves: readonly MeasurementId[] }[],
): readonly DeviceGroup[] {
  const groups = new Map<string, DeviceId[]>();
  for (const { device, curves } of devices) {
    const name = groupNameOf(by, device, curves);
    const members = groups.get(name);
    if (members) members.push(device.id);
    else groups.set(name, [device.id]);
  }
  return [...groups]
    .map(([name, members]) => ({ name, devices: members }))
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || compareNames(a.name, b.name));
}

/** The first grouping that makes at least two groups of two; else all in one. */
export function suggestGrouping(
  devices: readonly { readonly device: Device; readonly curves: readonly MeasurementId[] }[],
): GroupingId {
  const divides = (by: GroupingId): boolean =>
    groupDevices(by, devices).filter(({ name, devices: members }) => name !== '' && members.length > 1)
      .length > 1;
  return GROUPINGS.find(divides) ?? 'none';
}
