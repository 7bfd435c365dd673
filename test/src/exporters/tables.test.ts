import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { guardFormula, writeCsv } from '../../../src/exporters/csv.ts';
import { writeParquet } from '../../../src/exporters/parquet.ts';
import { buildResultTable, buildWideTable } from '../../../src/exporters/result-tables.ts';
import { buildTable, type OutputTable } from '../../../src/exporters/table.ts';
import { writeXlsx } from '../../../src/exporters/xlsx.ts';
import type { AnalyseRecord, QuantityRecord } from '../../../src/pipeline/record.types.ts';

const table = (cells: readonly (string | number | null)[], type: 'text' | 'number'): OutputTable => ({
  name: 't',
  rows: cells.length,
  columns: [{ header: 'h', type, cells }],
});

/** RFC 4180, read by an own few lines: the check of the writer does not use the writer. */
function readCsvColumn(text: string): string[] {
  const cells: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\n]*))\n/g)) {
    cells.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
  }
  return cells.slice(1);
}

describe('CSV', () => {
  it('numbers read back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const [cell] = readCsvColumn(writeCsv(table([value], 'number')));
        expect(Number(cell) === value).toBe(true);
      }),
    );
  });

  it('texts read back, formulas guarded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(guardFormula(text) === text);
        expect(readCsvColumn(writeCsv(table([text], 'text')))).toEqual([text]);
      }),
    );
    for (const text of ['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1']) {
      expect(readCsvColumn(writeCsv(table([text], 'text')))).toEqual([`'${text}`]);
      expect(guardFormula(text)).toBe(`'${text}`);
    }
  });

  it('no value and no finite value are empty cells', () => {
    const built = buildTable(
      't',
      [1, Number.NaN, Number.POSITIVE_INFINITY, null],
      [{ header: 'h', type: 'number', read: (row) => row }],
    );
    expect(writeCsv(built)).toBe('h\n1\n\n\n\n');
  });
});

describe('Parquet', () => {
  it('is read back by a reader of its own: names, numbers to the bit, nulls', async () => {
    const bytes = writeParquet({
      name: 't',
      rows: 3,
      columns: [
        { header: 'value (ohm)', type: 'number', cells: [1.5e-35, null, 254.4] },
        { header: 'µ', type: 'text', cells: ['=x', 'Ω', null] },
      ],
    });
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows.map((row) => row['value (ohm)'] ?? null)).toEqual([1.5e-35, null, 254.4]);
    expect(rows.map((row) => row['µ'] ?? null)).toEqual(['=x', 'Ω', null]);
  });

  it('holds an empty table', () => {
    expect(writeParquet(buildResultTable([])).length).toBeGreaterThan(8);
  });
});

describe('XLSX', () => {
  it('is a ZIP with one sheet a table, and texts never become formulas', async () => {
    const bytes = await writeXlsx([table(['=1+1', null], 'text'), table([1.25, null], 'number')]);
    expect([...bytes.subarray(0, 4)]).toEqual([0x50, 0x4b, 3, 4]);
    const names = new TextDecoder('latin1').decode(bytes);
    expect(names).toContain('xl/worksheets/sheet1.xml');
    expect(names).toContain('xl/worksheets/sheet2.xml');
  });
});

describe('result tables', () => {
  const quantity = (id: string, more: Partial<QuantityRecord>): QuantityRecord => ({
    id,
    symbol: 's',
    branch: null,
    cycle: null,
    value: null,
    unit: 'V',
    standardUncertainty: null,
    interval95: null,
    status: 'ok',
    reasons: [],
    method: 'm',
    convention: null,
    inputs: {},
    ...more,
  });
  const record = (file: string, quantities: readonly QuantityRecord[]): AnalyseRecord => ({
    file,
    sha256: 'x',
    format: 'f',
    measurement: { id: `${file}#0`, kind: 'iv', title: '=cmd' },
    device: 'A1',
    recipe: 'lec-iv',
    quantities,
    fits: [],
    issues: [],
  });

  it('long: value and error column, unit, status, reason; empty where there is no value', () => {
    const reason = {
      code: 'INPUT_MISSING',
      subject: 'area',
      severity: 'warning',
      message: 'Give the area.',
    } as const;
    const csv = writeCsv(
      buildResultTable([
        record('a.csv', [
          quantity('turnOnVoltage', { branch: '-forward', value: 3.8, standardUncertainty: 0.011 }),
          quantity('currentDensity', { status: 'refused', unit: 'A/cm^2', reasons: [reason] }),
        ]),
      ]),
    );
    const [header, first, second] = csv.split('\n').map((line) => line.split(','));
    const at = (name: string): number => header!.indexOf(name);
    expect(first![at('value')]).toBe('3.8');
    expect(first![at('standardUncertainty')]).toBe('0.011');
    // the leg's name is from our own list: it stays as CONTRACT spells it, the title of the user is guarded
    expect(first![at('branch')]).toBe('-forward');
    expect(first![at('title')]).toBe("'=cmd");
    expect(second![at('value')]).toBe('');
    expect(second![at('reasons')]).toBe('INPUT_MISSING(area)');
    expect(second![at('unit')]).toBe('A/cm^2');
  });

  it('wide: one row a curve, the convention in force, units in the header', () => {
    const wide = buildWideTable([
      record('a.csv', [
        quantity('turnOnVoltage', { branch: 'forward', value: 3.8, convention: 'tangent' }),
        quantity('turnOnVoltage', { branch: 'forward', value: 2.7, convention: 'current-1mA' }),
        quantity('regimeSlope', { unit: '1', value: 1 }),
        quantity('regimeSlope', { unit: '1', value: 2 }),
      ]),
      record('b.csv', [quantity('turnOnVoltage', { branch: 'forward', value: 3.9, convention: 'tangent' })]),
    ]);
    const cells = (header: string) => wide.columns.find((column) => column.header === header)?.cells;
    expect(wide.rows).toBe(2);
    expect(cells('turnOnVoltage forward (V)')).toEqual([3.8, 3.9]);
    expect(cells('regimeSlope')).toEqual([1, null]);
    expect(cells('regimeSlope #2')).toEqual([2, null]);
  });
});
