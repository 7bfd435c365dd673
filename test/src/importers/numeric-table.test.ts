import { describe, expect, it } from 'vitest';
import { readNumericTable, type TableRequest } from '../../../src/importers/numeric-table.ts';

const read = (text: string, more: Partial<TableRequest> = {}) =>
  readNumericTable(new TextEncoder().encode(text), {
    start: 0,
    line: 1,
    dialect: { separator: ',', decimalComma: false },
    columns: ['number', 'number'],
    ...more,
  });
const columns = (body: ReturnType<typeof read>): number[][] => body.columns.map((column) => [...column]);

describe('readNumericTable', () => {
  it('passes over blanks, quotes, blank lines and phantom columns', () => {
    expect(columns(read(' 1 , "2" ,\r\n\r\n"3",4, \r\n'))).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('takes LF, CRLF, CR and CR CR LF as one line end each', () => {
    const body = read('1,2\n3,4\r\n5,6\r7,8\r\r\n9,10');
    expect(columns(body)[0]).toEqual([1, 3, 5, 7, 9]);
    expect(body.endLine).toBe(6);
  });

  it('keeps a missing cell as NaN and drops a row of nothing but separators', () => {
    expect(columns(read('1,\n,2\n,,\n3,4\n'))).toEqual([
      [1, Number.NaN, 3],
      [Number.NaN, 2, 4],
    ]);
  });

  it('keeps the sign of zero', () => {
    expect(Object.is(read('-0.000,1\n').columns[0]![0], -0)).toBe(true);
  });

  it('counts cells of words with their line, column and text', () => {
    const body = read('1,2\n3,off\n5,6\n');
    expect(body.badCells).toEqual({ count: 1, samples: [{ line: 2, column: 1, text: 'off' }] });
    expect(columns(body)[1]).toEqual([2, Number.NaN, 6]);
  });

  it('counts rows that are too short or too long', () => {
    const body = read('1,2\n3\n4,5,6\n7,8\n');
    expect(body.ragged).toEqual({ count: 2, line: 2 });
    expect(body.rows).toBe(4);
  });

  it('ends at a footer and at an empty line when asked', () => {
    expect(read('1,2\n\n3,4\n', { stopAtBlank: true }).rows).toBe(1);
    const footer = read('1,2\nMin,0\nMax,9\n', { stop: (row) => row.startsWith('Min') });
    expect([footer.rows, footer.badCells.count]).toEqual([1, 0]);
  });

  it('grows beyond its first estimate', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i},${i}`);
    const body = read(`${'1234567890123,1234567890123\n'.repeat(20)}${rows.join('\n')}\n`);
    expect(body.rows).toBe(5020);
    expect(body.columns[0]![5019]).toBe(4999);
  });

  it('tells values from words with a reader of its own', () => {
    const body = read('T,1\nF,2\n', { columns: [(bytes, start) => (bytes[start] === 84 ? 1 : 0), 'number'] });
    expect(columns(body)).toEqual([
      [1, 0],
      [1, 2],
    ]);
  });
});

describe('a file that ends inside a row', () => {
  it.each([
    ['too few cells', '1,2\n3,4\n5', 'cells', 2],
    ['a sign and no number', '1,2\n3,4\n-', 'cells', 2],
    ['an exponent without digits', '1,2.5e-1\n3,4.00e-', 'number', 1],
    ['an open quote', '"1","2"\n"3","4', 'number', 1],
    ['a decimal point at the end', '1,2.5\n3,4.', 'number', 1],
    ['no trailing separator where all rows have one', '1,2,\n3,4,\n5,6', 'number', 2],
    ['no exponent where all rows have one', '1,2.50E-01\n2,3.50E-01\n3,4.50E-01\n4,5.5', 'number', 3],
    ['a short exponent', '1,2.50E-01\n2,3.50E-01\n3,4.50E-01\n4,5.50E-0', 'number', 3],
  ])('%s', (_, text, why, rows) => {
    const body = read(text);
    expect(body.cut?.why).toBe(why);
    expect(body.rows).toBe(rows);
  });

  it.each([
    ['a last line without its end', '1,2\n3,4'],
    ['a missing last value behind its separator', '1,2\n3,'],
    ['shortest decimals of a script', '1,2.5e-7\n2,1.25e-7\n3,0.1'],
    ['an empty last cell before a full one', '1,\n2,\n3,4'],
  ])('%s is whole', (_, text) => {
    expect(read(text).cut).toBeNull();
  });
});
