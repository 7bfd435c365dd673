import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import { readStream } from '../../../src/importers/xls/compound-file.ts';
import { readWorkbook } from '../../../src/importers/xls/workbook.ts';
import { writeKiteWorkbook, writeXls } from '../../support/xls-file.ts';

const open = (bytes: Uint8Array) => importFile({ name: 'gate.xls', bytes, sha256: 'x' });

describe('Keithley 4200 workbook', () => {
  it('gives the swept terminal, its units, date and the limit of the current shown', () => {
    const result = open(writeKiteWorkbook());
    expect(result.ok, result.issues[0]?.message).toBe(true);
    if (!result.ok) return;
    expect(result.value.format).toBe('keithley-4200');
    const [measurement] = result.value.measurements;
    const { curve } = measurement!;
    expect(measurement!.kind).toBe('iv');
    expect(measurement!.recordedAt).toBe('2018-09-27T18:21:45');
    expect(measurement!.conditions.complianceCurrent).toEqual({ value: 0.01, from: 'file' });
    expect(curve.columns.map((column) => `${column.label} ${column.unit} ${column.role}`)).toEqual([
      'Time s time',
      'DrainI A current',
      'DrainV V other',
      'GateI A other',
      'GateV V voltage',
      'GM 1 other',
    ]);
    expect([...curve.columns[4]!.data]).toEqual([-1, 0, 1.25]);
    expect([...curve.columns[5]!.data]).toEqual([Number.NaN, 1e-9, 2e-6]);
    expect(result.issues).toEqual([]);
  });

  it('families are curves of their own', () => {
    const result = open(
      writeXls({
        Data: [
          ['DrainI(1)', 'DrainV(1)', 'DrainI(2)', 'DrainV(2)'],
          [1e-9, 0, 2e-9, 0],
          [1e-6, 1, 2e-6, 1],
        ],
        Settings: [
          ['Device Terminal', 'Drain'],
          ['Forcing Function', 'Voltage Sweep'],
        ],
      }),
    );
    expect(result.ok && result.value.measurements.map((m) => [m.title, m.curve.columns[0]!.data[1]])).toEqual(
      [
        ['gate (1)', 1e-6],
        ['gate (2)', 2e-6],
      ],
    );
  });

  it('a workbook of something else is refused as one', () => {
    const result = open(
      writeXls({
        Sheet1: [
          ['a', 'b'],
          [1, 2],
        ],
      }),
    );
    expect(result.issues[0]!.code).toBe('BINARY_FILE');
    expect(result.issues[0]!.message).toContain('Excel workbook');
  });

  it('survives a cut at every 7th byte and 3,000 random changes', () => {
    const bytes = writeKiteWorkbook();
    for (let length = 0; length < bytes.length; length += 7) open(bytes.slice(0, length));
    let state = 5;
    const random = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    for (let round = 0; round < 3000; round++) {
      const hurt = bytes.slice();
      // The first 2 KB hold header, tables and directory: nothing breaks a reader as well as those.
      for (let k = 0; k < 4; k++) hurt[random(round % 2 ? 2048 : hurt.length)] = random(256);
      open(hurt);
    }
  });

  it('chains that run in circles end', () => {
    const bytes = writeKiteWorkbook();
    const view = new DataView(bytes.buffer);
    for (let k = 0; k < 128; k++) view.setUint32(512 + 4 * k, 2, true);
    view.setUint32(2 * 512 + 128 + 120, 0xfffffff0, true);
    const started = performance.now();
    const stream = readStream(bytes, ['Workbook']);
    expect(stream!.length).toBeLessThanOrEqual(bytes.length);
    readWorkbook(stream!);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
