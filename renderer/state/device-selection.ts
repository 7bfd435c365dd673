import type { DeviceId } from '../../src/model/ids.ts';
import { markDevice } from './project-actions.ts';
import type { Session } from './session.ts';

/** One selection for all views: the devices, and the curve that is in hand. */
export function selectDevices(session: Session, devices: readonly DeviceId[]): void {
  const { measurements, order } = session.workspace;
  const { selected } = session.view.get();
  const own = selected ? measurements[selected]?.deviceId : undefined;
  session.setView({ selectedDevices: devices });
  // the curve in hand is one of those chosen
  if (devices.length > 0 && (!own || !devices.includes(own))) {
    const first = order.find((id) => measurements[id]?.deviceId === devices[0]);
    if (first) session.select(first);
  }
}

/** A click: that device alone; with Shift or Ctrl it joins or leaves those chosen. */
export function pickDevice(session: Session, device: DeviceId, adds: boolean): void {
  const { selectedDevices } = session.view.get();
  if (!adds) {
    selectDevices(session, [device]);
    return;
  }
  const has = selectedDevices.includes(device);
  selectDevices(
    session,
    has ? selectedDevices.filter((one) => one !== device) : [...selectedDevices, device],
  );
}

/** `A6`, `A6 and B2`, `A6, B2 and 3 more`. */
export function nameDevices(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= 3) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

/** Marks devices in one undoable step; null counts them again. */
export function markDevices(
  session: Session,
  devices: readonly DeviceId[],
  mark: 'dead' | 'outlier' | null,
): void {
  if (devices.length === 0) return;
  const { workspace } = session;
  const names = nameDevices(devices.map((id) => workspace.devices[id]?.name ?? id));
  const words =
    mark === null
      ? `${names} counted again`
      : `${names} marked as ${mark === 'dead' ? (devices.length > 1 ? 'dead pixels' : 'dead pixel') : devices.length > 1 ? 'outliers' : 'outlier'}`;
  session.step(words, (now) => devices.reduce((all, device) => markDevice(all, device, mark), now));
}

/** The devices a mark is for: those chosen; in the Curves view, and where none is chosen in the table, that of the curve in hand. */
export function devicesInHand(session: Session): readonly DeviceId[] {
  const { selectedDevices, selected, view } = session.view.get();
  const known = view === 'curves' ? [] : selectedDevices.filter((id) => id in session.workspace.devices);
  if (known.length > 0 || view === 'statistics') return known;
  const own = selected ? session.workspace.measurements[selected]?.deviceId : undefined;
  return own ? [own] : [];
}

/** D and X: all of them get the mark, or lose it where all have it. */
export function toggleMark(session: Session, mark: 'dead' | 'outlier'): void {
  const devices = devicesInHand(session);
  if (devices.length === 0) {
    session.tell('flagged', 'Choose devices first: click a point, or draw a box in the scatter.');
    return;
  }
  const all = devices.every((id) => session.workspace.devices[id]?.mark === mark);
  markDevices(session, devices, all ? null : mark);
}
