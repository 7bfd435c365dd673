import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../../src/importers/decode-text.ts';
import { importFile } from '../../../src/importers/import-file.ts';
import { IMPORTERS } from '../../../src/importers/registry.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { createRandom } from '../../support/mutate.ts';
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

describe('broken scope binaries', () => {
  const files = [
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
