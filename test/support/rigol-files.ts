/**
 * Writers of Rigol .wfm, made from public descriptions of the headers field by field and independent of the readers: no offset is
 * counted by hand.
 */
import { FieldWriter } from './scope-files.ts';

export interface RigolTestChannel {
  readonly raw: readonly number[];
  /** Volt a division on the screen, with the probe. */
  readonly division: number;
  /** Shift of the trace [V]. */
  readonly shift: number;
}

const ps = (seconds: number): bigint => BigInt(Math.round(seconds * 1e12));

/** DS1000E/D: two channels, 25 steps a division; `old` without the rate of the logic analyser behind the header. */
export function writeRigol1000e(
  channels: readonly [RigolTestChannel | null, RigolTestChannel | null],
  { rate = 1e6, offset = 0, old = false, rollStop = 0, probe = 10 } = {},
): Uint8Array {
  const w = new FieldWriter();
  const depth = channels.find((channel) => channel)?.raw.length ?? 0;
  w.text('\xa5\xa5').zeros(2).zeros(12).i8(0).zeros(3).i32(rollStop).zeros(4).i32(depth).i8(1).zeros(1);
  for (const channel of channels) {
    const scale = Math.round(((channel?.division ?? 1) / probe) * 1e6);
    const shift = Math.round((channel?.shift ?? 0) / ((channel?.division ?? 1) / 25));
    w.i16(0)
      .i32(scale)
      .i16(shift)
      .i8(0, 0)
      .f32(probe)
      .i8(0, channel ? 1 : 0, 0, 0)
      .i32(scale)
      .i16(shift);
  }
  const time = (): void => {
    w.i64(ps(1e-3), ps(offset)).f32(rate).i64(ps(1e-3), ps(offset));
  };
  w.i8(0).zeros(1);
  time();
  w.i8(0, 0).i16(0).zeros(16).i8(7, 7);
  w.i8(0);
  for (let k = 0; k < 2; k++) {
    w.i8(0, 0, 0, 0, 0).f32(0, 0, 0).i8(0, 0).zeros(2).f32(0).i8(0).zeros(3).f32(0, 0).i8(0, 0, 0);
  }
  w.zeros(9).i32(channels[1] ? depth : 0);
  time();
  if (!old) w.f32(0);
  for (const channel of channels) if (channel) w.u8(...channel.raw);
  return w.finish();
}

/** DS1000B: four channels behind 420 bytes. */
export function writeRigol1000b(channels: readonly (RigolTestChannel | null)[], rate = 1e6): Uint8Array {
  const w = new FieldWriter();
  const depth = channels.find((channel) => channel)?.raw.length ?? 0;
  w.text('\xa5\xa5\xa4\x01').text('DS1204B', 8).zeros(44).i8(0).zeros(3).i32(depth).i8(1).zeros(3);
  for (const channel of channels) {
    const scale = Math.round((channel?.division ?? 1) * 1e6);
    const shift = Math.round((channel?.shift ?? 0) / ((channel?.division ?? 1) / 25));
    w.i32(scale)
      .i16(shift)
      .zeros(2)
      .f32(1)
      .i8(0, 0, channel ? 1 : 0, 0)
      .i32(scale)
      .i16(shift)
      .zeros(2);
  }
  w.i64(ps(1e-3), 0n).f32(rate).i64(0n, 0n).zeros(16).i8(0, 0).zeros(4).i8(0, 0, 0);
  w.zeros(420 - w.length);
  for (const channel of channels) w.u8(...(channel?.raw ?? new Array<number>(depth).fill(0)));
  return w.finish();
}

