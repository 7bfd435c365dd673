import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../../src/importers/decode-text.ts';
import { importFile } from '../../../src/importers/import-file.ts';
import { IMPORTERS } from '../../../src/importers/registry.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { createRandom } from '../../support/mutate.ts';
import {
  writeRigol1000b,
  writeRigol1000e,
  writeRigol1000z,
  writeRigol2000,
} from '../../support/rigol-files.ts';
import { writeAgilentBin, writeIsf, writeTekWfm, writeTrc } from '../../support/scope-files.ts';

function open(bytes: Uint8Array, format: string): readonly Measurement[] {
  const result = importFile({ name: 'F0001.dat', bytes, sha256: '' });
  if (!result.ok) throw new Error(result.issues[0].message);
  expect(result.value.format).toBe(format);
  return result.value.measurements;
}
const near = (actual: Float64Array, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, k) => {
    expect(Math.abs(actual[k]! - value)).toBeLessThanOrEqual(1e-7 * Math.abs(value) + 1e-18);
  });
};

describe('scope binaries, from files written by the public descriptions', () => {
  const raw = [-100, 0, 3100, -32768, 32767];
  // YZERO + YMULT (raw - YOFF) with YMULT 1.5625e-4, YOFF -100, YZERO 0.5
  const volts = [0.5, 0.515625, 1, -4.604375, 5.63546875];

  it('Tektronix .isf: short and long keys, both byte orders, trigger point as time 0', () => {
    for (const little of [false, true]) {
      const [short] = open(writeIsf(raw, { little }), 'tektronix-isf');
      near(short!.curve.columns[1]!.data, volts);
      near(short!.curve.columns[0]!.data, [-8e-9, -4e-9, 0, 4e-9, 8e-9]);
      expect(short!.curve.columns.map(({ label, role, unit }) => [label, role, unit])).toEqual([
        ['Time', 'time', 's'],
        ['CH1', 'voltage', 'V'],
      ]);
      const [long] = open(writeIsf(raw, { little, long: true }), 'tektronix-isf');
      near(long!.curve.columns[1]!.data, volts);
      near(long!.curve.columns[0]!.data, [-8e-9, -4e-9, 0, 4e-9, 8e-9]);
      expect(long!.curve.columns[1]!.label).toBe('CH2');
    }
  });

  it('Tektronix .wfm: versions 1 to 3, both byte orders, without pre- and postcharge', () => {
    for (const version of [1, 2, 3] as const) {
      for (const little of [true, false]) {
        const [measurement] = open(writeTekWfm(raw, version, little), 'tektronix-wfm');
        near(
          measurement!.curve.columns[1]!.data,
          raw.map((value) => 2e-5 * value + 0.25),
        );
        near(measurement!.curve.columns[0]!.data, [-3e-9, -2e-9, -1e-9, 0, 1e-9]);
        expect(measurement!.curve.columns[1]).toMatchObject({ label: 'anode', unit: 'V', role: 'voltage' });
        expect(measurement!.recordedAt).toBe('2025-03-12T09:00:00.000Z');
      }
    }
  });

  it('Tektronix .wfm: says what the samples before the record may mean for its start time, and reads a version without colon', () => {
    const bytes = writeTekWfm(raw, 3);
    const said = importFile({ name: 'a.wfm', bytes, sha256: '' }).issues.map(({ message }) => message);
    expect(said).toEqual([expect.stringContaining('all times may be early by 2.00e-9 s')]);
    bytes.set(new TextEncoder().encode('WFM#003\0'), 2);
    expect(open(bytes, 'tektronix-wfm')[0]!.curve.length).toBe(raw.length);
  });

  it('LeCroy .trc: int8 and int16, both byte orders, gain and offset, instrument, trigger time', () => {
    for (const little of [true, false]) {
      for (const wide of [true, false]) {
        const samples = wide ? raw : [-100, 0, 31, -128, 127];
        const [measurement] = open(writeTrc([samples], { little, wide }), 'lecroy-trc');
        near(
          measurement!.curve.columns[1]!.data,
          samples.map((value) => 1.25e-4 * value - 0.05),
        );
        near(
          measurement!.curve.columns[0]!.data,
          [0, 1, 2, 3, 4].map((k) => -1e-6 + k * 2e-9),
        );
        expect(measurement).toMatchObject({
          recordedAt: '2025-03-12T13:45:30',
          instrument: { vendor: 'LeCroy', model: 'LECROYHDO4104', serial: '12345' },
        });
        expect(measurement!.curve.columns[1]!.label).toBe('C3');
      }
    }
  });

  it('LeCroy .trc: each segment with its own trigger offset', () => {
    const segments = open(
      writeTrc([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
      'lecroy-trc',
    );
    expect(segments.map((one) => one.title)).toEqual([
      'F0001 segment 1',
      'F0001 segment 2',
      'F0001 segment 3',
    ]);
    near(
      segments[2]!.curve.columns[1]!.data,
      [7, 8, 9].map((value) => 1.25e-4 * value - 0.05),
    );
    near(segments[2]!.curve.columns[0]!.data.slice(0, 1), [-1e-6 + 2e-10]);
  });

  it('Keysight .bin: channels of one time axis side by side, others apart', () => {
    const [both] = open(writeAgilentBin({ '1': [0.5, -0.25, 1], '2': [1, 2, 3] }), 'keysight-bin');
    expect(both!.curve.columns.map(({ label, role }) => [label, role])).toEqual([
      ['Time', 'time'],
      ['1', 'voltage'],
      ['2', 'voltage'],
    ]);
    near(both!.curve.columns[0]!.data, [-1e-8, -5e-9, 0]);
    near(both!.curve.columns[1]!.data, [0.5, -0.25, 1]);
    expect(both!.instrument).toEqual({ vendor: 'Keysight', model: 'DSO-X 3024A', serial: 'MY5555' });
    expect(open(writeAgilentBin({ '1': [1, 2], '2': [1, 2, 3] }), 'keysight-bin')).toHaveLength(2);
  });
});

describe('Rigol .wfm, from files written by the public descriptions', () => {
  // a byte step is a division over 25 (20 on the DS1000Z, 32 on the DS4000); byte 127 is the middle of the screen
  const raw = [127, 102, 152, 0, 255];
  const channel = { raw, division: 0.5, shift: 1 };
  const other = { raw: [...raw].reverse(), division: 2, shift: 0 };

  it('DS1000E: downward bytes, shift in steps, probe, both header lengths, trigger in the middle', () => {
    for (const old of [false, true]) {
      const [one] = open(writeRigol1000e([channel, other], { old, offset: 4e-6 }), 'rigol-wfm');
      const [time, ch1, ch2] = one!.curve.columns;
      near(time!.data, [1.5e-6, 2.5e-6, 3.5e-6, 4.5e-6, 5.5e-6]);
      near(
        ch1!.data,
        raw.map((byte) => (127 - byte) * 0.02 - 1),
      );
      near(ch2!.data, raw.map((byte) => (127 - byte) * 0.08).reverse());
      expect([ch1!.label, ch1!.unit, ch2!.label]).toEqual(['CH1', 'V', 'CH2']);
      expect(one!.instrument).toEqual({ vendor: 'Rigol', model: 'DS1000D/E', serial: null });
    }
  });

  it('DS1000E: one channel, and bytes never taken in roll mode', () => {
    const [second] = open(writeRigol1000e([null, other]), 'rigol-wfm');
    expect(second!.curve.columns.map(({ label }) => label)).toEqual(['Time', 'CH2']);
    const long = { ...channel, raw: [...raw, ...raw, 1, 2, 3, 4, 5] };
    const [rolled] = open(writeRigol1000e([long, null], { rollStop: 3 }), 'rigol-wfm');
    expect(rolled!.curve.length).toBe(10);
  });

  it('DS1000B: four channels, levels 1.12 divisions lower', () => {
    const [one] = open(writeRigol1000b([channel, null, other, null]), 'rigol-wfm');
    expect(one!.curve.columns.map(({ label }) => label)).toEqual(['Time', 'CH1', 'CH3']);
    near(
      one!.curve.columns[1]!.data,
      raw.map((byte) => (127 - byte) * 0.02 - 1 - 0.56),
    );
    expect(one!.instrument.model).toBe('DS1204B');
  });

  it('DS1000Z: one, two, three and four channels interleaved; the exception of one firmware', () => {
    const volts = raw.map((byte) => (byte - 127) * 0.025 + 0.5 - 1);
    for (const numbers of [[1], [2], [1, 2], [2, 4], [1, 3, 4], [1, 2, 3, 4]]) {
      const [last] = numbers.slice(-1) as [number];
      const channels = Object.fromEntries(numbers.map((n) => [n, n === last ? channel : other]));
      const [one] = open(writeRigol1000z(channels), 'rigol-wfm');
      expect(one!.curve.columns.slice(1).map(({ label }) => label)).toEqual(numbers.map((n) => `CH${n}`));
      near(one!.curve.columns.at(-1)!.data, volts);
      near(one!.curve.columns[0]!.data, [-2.5e-6, -1.5e-6, -0.5e-6, 0.5e-6, 1.5e-6]);
      expect(one!.metadata['Firmware']).toBe('00.04.04.SP4');
    }
    const [old] = open(writeRigol1000z({ 1: channel, 2: other }, { firmware: '00.04.04.SP3' }), 'rigol-wfm');
    near(
      old!.curve.columns[1]!.data,
      raw.map((byte) => (byte - 127) * 0.025 - 1),
    );
  });

  it('DS2000 and DS4000: blocks of their own, upward bytes, serial number', () => {
    for (const [series, steps] of [
      [2, 25],
      [4, 32],
    ] as const) {
      const [one] = open(writeRigol2000(series, { 1: channel, 2: other }, { offset: 1e-6 }), 'rigol-wfm');
      near(one!.curve.columns[0]!.data, [-1.5e-6, -0.5e-6, 0.5e-6, 1.5e-6, 2.5e-6]);
      near(
        one!.curve.columns[1]!.data,
        raw.map((byte) => ((byte - 127) * 0.5) / steps - 1),
      );
      expect(one!.instrument).toEqual({
        vendor: 'Rigol',
        model: `DS${series}000`,
        serial: `DS${series}A123456789`,
      });
    }
  });

  it('DS2000 with one channel in the memory of two', () => {
    const even = { ...channel, raw: [1, 2, 3, 4, 5, 6] };
    for (const n of [1, 2]) {
      const [one] = open(writeRigol2000(2, { [n]: even }, { interwoven: true }), 'rigol-wfm');
      expect(one!.curve.columns.map(({ label }) => label)).toEqual(['Time', `CH${n}`]);
      near(
        one!.curve.columns[1]!.data,
        even.raw.map((byte) => (byte - 127) * 0.02 - 1),
      );
    }
  });

  it('says that the zero of the levels is not certain, and refuses what it does not know', () => {
    const read = (bytes: Uint8Array) => importFile({ name: 'a.wfm', bytes, sha256: '' });
    expect(read(writeRigol1000z({ 1: channel })).issues[0]).toMatchObject({
      code: 'ASSUMED_INPUT',
      severity: 'warning',
      message: expect.stringContaining('off together by up to 1 division'),
    });
    const ds6000 = writeRigol2000(2, { 1: channel });
    ds6000[6] = '6'.charCodeAt(0);
    expect(read(ds6000).issues[0]!.message).toBe(
      'a.wfm is of a series (serial number DS6A123456789) whose layout is not known.',
    );
    const woven = writeRigol2000(2, { 1: channel, 2: other });
    woven[65] = 1;
    expect(read(woven).issues[0]!.message).toContain('says that 2 channels share the memory of two');
  });
});

describe('broken scope binaries', () => {
  const samples = { raw: [1, 2, 3, 4], division: 1, shift: 0 };
  const files = [
    writeRigol1000e([samples, samples]),
    writeRigol1000b([samples, null, samples, null]),
    writeRigol1000z({ 1: samples, 3: samples }),
    writeRigol2000(2, { 1: samples }),
    writeRigol2000(4, { 2: samples }),
    writeIsf([1, 2, 3, 4]),
    writeTekWfm([1, 2, 3, 4], 3),
    writeTrc([
      [1, 2],
      [3, 4],
    ]),
    writeAgilentBin({ '1': [1, 2, 3] }),
  ];

  it('each is claimed by its own importer only', () => {
    for (const bytes of files) {
      const file = decodeFile({ name: 'a.txt', bytes, sha256: '' });
      const claims = IMPORTERS.all.filter((importer) => importer.sniff(file) > 0);
      expect(claims).toHaveLength(1);
    }
  });

  it('cut anywhere or changed anywhere: a reason or a curve of the stated shape, never a throw', () => {
    const random = createRandom(5);
    let refused = 0;
    for (const bytes of files) {
      for (let end = 1; end < bytes.length; end++) {
        const result = importFile({ name: 'a.bin', bytes: bytes.slice(0, end), sha256: '' });
        if (!result.ok) refused++;
      }
      for (let round = 0; round < 3000; round++) {
        const hurt = bytes.slice();
        for (let k = 0; k < 3; k++) hurt[Math.floor(random() * hurt.length)] = Math.floor(random() * 256);
        const result = importFile({ name: 'a.bin', bytes: hurt, sha256: '' });
        if (!result.ok) refused++;
        else
          for (const { curve } of result.value.measurements)
            expect(curve.columns.every((column) => column.data.length === curve.length)).toBe(true);
      }
    }
    expect(refused).toBeGreaterThan(1500);
  });
});
