import { picoseconds, type RigolChannel, type RigolReading, startOf } from './rigol-wfm-record.ts';
import { readField, viewOf } from './scope-binary.ts';

/** Lines of the screen a byte step is: 25 steps are a division in these series. */
const STEPS_A_DIVISION = 25;
const ZERO = 127;
const ALTERNATE = 4;

/** Where the settings of a channel stand; scale in microvolt a division, shift in byte steps, both without the probe. */
interface ChannelFields {
  readonly probe: number;
  readonly enabled: number;
  readonly scale: number;
  readonly shift: number;
}

function fieldsAt(display: number): ChannelFields {
  return { probe: display + 8, enabled: display + 13, scale: display + 16, shift: display + 20 };
}

interface ChannelPlace {
  readonly label: string;
  readonly start: number;
  readonly count: number;
  readonly first_s: number;
  readonly interval_s: number;
}

function readChannel(
  bytes: Uint8Array,
  fields: ChannelFields,
  place: ChannelPlace,
  lift_div: number,
): RigolChannel {
  const view = viewOf(bytes);
  const division = view.getInt32(fields.scale, true) * 1e-6 * view.getFloat32(fields.probe, true);
  const step = division / STEPS_A_DIVISION;
  // the byte grows downwards, as the lines of a screen do
  return {
    ...place,
    unit: 'V',
    stride: 1,
    scale: -step,
    zero: ZERO,
    offset: -view.getInt16(fields.shift, true) * step - lift_div * division,
  };
}

/** Refusal of a record whose parts do not add up to the file. */
function sizeRefusal(length: number, needed: number): RigolReading {
  return {
    refused: `declares samples up to byte ${needed} and has ${length} bytes`,
    cut: length < needed,
  };
}

/**
 * DS1000C, D and E. The header is 256 (C), 272 (early E) or 276 bytes long; which one shows only in the size of the file. In roll
 * mode each channel ends in bytes that were never taken.
 */
export function readRigol1000(bytes: Uint8Array): RigolReading {
  if (bytes.length < 256) return { refused: 'ends inside its header', cut: true };
  const view = viewOf(bytes);
  const u32 = (at: number): number => view.getUint32(at, true);
  const channels = [36, 60].map(fieldsAt);
  const shown = channels.map((fields) => bytes[fields.enabled] !== 0);
  const long = bytes.length >= 272;
  const depth = [u32(28), long && bytes[0] === 0xa5 && u32(232) > 0 ? u32(232) : u32(28)];
  const rate = view.getFloat32(100, true);
  const analog = shown.reduce((sum, on, k) => sum + (on ? depth[k]! : 0), 0);
  const logic = long && bytes[0] === 0xa5 && (bytes[120]! & 1) === 1 ? 2 * depth[0]! : 0;
  const head = (bytes[0] === 0xa1 ? [256] : [276, 272]).find(
    (size) => size + analog + logic === bytes.length,
  );
  if (!(rate > 0) || !Number.isFinite(rate) || analog === 0)
    return { refused: 'has a header without sample rate or channel' };
  if (head === undefined) return sizeRefusal(bytes.length, (bytes[0] === 0xa1 ? 256 : 276) + analog + logic);
  const roll = u32(20);
  const unused = roll === 0 || head === 256 ? 0 : roll + 2;
  const alternate = head === 276 && bytes[142] === ALTERNATE;
  let at = head;
  const read: RigolChannel[] = [];
  for (const [k, fields] of channels.entries()) {
    if (!shown[k]) continue;
    const own = alternate && k === 1;
    const interval_s = 1 / (own ? view.getFloat32(252, true) : rate);
    const offset_s = picoseconds(bytes, own ? 264 : head === 276 ? 112 : 92);
    const count = depth[k]! - unused;
    if (!(count > 0) || !Number.isFinite(interval_s))
      return { refused: `has no valid sample of CH${k + 1} (rolling mode stopped at ${roll})` };
    const first_s = startOf(offset_s, depth[k]!, interval_s);
    read.push(readChannel(bytes, fields, { label: `CH${k + 1}`, start: at, count, first_s, interval_s }, 0));
    at += depth[k]!;
  }
  const series = head === 256 ? 'DS1000C' : 'DS1000D/E';
  return { series, model: null, serial: null, firmware: '', channels: read, zeroDoubt_div: 2 / 25 };
}

/** DS1000B: four channels behind a header of 420 bytes; its levels stand 1.12 divisions below those of the other series. */
export function readRigol1000b(bytes: Uint8Array): RigolReading {
  if (bytes.length < 420) return { refused: 'ends inside its header', cut: true };
  const view = viewOf(bytes);
  const count = view.getUint32(60, true);
  const rate = view.getFloat32(180, true);
  const shown = [68, 92, 116, 140].map((at) => ({
    probe: at + 8,
    enabled: at + 14,
    scale: at + 16,
    shift: at + 20,
  }));
  const last = shown.findLastIndex((fields) => bytes[fields.enabled] !== 0);
  if (!(rate > 0) || !Number.isFinite(rate) || last < 0 || count === 0)
    return { refused: 'has a header without sample rate, points or channel' };
  const needed = 420 + count * (last + 1);
  if (needed > bytes.length) return sizeRefusal(bytes.length, needed);
  const interval_s = 1 / rate;
  const first_s = startOf(picoseconds(bytes, 172), count, interval_s);
  const channels = shown.flatMap((fields, k): RigolChannel[] => {
    if (bytes[fields.enabled] === 0) return [];
    const place = { label: `CH${k + 1}`, start: 420 + k * count, count, first_s, interval_s };
    return [readChannel(bytes, fields, place, 1.12)];
  });
  const model = readField(bytes, 4, 8) || null;
  return { series: 'DS1000B', model, serial: null, firmware: '', channels, zeroDoubt_div: 1.12 };
}
