import { picoseconds, type RigolChannel, type RigolReading, startOf, UNITS } from './rigol-wfm-record.ts';
import { readField, viewOf } from './scope-binary.ts';

const ZERO = 127;
const NO_HEADER = { refused: 'ends inside its header', cut: true } as const;

function isRate(rate: number): boolean {
  return rate > 0 && Number.isFinite(rate);
}

/**
 * DS1000Z and MSO1000Z: bytes of the channels interleaved, from the last to the first. Levels stand a division higher than byte 127
 * says, but for two channels of firmware 00.04.04.SP3.
 */
export function readRigol1000z(bytes: Uint8Array): RigolReading {
  if (bytes.length < 264) return NO_HEADER;
  const view = viewOf(bytes);
  const u32 = (at: number): number => view.getUint32(at, true);
  const enabled = [0, 1, 2, 3].filter((k) => (bytes[88]! & (1 << k)) !== 0);
  const rate = view.getFloat32(120, true) * 1e9;
  if (!isRate(rate) || enabled.length === 0)
    return { refused: 'has a header without sample rate or channel' };
  const stride = enabled.length === 3 ? 4 : enabled.length;
  const count = Math.floor(u32(116) / stride);
  const start = u32(260) + u32(256);
  if (start + count * stride > bytes.length || count === 0)
    return { refused: `declares ${count} points a channel and is too short for them`, cut: count > 0 };
  const firmware = readField(bytes, 28, 20);
  const old = firmware === '00.04.04.SP3' && enabled.length === 2;
  const interval_s = 1 / rate;
  const first_s = startOf(picoseconds(bytes, 72), count, interval_s);
  const channels = enabled.map((k, place): RigolChannel => {
    const at = 124 + 28 * k;
    const division = view.getFloat32(at + 8, true) * (bytes[at + 16] !== 0 ? -1 : 1);
    const shift = view.getFloat32(at + 12, true);
    const lift = old ? (shift < 0 ? division / 5 : 0) : division;
    const from = stride === 1 ? 0 : stride === 2 ? 1 - place : 3 - k;
    return {
      label: `CH${k + 1}`,
      unit: UNITS[bytes[at + 17]!] ?? '',
      start: start + from,
      stride,
      count,
      scale: division / 20,
      zero: ZERO,
      offset: lift - shift,
      first_s,
      interval_s,
    };
  });
  const model = readField(bytes, 8, 20) || null;
  return { series: 'DS1000Z', model, serial: null, firmware, channels, zeroDoubt_div: 1 };
}

/** Places that differ between the DS2000 and the DS4000; the third letter of the serial number tells them apart. */
interface Layout {
  readonly series: string;
  readonly rate: number;
  readonly offset: number;
  readonly channels: number;
  readonly depth: number;
  readonly skip: number | null;
  readonly stepsADivision: number;
}
const LAYOUTS: Readonly<Record<string, Layout>> = {
  '2': { series: 'DS2000', rate: 96, offset: 112, channels: 120, depth: 252, skip: 248, stepsADivision: 25 },
  '4': {
    series: 'DS4000',
    rate: 100,
    offset: 568,
    channels: 124,
    depth: 268,
    skip: null,
    stepsADivision: 32,
  },
};

/** DS2000 and DS4000: each channel in a block of its own; one channel of a DS2000 may use the memory of both. */
export function readRigol2000(bytes: Uint8Array): RigolReading {
  if (bytes.length < 600) return NO_HEADER;
  const serial = readField(bytes, 4, 20);
  const key = serial[2] ?? '';
  const layout = Object.hasOwn(LAYOUTS, key) ? LAYOUTS[key]! : null;
  if (!layout) return { refused: `is of a series (serial number ${serial}) whose layout is not known` };
  const view = viewOf(bytes);
  const u32 = (at: number): number => view.getUint32(at, true);
  const rate = view.getFloat32(layout.rate, true);
  const count = u32(layout.depth);
  const enabled = [0, 1, 2, 3].filter((k) => (bytes[64]! & (1 << k)) !== 0);
  if (!isRate(rate) || enabled.length === 0 || count === 0)
    return { refused: 'has a header without sample rate, points or channel' };
  const skip = layout.skip === null ? 0 : u32(layout.skip);
  const interwoven = layout.series === 'DS2000' && (bytes[65]! & 1) === 1;
  if (interwoven && enabled.length !== 1)
    return { refused: `says that ${enabled.length} channels share the memory of two, which cannot be` };
  const interval_s = 1 / rate;
  const first_s = startOf(picoseconds(bytes, layout.offset), count, interval_s);
  const channels: RigolChannel[] = [];
  for (const k of enabled) {
    const block = interwoven ? Math.ceil(count / 2) : count;
    const start = u32(68 + 4 * (interwoven ? 0 : k)) + skip;
    const oddStart = interwoven ? u32(72) + skip : start;
    if (Math.min(start, oddStart) < 600 || Math.max(start, oddStart) + block > bytes.length)
      return { refused: `declares ${count} points of CH${k + 1} and is too short for them`, cut: true };
    const at = layout.channels + 28 * k;
    // DS2072A firmware swaps the flags of inversion and unit, and marks a channel in use with 8 instead of 1
    const swapped = layout.series === 'DS2000' && bytes[at] !== 1;
    const [inverted, unit] = swapped
      ? [bytes[at + 17]!, bytes[at + 16]!]
      : [bytes[at + 16]!, bytes[at + 17]!];
    const division = view.getFloat32(at + 8, true) * (inverted === 1 ? -1 : 1);
    channels.push({
      label: `CH${k + 1}`,
      unit: UNITS[unit] ?? '',
      start,
      ...(interwoven ? { oddStart } : {}),
      stride: 1,
      count,
      scale: division / layout.stepsADivision,
      zero: ZERO,
      offset: -view.getFloat32(at + 12, true),
      first_s,
      interval_s,
    });
  }
  return {
    series: layout.series,
    model: null,
    serial,
    firmware: readField(bytes, 24, 20),
    channels,
    zeroDoubt_div: 2 / layout.stepsADivision,
  };
}
