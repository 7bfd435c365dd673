import { baseName, fileStem } from '../importers/device-name.ts';
import type { Column } from '../model/curve.ts';
import { columnOf } from '../model/curve.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import type { DeviceId, MeasurementId } from '../model/ids.ts';
import type { Measurement } from '../model/measurement.ts';

/** What the name of a scope file says: which acquisition, and which channel of it. */
export interface ChannelFile {
  /** Equal for the channels of one acquisition; holds the folder. */
  readonly acquisition: string;
  /** Name of the acquisition without folder and channel: `F0005`. */
  readonly title: string;
  readonly channel: string;
}

/** `F0005CH1`, `A0000CH2`, `pulse_CH1-copy`. */
const CHANNEL_INSIDE = /^(.*?)[_\- ]?CH([1-8])(?![0-9A-Za-z])(.*)$/i;
/** LeCroy: `C1Trace00005`, `C1--pulse--00005`. A bare `C1_...` may be a place on an array. */
const CHANNEL_FIRST = /^C([1-8])(?:--)?([A-Za-z].*?(?:--)?\d{5}|Trace.*)$/;

/** Acquisition and channel of a file by its name; null where the name names no channel. */
export function channelOfName(name: string): ChannelFile | null {
  const stem = fileStem(name);
  const folder = name.slice(0, name.length - baseName(name).length);
  const inside = CHANNEL_INSIDE.exec(stem);
  const first = inside ? null : CHANNEL_FIRST.exec(stem);
  const title = inside ? `${inside[1]}${inside[3]}` : (first?.[2] ?? '');
  if (title.replace(/[_\- ]/g, '') === '') return null;
  const extension = name.slice(folder.length + stem.length).toLowerCase();
  return {
    acquisition: `${folder}${title}${extension}`,
    title,
    channel: inside ? `CH${inside[2]}` : `C${first![1]}`,
  };
}

/** Names of files that hold one acquisition together, in the order of their channels; only groups of two and more. */
export function groupChannelFiles(names: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, Map<string, string>>();
  for (const name of names) {
    const file = channelOfName(name);
    if (!file) continue;
    const group = groups.get(file.acquisition) ?? new Map<string, string>();
    // two files of one channel are two records: neither is joined
    group.set(group.has(file.channel) ? `${file.channel} of ${name}` : file.channel, name);
    groups.set(file.acquisition, group);
  }
  return [...groups.values()]
    .filter((group) => group.size > 1 && [...group.keys()].every((channel) => !channel.includes(' ')))
    .map((group) => [...group].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name));
}

export type Joined =
  | { readonly ok: true; readonly measurement: Measurement }
  | { readonly ok: false; readonly reason: string };

/** Time axes agree where no sample is further off than this part of the sample interval. */
const TIME_TOLERANCE = 0.01;

function timeOf(measurement: Measurement): Float64Array | null {
  return measurement.kind === 'waveform' ? (columnOf(measurement.curve, 'time')?.data ?? null) : null;
}

/** Why two time axes are not one, or null. */
function compareTimes(a: Float64Array, b: Float64Array): string | null {
  if (a.length !== b.length) return `they have ${a.length} and ${b.length} points`;
  const interval = (a[a.length - 1]! - a[0]!) / Math.max(1, a.length - 1);
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  return worst <= TIME_TOLERANCE * Math.abs(interval)
    ? null
    : `their times differ by up to ${worst.toPrecision(3)} s at a sample interval of ${interval.toPrecision(3)} s`;
}

function channelColumns(measurement: Measurement, channel: string, file: string): readonly Column[] {
  const columns = measurement.curve.columns.filter((column) => column.role !== 'time');
  const own = measurement.source.file === file;
  return columns.map((column) => ({
    ...column,
    label: columns.length === 1 || column.label === channel ? channel : `${channel} ${column.label}`,
    ...(column.origin && !own ? { origin: { ...column.origin, source: measurement.source } } : {}),
  }));
}

/**
 * Joins measurements of one acquisition into one with the columns of all: time of the first, a column per channel under the
 * channel's name. Refused with a reason where the time axes do not agree. Header entries keep their channel in front.
 */
