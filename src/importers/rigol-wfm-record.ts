import { readField, viewOf } from './scope-binary.ts';

/** One channel of a Rigol record: every `stride`-th byte from `start` on; value = scale * (byte - zero) + offset. */
export interface RigolChannel {
  readonly label: string;
  readonly unit: 'V' | 'A' | 'W' | '';
  readonly start: number;
  /** Start of every second sample where one channel has used the memory of two. */
  readonly oddStart?: number;
  readonly stride: number;
  readonly count: number;
  readonly scale: number;
  readonly zero: number;
  readonly offset: number;
  /** Time of the first sample and sample interval [s]. */
  readonly first_s: number;
  readonly interval_s: number;
}

/** What the header of a .wfm says; the samples are still in the file. */
export interface RigolRecord {
  readonly series: string;
  readonly model: string | null;
  readonly serial: string | null;
  readonly firmware: string;
  readonly channels: readonly RigolChannel[];
  /** How far all levels of a channel may be off together, in divisions: descriptions of the format differ on it. */
  readonly zeroDoubt_div: number;
}

export type RigolReading = RigolRecord | { readonly refused: string; readonly cut?: boolean };

export const UNITS = ['W', 'A', 'V', ''] as const;

/** First sample of a record whose middle is `offset_s` after the trigger. */
export function startOf(offset_s: number, points: number, interval_s: number): number {
  return offset_s - (points * interval_s) / 2;
}

/** Picoseconds of a signed 64-bit field as seconds. */
export function picoseconds(bytes: Uint8Array, at: number): number {
  return Number(viewOf(bytes).getBigInt64(at, true)) * 1e-12;
}

/** The series by its first bytes; null for another file. */
export function rigolSeries(bytes: Uint8Array): 'B' | 'C/D/E' | 'Z' | '2000/4000' | null {
  if (bytes.length < 4) return null;
  const [a, b, c, d] = bytes;
  if (a === 0x01 && b === 0xff && c === 0xff && d === 0xff) {
    return bytes[4] === 0xa5 && (bytes[5] === 0xa5 || bytes[5] === 0xa6) ? 'Z' : null;
  }
  if (b !== 0xa5) return null;
  if ((a === 0xa5 || a === 0xa1) && c === 0 && d === 0) return 'C/D/E';
  if (a !== 0xa5) return null;
  if (c === 0xa4 && d === 0x01) return 'B';
  return c === 0x38 && d === 0 && /^\w{3}/.test(readField(bytes, 4, 20)) ? '2000/4000' : null;
}