/** DS1000Z: `channels` by their number 1 to 4, interleaved from the last to the first. */
export function writeRigol1000z(
  channels: Readonly<Record<number, RigolTestChannel>>,
  { rate = 1e6, offset = 0, firmware = '00.04.04.SP4' } = {},
): Uint8Array {
  const numbers = Object.keys(channels).map(Number);
  const stride = numbers.length === 3 ? 4 : numbers.length;
  const points = channels[numbers[0]!]!.raw.length;
  const w = new FieldWriter();
  w.text('\x01\xff\xff\xff\xa5\xa5').i16(0x38).text('DS1054Z', 20).text(firmware, 20).i16(1, 0).zeros(12);
  w.i64(ps(1e-3), ps(offset)).i32(0).i16(0xd8, 0);
  w.i8(numbers.reduce((mask, n) => mask | (1 << (n - 1)), 0)).zeros(3);
  w.i32(0, 0, 0, 0, 0)
    .i8(0, 0, 0, 0)
    .i32(points * stride)
    .f32(rate / 1e9);
  for (const n of [1, 2, 3, 4]) {
    const channel = channels[n];
    w.i8(channel ? 1 : 0, 0, 1, 0, 9)
      .zeros(3)
      .f32(channel?.division ?? 1, channel?.shift ?? 0);
    w.i8(0, 2).zeros(10);
  }
  const horizontal = 512;
  w.zeros(12)
    .i32(0, 0, horizontal, w.length + 8 * 4 + 20)
    .zeros(16);
  w.zeros(20).zeros(horizontal);
  for (let i = 0; i < points; i++) {
    const order = stride === 4 ? [4, 3, 2, 1] : stride === 2 ? [numbers[1]!, numbers[0]!] : [numbers[0]!];
    w.u8(...order.map((n) => channels[n]?.raw[i] ?? 0));
  }
  return w.finish();
}

/** DS2000 and DS4000: blocks of bytes behind a header whose places differ. */
export function writeRigol2000(
  series: 2 | 4,
  channels: Readonly<Record<number, RigolTestChannel>>,
  { rate = 1e6, offset = 0, interwoven = false } = {},
): Uint8Array {
  const numbers = Object.keys(channels).map(Number);
  const points = channels[numbers[0]!]!.raw.length;
  const start = 1000;
  const place = (n: number): number => (numbers.includes(n) ? start + points * numbers.indexOf(n) : 0);
  const w = new FieldWriter();
  w.text('\xa5\xa5').i16(0x38).text(`DS${series}A123456789`, 20).text('00.03.05', 20).i16(1, 0).zeros(8);
  w.i32(0).i16(0, 0);
  w.i8(
    numbers.reduce((mask, n) => mask | (1 << (n - 1)), 0),
    interwoven ? 1 : 0,
  ).zeros(2);
  // one channel in the memory of two: even samples in the first block, odd ones in the second
  w.i32(...(interwoven ? [start, start + points / 2, 0, 0] : [1, 2, 3, 4].map(place)));
  if (series === 2) {
    w.i16(0, 2, 0, 0).i32(points).f32(rate).zeros(2).i16(0).i64(ps(1e-3), ps(offset));
  } else {
    w.i32(0, 0, 0, points).f32(rate).i32(0).i64(ps(1e-3)).i32(0, 0);
  }
  for (const n of [1, 2, 3, 4]) {
    const channel = channels[n];
    w.i8(channel ? 1 : 0, 0, 0, 0, 6, 0, 0, 1).f32(channel?.division ?? 1, channel?.shift ?? 0);
    w.i8(0, 2, 0, 0).i32(0, 0);
  }
  if (series === 2) {
    w.i32(0, 0, 0, points, 0, points);
  } else {
    w.i32(0, 0, 0, 0, 0, 0).i32(points).zeros(4).i32(points);
    w.zeros(36)
      .i32(points, points)
      .zeros(4 * 41)
      .i32(points)
      .zeros(16)
      .i8(0)
      .zeros(27);
    w.zeros(12).i32(0, 0).zeros(4).i64(0n).zeros(8).i64(ps(offset));
  }
  w.zeros(start - w.length);
  const { raw } = channels[numbers[0]!]!;
  if (interwoven) w.u8(...raw.filter((_, i) => i % 2 === 0), ...raw.filter((_, i) => i % 2 === 1));
  else for (const n of numbers) w.u8(...channels[n]!.raw);
  return w.finish();
}