export function joinChannels(parts: readonly Measurement[]): Joined {
  const [first] = parts;
  const time = first && timeOf(first);
  if (!first || !time || parts.length < 2)
    return { ok: false, reason: 'they are no waveforms of one time axis' };
  const names = parts.map((part) => channelOfName(part.source.file));
  for (const part of parts.slice(1)) {
    const other = timeOf(part);
    const why = other ? compareTimes(time, other) : `${baseName(part.source.file)} has no time axis`;
    if (why) return { ok: false, reason: why };
  }
  const flags = new Uint8Array(time.length);
  for (const part of parts) for (let i = 0; i < flags.length; i++) flags[i]! |= part.curve.flags[i]!;
  const channels = parts.map((part, k) => names[k]?.channel ?? fileStem(part.source.file));
  return {
    ok: true,
    measurement: {
      ...first,
      title: names[0]?.title ?? first.title,
      curve: {
        length: time.length,
        flags,
        columns: [
          columnOf(first.curve, 'time')!,
          ...parts.flatMap((part, k) => channelColumns(part, channels[k]!, first.source.file)),
        ],
      },
      conditions: Object.assign({}, ...parts.map((part) => part.conditions)),
      metadata: Object.fromEntries([
        ['joined from', parts.map((part) => baseName(part.source.file)).join(', ')],
        ...parts.flatMap((part, k) =>
          Object.entries(part.metadata).map(([key, value]) => [`${channels[k]}: ${key}`, value]),
        ),
        ...parts.map((part, k) => [`${channels[k]}: sha256`, part.source.sha256]),
      ]),
    },
  };
}

export interface CompanionGroups {
  /** Every device with what was measured on it, in the order of the input. */
  readonly devices: readonly { readonly id: DeviceId; readonly measurements: readonly MeasurementId[] }[];
  /** Measurements to show in place of their parts. */
  readonly joined: readonly { readonly measurement: Measurement; readonly parts: readonly MeasurementId[] }[];
  /** Acquisitions that look like one but cannot be joined, and why. */
  readonly apart: readonly { readonly parts: readonly MeasurementId[]; readonly reason: string }[];
}

/**
 * Groups all that is open: measurements of one device stay together (I-V, light and spectrum in files of their own), channels of
 * one acquisition become one measurement. A user who sets `joinChannels: false`, or gives files other devices, has the last word.
 */
export function groupCompanions(
  measurements: readonly Measurement[],
  settings: readonly FolderSettings[] = [],
): CompanionGroups {
  const byFile = new Map<string, Measurement[]>();
  for (const one of measurements) byFile.set(one.source.file, [...(byFile.get(one.source.file) ?? []), one]);
  const joined: { measurement: Measurement; parts: readonly MeasurementId[] }[] = [];
  const apart: { parts: readonly MeasurementId[]; reason: string }[] = [];
  const groups = isJoiningOff(settings) ? [] : groupChannelFiles([...byFile.keys()]);
  for (const names of groups) {
    const parts = names.flatMap((name) => byFile.get(name)!);
    const ids = parts.map((part) => part.id);
    if (parts.length !== names.length || new Set(parts.map((part) => part.deviceId)).size > 1) continue;
    const result = joinChannels(parts);
    if (result.ok) joined.push({ measurement: result.measurement, parts: ids });
    else apart.push({ parts: ids, reason: result.reason });
  }
  const replaced = new Map(
    joined.flatMap(({ parts, measurement }) => parts.map((id) => [id, measurement.id])),
  );
  const devices = new Map<DeviceId, Set<MeasurementId>>();
  for (const { id, deviceId } of measurements) {
    const members = devices.get(deviceId) ?? new Set();
    members.add(replaced.get(id) ?? id);
    devices.set(deviceId, members);
  }
  return {
    devices: [...devices].map(([id, members]) => ({ id, measurements: [...members] })),
    joined,
    apart,
  };
}

/** The innermost folder that says so decides. */
export function isJoiningOff(settings: readonly FolderSettings[]): boolean {
  return settings.findLast((folder) => folder.joinChannels !== undefined)?.joinChannels === false;
}
