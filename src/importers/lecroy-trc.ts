import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { DecodedFile, Importer } from './importer.ts';
import {
  isUsable,
  readField,
  readSamples,
  refuseScope,
  SAMPLE_BYTES,
  sampleColumn,
  timeColumn,
  viewOf,
} from './scope-binary.ts';

const MOST_SEGMENTS = 100_000;

/** Offset of the descriptor: at the start, or behind `#9` and its digits; -1 when there is none. */
function findDescriptor(bytes: Uint8Array): number {
  for (let i = 0; i < Math.min(64, bytes.length - 8); i++)
    if (bytes[i] === 87 && readField(bytes, i, 8) === 'WAVEDESC') return i;
  return -1;
}

/** Trigger time of the descriptor: local time of the scope. */
function readClock(view: DataView, at: number, little: boolean): string | null {
  const [minute, hour, day, month] = [8, 9, 10, 11].map((k) => view.getUint8(at + k)) as [
    number,
    number,
    number,
    number,
  ];
  const year = view.getUint16(at + 12, little);
  const seconds = view.getFloat64(at, little);
  if (!(year > 1980 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60))
    return null;
  if (!(seconds >= 0 && seconds < 60)) return null;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(Math.floor(seconds))}`;
}

/** LeCroy .trc: template LECROY_2_3 of the remote control manuals; a sequence gives one measurement a segment. */
export const lecroyTrc: Importer = {
  id: 'lecroy-trc',
  version: 1,
  label: 'LeCroy .trc (LECROY_2_3)',
  vendor: 'LeCroy',
  extensions: ['trc'],
  options: [ROLES_OPTION],
  sniff({ bytes }: DecodedFile): number {
    return findDescriptor(bytes) >= 0 ? 1 : 0;
  },
  parse(file: DecodedFile): Result<readonly Measurement[]> {
    const { bytes } = file;
    const base = findDescriptor(bytes);
    if (base < 0 || bytes.length < base + 346)
      return refuseScope(file, 'ends inside its descriptor', 'TRUNCATED');
    const view = viewOf(bytes);
    const little = view.getUint16(base + 34, true) !== 0;
    const i32 = (offset: number): number => view.getInt32(base + offset, little);
    const type = view.getInt16(base + 32, little) === 0 ? 'int8' : 'int16';
    const template = readField(bytes, base + 16, 16);
    if (!/^LECROY_/.test(template))
      return refuseScope(file, `follows the template "${template}", which is not known`);
    const triggers = i32(48);
    const blocks = [36, 40, 44, 48, 52, 56].map(i32);
    if (blocks.some((length) => length < 0))
      return refuseScope(file, 'has a descriptor with lengths below zero');
    const triggerStart = base + blocks[0]! + blocks[1]! + blocks[2]!;
    const start = base + blocks.reduce((sum, length) => sum + length, 0);
    const count = Math.floor(i32(60) / SAMPLE_BYTES[type]);
    const segments = Math.max(1, i32(144));
    const gain = view.getFloat32(base + 156, little);
    const offset = -view.getFloat32(base + 160, little);
    const dt = view.getFloat32(base + 176, little);
    const t0 = view.getFloat64(base + 180, little);
    const each = Math.floor(count / segments);
    if (!isUsable(gain, offset, dt, t0) || !(each > 0) || !(dt > 0) || segments > MOST_SEGMENTS)
      return refuseScope(file, 'has a descriptor without scale, interval or points');
    if (
      start + count * SAMPLE_BYTES[type] > bytes.length ||
      (segments > 1 && triggerStart + 16 * segments > bytes.length)
    )
      return refuseScope(file, `declares ${count} points and is too short for them`, 'TRUNCATED');
    const source = view.getUint16(base + 344, little);
    const channel = source < 4 ? `C${source + 1}` : readField(bytes, base + 96, 16) || 'Y';
    const unit = readField(bytes, base + 196, 48);
    const model = readField(bytes, base + 76, 16);
    const metadata: (readonly [string, string])[] = [
      ['template', template],
      ['trace label', readField(bytes, base + 96, 16)],
      ['user text', blocks[1]! > 0 ? readField(bytes, base + blocks[0]!, Math.min(blocks[1]!, 400)) : ''],
    ];
    const measurements = Array.from({ length: segments }, (_, k) => {
      const own =
        segments > 1 && triggers >= 16 * segments ? view.getFloat64(triggerStart + 16 * k + 8, little) : t0;
      const data = readSamples(bytes, start + k * each * SAMPLE_BYTES[type], each, type, little, {
        scale: gain,
        offset,
      });
      return buildMeasurement(file, lecroyTrc, k, {
        isScope: true,
        ...(segments > 1 ? { suffix: ` segment ${k + 1}` } : {}),
        columns: [timeColumn(each, Number.isFinite(own) ? own : t0, dt), sampleColumn(channel, unit, data)],
        instrument: { model: model || null, serial: String(i32(92)) },
        recordedAt: readClock(view, base + 296, little),
        metadata,
      });
    });
    return succeed(measurements);
  },
};
