import { describe, expect, it } from 'vitest';
import { PARTS, roundDecimal } from '../../../src/importers/long-decimal.ts';
import { LONGEST_CELL } from '../../../src/importers/plain-cell.ts';
import { PlainRows } from '../../../src/importers/plain-rows.ts';

const ROOM = ' '.repeat(LONGEST_CELL);

/** Rows read the fast way, how many, and where it stopped. */
function readPlain(text: string, width = 2, separator = ',', skipped: readonly number[] = []) {
  const bytes = new TextEncoder().encode(text + ROOM);
  const rows = new PlainRows(bytes, {
    separator: separator.charCodeAt(0),
    mark: '.'.charCodeAt(0),
    skipped: Array.from({ length: width }, (_, k) => skipped.includes(k)),
  });
  const columns = Array.from({ length: width }, () => new Float64Array(100));
  rows.fill(columns);
  const count = rows.read(0, 0, 100, bytes.length);
  return {
    count,
    rest: text.slice(rows.position),
    columns: columns.map((column) => [...column.subarray(0, count)]),
  };
}

describe('the fast way through rows of plain numbers', () => {
  it('reads rows of one shape, and rows that change it', () => {
    const { count, rest, columns } = readPlain(
      '+1.25E-06,-0.5\n-1.50E-06,0.25\r\n1e3,.5\n  12.5 ,  7\n123456789.123456789,-0\n1.75E-06,9.5,,\n',
    );
    expect(count).toBe(6);
    expect(rest).toBe('');
    expect(columns[0]).toEqual([1.25e-6, -1.5e-6, 1000, 12.5, Number('123456789.123456789'), 1.75e-6]);
    expect(columns[1]).toEqual([-0.5, 0.25, 0.5, 7, -0, 9.5]);
  });

  it.each([
    ['a gap', ',2\n'],
    ['a missing cell', '1\n'],
    ['a cell too many', '1,2,3\n'],
    ['a quote', '"1",2\n'],
    ['a word', 'off,2\n'],
    ['a unit behind the number', '1.5V,2\n'],
    ['an exponent without digits', '1.5E,2\n'],
    ['a digit more than the shape', '1.50x,2\n'],
    ['a second mark', '1.5.5,2\n'],
    ['a blank line', '\n'],
    ['a lone carriage return', '1.5,2.5\r1.5,2.5\n'],
    ['more digits than can be decided', `1.5,${'1'.repeat(40)}\n`],
    ['an exponent beyond the table', '1.5,1e300\n'],
  ])('leaves %s to the general reader, whole', (_, row) => {
    const { count, rest } = readPlain(`1.5,2.5\n1.5,2.5\n${row}1.5,2.5\n`);
    expect(count).toBe(2);
    expect(rest).toBe(`${row}1.5,2.5\n`);
  });

  it('passes over a column that is not wanted, but not over quotes in it', () => {
    const plain = readPlain('10:30,1.5\n10:31,2.5\n', 2, ',', [0]);
    expect(plain.columns[1]).toEqual([1.5, 2.5]);
    expect(readPlain('a,1.5\n"a,b",2.5\n', 2, ',', [0]).count).toBe(1);
  });

  it('reads runs of blanks, and stops before the last bytes of a file', () => {
    expect(readPlain(' 1.5   2.5 \n 1.5  2.5\n', 2, ' ').count).toBe(2);
    const bytes = new TextEncoder().encode('1.5,2.5\n'.repeat(20));
    const rows = new PlainRows(bytes, { separator: 44, mark: 46, skipped: [false, false] });
    rows.fill([new Float64Array(100), new Float64Array(100)]);
    const count = rows.read(0, 0, 100, bytes.length);
    expect(count).toBeGreaterThan(5);
    expect(bytes.length - rows.position).toBeGreaterThanOrEqual(LONGEST_CELL - 8);
  });
});

describe('decimals of more digits than a double holds', () => {
  it.each([
    ['0.1000000000000000055511151', 100000000000000, 55511151, 10, -25],
    ['9007199254740993.0001', 900719925474099, 30001, 5, -4],
    ['123456789012345678e200', 123456789012345, 678, 3, 200],
    ['2.2250738585072014e-200', 222507385850720, 14, 2, -216],
  ])('%s', (text, high, low, lowDigits, power) => {
    PARTS.set([high, low]);
    expect(roundDecimal(lowDigits, power)).toBe(true);
    expect(PARTS[0]).toBe(Number(text));
  });

  it('does not decide the middle between two doubles, nor what is out of range', () => {
    for (const [high, low, lowDigits, power] of [
      [900719925474099, 3, 1, 0],
      [1, 0, 0, 251],
      [1, 0, 0, -251],
    ] as const) {
      PARTS.set([high, low]);
      expect(roundDecimal(lowDigits, power)).toBe(false);
    }
  });
});
