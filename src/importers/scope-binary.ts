import { error } from '../base/issues.ts';
import { fail, type Result } from '../base/result.ts';
import { type ColumnDraft, NO_UNIT, SECOND } from './columns.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile } from './importer.ts';
import { parseUnit } from './unit-words.ts';

/** Latin text of a fixed field, up to its first NUL. */
export function readField(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let i = start; i < Math.min(start + length, bytes.length) && bytes[i] !== 0; i++)
    text += String.fromCharCode(bytes[i]!);
  return text.trim();
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export type SampleType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'float32' | 'float64';
export const SAMPLE_BYTES: Readonly<Record<SampleType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  float32: 4,
  float64: 8,
};

/** Samples as scale * (raw - zero) + offset. The range must lie inside the bytes. */
export function readSamples(
  bytes: Uint8Array,
  start: number,
  count: number,
  type: SampleType,
  littleEndian: boolean,
  { scale = 1, zero = 0, offset = 0 } = {},
): Float64Array {
  const view = viewOf(bytes);
  const out = new Float64Array(count);
  const step = SAMPLE_BYTES[type];
  for (let i = 0; i < count; i++) {
    const at = start + i * step;
    let raw: number;
    switch (type) {
      case 'int8':
        raw = view.getInt8(at);
        break;
      case 'uint8':
        raw = view.getUint8(at);
        break;
      case 'int16':
        raw = view.getInt16(at, littleEndian);
        break;
      case 'uint16':
        raw = view.getUint16(at, littleEndian);
        break;
      case 'int32':
        raw = view.getInt32(at, littleEndian);
        break;
      case 'float32':
        raw = view.getFloat32(at, littleEndian);
        break;
      default:
        raw = view.getFloat64(at, littleEndian);
    }
    out[i] = scale * (raw - zero) + offset;
  }
  return out;
}

/** Times t0 + i dt [s]. */
export function timeColumn(count: number, start_s: number, interval_s: number): ColumnDraft {
  return {
    header: 'Time',
    unitText: 's',
    unit: SECOND,
    role: 'time',
    data: Float64Array.from({ length: count }, (_, i) => start_s + i * interval_s),
  };
}

export function sampleColumn(name: string, unitText: string, data: Float64Array): ColumnDraft {
  return { header: name, unitText, unit: parseUnit(unitText) ?? NO_UNIT, data };
}

/** A binary that cannot be read, and why. */
export function refuseScope(
  file: DecodedFile,
  why: string,
  code: 'UNREADABLE' | 'TRUNCATED' = 'UNREADABLE',
): Result<never> {
  return fail(
    error(code, `${baseName(file.name)} ${why}.`, {
      hint:
        code === 'TRUNCATED'
          ? 'Copy the file from the instrument again.'
          : 'Save the waveform as CSV on the instrument.',
      at: { file: file.name },
    }),
  );
}

export const isUsable = (...values: readonly number[]): boolean => values.every(Number.isFinite);
