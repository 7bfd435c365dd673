/**
 * Writers of scope binaries, made from the public descriptions and independent of the readers: fields are put one behind the other
 * with their sizes, as the manuals list them, and no offset is counted by hand.
 */

const latin = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));

/** Puts values of stated types one behind the other. */
export class FieldWriter {
  private readonly bytes: number[] = [];
  private readonly little: boolean;
  constructor(little = true) {
    this.little = little;
  }
  private put(size: number, write: (view: DataView) => void): this {
    const buffer = new ArrayBuffer(size);
    write(new DataView(buffer));
    this.bytes.push(...new Uint8Array(buffer));
    return this;
  }
  i8 = (...values: number[]): this =>
    values.reduce<this>((self, v) => self.put(1, (view) => view.setInt8(0, v)), this);
  u8 = (...values: number[]): this =>
    values.reduce<this>((self, v) => self.put(1, (view) => view.setUint8(0, v)), this);
  i64 = (...values: bigint[]): this =>
    values.reduce<this>((self, v) => self.put(8, (view) => view.setBigInt64(0, v, this.little)), this);
  i16 = (...values: number[]): this =>
    values.reduce<this>((self, v) => self.put(2, (view) => view.setInt16(0, v, this.little)), this);
  i32 = (...values: number[]): this =>
    values.reduce<this>((self, v) => self.put(4, (view) => view.setInt32(0, v, this.little)), this);
  f32 = (...values: number[]): this =>
    values.reduce<this>((self, v) => self.put(4, (view) => view.setFloat32(0, v, this.little)), this);
  f64 = (...values: number[]): this =>
    values.reduce<this>((self, v) => self.put(8, (view) => view.setFloat64(0, v, this.little)), this);
  text(value: string, size = value.length): this {
    this.bytes.push(...latin(value.padEnd(size, '\0')));
    return this;
  }
  zeros(size: number): this {
    this.bytes.push(...new Array<number>(size).fill(0));
    return this;
  }
  get length(): number {
    return this.bytes.length;
  }
  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** Tektronix .isf: `raw` as 2 bytes a point. */
export function writeIsf(raw: readonly number[], { little = false, long = false } = {}): Uint8Array {
  const order = little ? 'LSB' : 'MSB';
  const preamble = long
    ? `:WFMOUTPRE:BYT_NR 2;BIT_NR 16;ENCDG BINARY;BN_FMT RI;BYT_OR ${order};WFID "Ch2, DC coupling, 1.000V/div";NR_PT ${raw.length};PT_FMT Y;XUNIT "s";XINCR 4.0000E-9;XZERO -8.0E-9;PT_OFF 0;YUNIT "V";YMULT 1.5625E-4;YOFF -100;YZERO 0.5;:CURVE `
    : `:WFMP:BYT_N 2;BIT_N 16;ENC BIN;BN_F RI;BYT_O ${order};NR_P ${raw.length};WFI "Ch1, DC";PT_F Y;XIN 4.0E-9;PT_O 2;XZE 0;XUN "s";YMU 1.5625E-4;YZE 0.5;YOF -1.0E2;YUN "V";:CURV `;
  const count = String(raw.length * 2);
  return new FieldWriter(little)
    .text(`${preamble}#${count.length}${count}`)
    .i16(...raw)
    .text('\n')
    .finish();
}

/** Tektronix WFM (077-0220): `raw` int16 between two samples of precharge and two of postcharge. */
export function writeTekWfm(raw: readonly number[], version: 1 | 2 | 3, little = true): Uint8Array {
  const view = (w: FieldWriter): FieldWriter => {
    w.f64(1).text('V', 20).f64(0);
    if (version === 3) w.f64(1);
    else w.i32(1);
    return w.f64(0).f64(0);
  };
  const header = new FieldWriter(little);
  header.text(little ? '\x0f\x0f' : '\xf0\xf0').text(`:WFM#00${version}`);
  header.i8(7).i32(0).i8(2);
  const curveOffset = { 1: 820, 2: 822, 3: 838 }[version];
  header.i32(curveOffset).i32(0).f32(0).f64(0).f32(0).text('anode', 32).i32(0).i16(0);
  // waveform header: set type, count, counters, slots, static flag, update count, dimensions, record type
  header.i32(0, 1).f64(0).f64(0).i32(0, 0, 0, 1, 1, 2).f64(0).i32(0, 0, 0, 0, 0);
  if (version >= 2) header.i16(0);
  // pixel map: display format, maximum
  header.i32(0).f64(0);
  for (const [scale, offset, unit] of [
    [2e-5, 0.25, 'V'],
    [1, 0, ''],
  ] as const) {
    header.f64(scale, offset).i32(raw.length).text(unit, 20).f64(0, 0, 0, 0).i32(0, 0).i32(0, 0, 0, 0, 0);
    view(header);
  }
  for (const [scale, offset, unit] of [
    [1e-9, -3e-9, 's'],
    [1, 0, ''],
  ] as const) {
    header.f64(scale, offset).i32(raw.length).text(unit, 20).f64(0, 0, 0, 0).i32(0);
    view(header);
  }
  // two time bases, then the update of the first frame: real point, trigger, fraction and second of the date
  header.i32(0, 0, 0, 0, 0, 0).i32(0).f64(0, 0).i32(1741770000);
  header
    .i32(0, 0)
    .i16(0)
    .i32(0, 4, 4 + 2 * raw.length, 8 + 2 * raw.length, 8 + 2 * raw.length);
  if (header.length !== curveOffset)
    throw new Error(`header of version ${version} has ${header.length} bytes`);
  return header.i16(9, 9, ...raw, 9, 9).finish();
}

/** LeCroy LECROY_2_3, one or several segments of int16 or int8 samples. */
export function writeTrc(
  segments: readonly (readonly number[])[],
  { little = true, wide = true } = {},
): Uint8Array {
  const samples = segments.flat();
  const many = segments.length > 1;
  const w = new FieldWriter(little);
  const total = 346 + (many ? 16 * segments.length : 0) + samples.length * (wide ? 2 : 1);
  w.text(`#9${String(total).padStart(9, '0')}`);
  w.text('WAVEDESC', 16)
    .text('LECROY_2_3', 16)
    .i16(wide ? 1 : 0, little ? 1 : 0);
  w.i32(346, 0, 0, many ? 16 * segments.length : 0, 0, 0, samples.length * (wide ? 2 : 1), 0, 0, 0);
  w.text('LECROYHDO4104', 16).i32(12345).text('', 16).i16(0, 0);
  w.i32(samples.length, 0, 0, samples.length - 1, 0, 0, 0, segments.length, 0).i16(0, 0);
  // vertical gain and offset, extremes, bits, subarrays, horizontal interval and offset, pixel offset, units
  w.f32(1.25e-4, 0.05, 1, -1).i16(12, segments.length).f32(2e-9).f64(-1e-6, 0).text('V', 48).text('S', 48);
  w.f32(0).f64(30.25).i8(45, 13, 12, 3).i16(2025, 0).f32(0);
  // record type, processing, sweeps, time base, coupling, probe, gain, bandwidth, vernier, offset, source (C3)
  w.i16(0, 0, 0, 0, 0, 0).f32(1).i16(0, 0).f32(1, 0).i16(2);
  if (w.length !== 346 + 11) throw new Error(`descriptor of ${w.length} bytes`);
  if (many) for (const k of segments.keys()) w.f64(k, -1e-6 + k * 1e-10);
  return (wide ? w.i16(...samples) : w.i8(...samples)).finish();
}

/** Keysight AG10: each channel with its own header. */
export function writeAgilentBin(channels: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const w = new FieldWriter().text('AG10').i32(0).i32(Object.keys(channels).length);
  for (const [label, values] of Object.entries(channels)) {
    w.i32(140, 1, 1, values.length, 1).f32(0).f64(0, 5e-9, -1e-8).i32(2, 1);
    w.text('12 MAR 2025', 16)
      .text('10:20:30', 16)
      .text('DSO-X 3024A:MY5555', 24)
      .text(label, 16)
      .f64(0)
      .i32(0);
    w.i32(12)
      .i16(1, 4)
      .i32(4 * values.length)
      .f32(...values);
  }
  return w.finish();
}
