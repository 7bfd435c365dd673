import { describe, expect, it } from 'vitest';
import { type Dialect, readNumericTable } from '../../src/importers/numeric-table.ts';

const encoder = new TextEncoder();

/** xorshift128: the same spellings in every run. */
function createRandom(seed: number): () => number {
  let [x, y, z, w] = [seed, 362436069, 521288629, 88675123];
  return () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = (w ^ (w >>> 19) ^ (t ^ (t >>> 8))) >>> 0;
    return w / 2 ** 32;
  };
}

/** One decimal number in one of the ways instruments spell it, and in ways that are hard to round. */
function spell(random: () => number): string {
  const pick = (n: number): number => Math.floor(random() * n);
  const digits = (n: number): string => Array.from({ length: n }, () => pick(10)).join('');
  const sign = ['', '', '-', '+'][pick(4)]!;
  const exponent = (): string =>
    `${'eE'[pick(2)]}${['', '+', '-'][pick(3)]}${['', '0', '00'][pick(3)]}${pick(25)}`;
  switch (pick(9)) {
    case 0:
      return `${sign}${digits(1 + pick(6))}.${digits(1 + pick(8))}`;
    case 1:
      return `${sign}${1 + pick(9)}.${digits(6)}${exponent()}`;
    case 2:
      return `${sign}.${digits(1 + pick(18))}`;
    case 3:
      return `${sign}${digits(15 + pick(6))}${pick(2) ? `.${digits(pick(4))}` : ''}`;
    case 4: {
      // Any double at all, as JavaScript prints it.
      const view = new DataView(new ArrayBuffer(8));
      view.setUint32(0, pick(2 ** 32));
      view.setUint32(4, pick(2 ** 32));
      const value = view.getFloat64(0);
      return Number.isFinite(value) ? String(value) : '0';
    }
    case 5:
      return `${sign}${digits(1 + pick(17))}e${['', '-', '+'][pick(3)]}${pick(330)}`;
    case 6:
      // Half-way cases: 2^53 + odd, with digits behind.
      return `${sign}${9007199254740992n + BigInt(2 * pick(1000) + 1)}${pick(2) ? '.0000000000000001' : ''}`;
    case 7:
      return `${sign}0.${'0'.repeat(pick(20))}${digits(1 + pick(17))}`;
    default:
      return `${sign}${digits(1 + pick(3))}.${digits(pick(12))}${exponent()}`;
  }
}

const COUNT = 400_000;

function compare(dialect: Dialect, dress: (text: string, i: number) => string): void {
  const random = createRandom(20261120 + dialect.separator.charCodeAt(0));
  const spellings: string[] = [];
  const cells: string[] = [];
  const columns = 4;
  for (let i = 0; i < COUNT / 4; i++) {
    const text = spell(random);
    spellings.push(text);
    cells.push(dress(dialect.decimalComma ? text.replace('.', ',') : text, i));
  }
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += columns)
    rows.push(cells.slice(i, i + columns).join(dialect.separator));
  const body = readNumericTable(encoder.encode(`${rows.join('\r\n')}\r\n`), {
    start: 0,
    line: 1,
    dialect,
    columns: Array.from({ length: columns }, () => 'number'),
  });
  expect(body.rows).toBe(rows.length);
  expect(body.badCells.count).toBe(0);
  let wrong = 0;
  let example = '';
  spellings.forEach((text, i) => {
    const value = body.columns[i % columns]![Math.floor(i / columns)]!;
    if (!Object.is(value, Number(text))) {
      wrong++;
      example = `${text} read as ${value}`;
    }
  });
  expect(wrong, example).toBe(0);
}

describe('the byte reader equals Number() to the last bit', () => {
  it('comma and point, bare cells', () => compare({ separator: ',', decimalComma: false }, (text) => text));
  it('semicolon and decimal comma, blanks around', () =>
    compare(
      { separator: ';', decimalComma: true },
      (text, i) => ['', ' ', '  '][i % 3] + text + ['', ' '][i % 2],
    ));
  it('tab and decimal comma', () => compare({ separator: '\t', decimalComma: true }, (text) => text));
  it('runs of blanks', () =>
    compare({ separator: ' ', decimalComma: false }, (text, i) => ' '.repeat(i % 3) + text));
  it('quoted cells', () => compare({ separator: ',', decimalComma: false }, (text) => `"${text}"`));
  it('quoted decimal commas between commas', () =>
    compare({ separator: ',', decimalComma: true }, (text) => `"${text}"`));
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
