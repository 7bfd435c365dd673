import { describe, expect, it } from 'vitest';
import { readNumericTable } from '../../src/importers/numeric-table.ts';
import { compareCells } from '../support/number-tables.ts';

const encoder = new TextEncoder();

/** Cells of every test run; `npm run fuzz` compares tens of millions. */
const CELLS = 1_000_000;

describe('the byte reader equals Number() to the last bit', () => {
  it(`${CELLS} cells of random, regular and hard spellings in six dialects`, { timeout: 300_000 }, () => {
    const { cells, wrong, examples } = compareCells(CELLS, 20_261_120);
    expect(cells).toBeGreaterThanOrEqual(CELLS);
    expect(wrong, examples.join('\n')).toBe(0);
  });

  it('the comparison itself would see one wrong bit', () => {
    const text = '0.1,0.2,0.30000000000000004\n';
    const body = readNumericTable(encoder.encode(text), {
      start: 0,
      line: 1,
      dialect: { separator: ',', decimalComma: false },
      columns: ['number', 'number', 'number'],
    });
    expect(Object.is(body.columns[2]![0], 0.1 + 0.2)).toBe(true);
    expect(Object.is(body.columns[2]![0], 0.3)).toBe(false);
  });
});

describe('cells that are no numbers', () => {
  it.each([
    '0x10',
    '1e',
    '1,2',
    '--1',
    '1-2',
    'e5',
    '.',
    '+',
    '-',
    '1.2.3',
    '1_000',
    'V',
    '12V',
    '1e5e5',
    '"',
    '1 2',
  ])('%s is NaN and counted', (text) => {
    const body = readNumericTable(encoder.encode(`1;${text};3\n`), {
      start: 0,
      line: 1,
      dialect: { separator: ';', decimalComma: false },
      columns: ['number', 'number', 'number'],
    });
    expect(body.rows).toBe(1);
    expect(body.columns[1]![0]).toBeNaN();
    expect(body.badCells.count).toBe(1);
    expect(body.columns[0]![0]).toBe(1);
  });

  it.each(['', ' ', 'NaN', 'nan', '#REF', '#REF!', '#N/A', '?', '--', '""'])(
    '"%s" is a gap, not a fault',
    (text) => {
      const body = readNumericTable(encoder.encode(`1;${text};3\n`), {
        start: 0,
        line: 1,
        dialect: { separator: ';', decimalComma: false },
        columns: ['number', 'number', 'number'],
      });
      expect(body.columns.map((column) => column[0])).toEqual([1, Number.NaN, 3]);
      expect(body.badCells.count).toBe(0);
    },
  );
});
