import { describe, expect, it } from 'vitest';
import { summariseRecords } from '../../../src/batch/summarise.ts';
import { buildSummaryTable } from '../../../src/batch/summary-table.ts';
import { writeCsv } from '../../../src/exporters/csv.ts';
import type { AnalyseRecord, QuantityRecord } from '../../../src/pipeline/record.types.ts';

function quantity(value: number | null, more: Partial<QuantityRecord> = {}): QuantityRecord {
  return {
    id: 'setVoltage',
    symbol: 'V_SET',
    branch: 'forward',
    cycle: 0,
    value,
    unit: 'V',
    standardUncertainty: null,
    interval95: null,
    status: value === null ? 'refused' : 'ok',
    reasons: value === null ? [{ code: 'NO_SWITCHING', severity: 'warning', message: 'no event' }] : [],
    method: 'events',
    convention: null,
    inputs: {},
    ...more,
  };
}

const record = (file: string, quantities: readonly QuantityRecord[]): AnalyseRecord => ({
  file,
  sha256: '',
  format: 'x',
  measurement: { id: `${file}#0`, kind: 'iv', title: file },
  device: file,
  recipe: 'rram-iv',
  quantities,
  fits: [],
  issues: [],
});

describe('summary', () => {
  /** EX-2.7 of METHODS: ten SET voltages. */
  const SET = [0.74, 0.77, 0.79, 0.8, 0.82, 0.82, 0.83, 0.85, 0.87, 0.91];

  it('EX-2.7: count, median, mean and sd', () => {
    const [row] = summariseRecords(SET.map((value, k) => record(`d${k}.csv`, [quantity(value)])));
    expect(row).toMatchObject({ group: '.', quantity: 'setVoltage', unit: 'V', count: 10, missing: 0 });
    expect(row!.mean).toBeCloseTo(0.82, 12);
    expect(row!.median).toBeCloseTo(0.82, 12);
    expect(row!.standardDeviation).toBeCloseTo(0.04922, 5);
  });

  it('counts a device once, by the median of its cycles, however many it has', () => {
    const cycles = [0.8, 0.9, 5].map((value, cycle) => quantity(value, { cycle }));
    const [row] = summariseRecords([
      record('a.csv', [...cycles, quantity(null, { cycle: 3 })]),
      record('b.csv', [quantity(1.1)]),
    ]);
    expect(row).toMatchObject({ count: 2, missing: 0 });
    expect(row!.mean).toBeCloseTo(1, 12);
    expect(row!.standardDeviation).toBeCloseTo(0.2 / Math.SQRT2, 12);
  });

  it('counts refusals and bounds as missing, by reason, and never as zero', () => {
    const reason = { code: 'INPUT_MISSING', subject: 'area', severity: 'warning', message: 'area' } as const;
    const [row] = summariseRecords([
      record('a.csv', [quantity(0.8)]),
      record('b.csv', [quantity(null)]),
      record('c.csv', [quantity(null, { reasons: [reason] })]),
      record('d.csv', [quantity(3, { status: 'bound', bound: 'lower' })]),
      record('e.csv', [quantity(0.9, { status: 'flagged' })]),
    ]);
    expect(row).toMatchObject({ count: 2, missing: 3 });
    expect(row!.mean).toBeCloseTo(0.85, 12);
    expect(row!.missingBy).toEqual({ 'INPUT_MISSING(area)': 1, NO_SWITCHING: 1, bound: 1 });
  });

  it('gives no spread of one value: an empty cell, never 0', () => {
    const rows = summariseRecords([record('a.csv', [quantity(0.8)])]);
    expect(rows[0]!.standardDeviation).toBeNull();
    const [, line] = writeCsv(buildSummaryTable(rows)).split('\n');
    expect(line).toBe('.,setVoltage,forward,,V,1,0.8,0.8,,0,');
  });

  it('keeps folders, branches, conventions and units apart', () => {
    const rows = summariseRecords([
      record('mo/a.csv', [
        quantity(1),
        quantity(2, { branch: '+forward' }),
        quantity(3, { convention: 'max-slope' }),
      ]),
      record('tu/a.csv', [quantity(4), quantity(5, { unit: 'A' })]),
    ]);
    expect(rows.map(({ mean }) => mean).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves findings in words out', () => {
    const word = quantity(null, {
      id: 'switchingType',
      unit: 'text',
      value: 'bipolar' as never,
      status: 'ok',
    });
    expect(summariseRecords([record('a.csv', [word])])).toEqual([]);
  });
});
