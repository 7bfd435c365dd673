import { type Dialect, readNumericTable } from '../../src/importers/numeric-table.ts';

type Random = () => number;

/** xorshift128: the same spellings in every run, good for more draws than a fuzz of a night takes. */
function createRandom(seed: number): Random {
  let [x, y, z, w] = [seed, 362436069, 521288629, 88675123];
  return () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = (w ^ (w >>> 19) ^ (t ^ (t >>> 8))) >>> 0;
    return w / 2 ** 32;
  };
}

const pick = (random: Random, n: number): number => Math.floor(random() * n);
const choose = <T>(random: Random, values: readonly T[]): T => values[pick(random, values.length)]!;

function spellDigits(random: Random, n: number): string {
  let text = '';
  for (let left = n; left > 0; left -= 9) {
    const digits = String(1e9 + pick(random, 1e9)).slice(1);
    text += left >= 9 ? digits : digits.slice(0, left);
  }
  return text;
}

const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);

/** Any finite double at all, every pattern of bits alike. */
function anyDouble(random: Random): number {
  do {
    words[0] = pick(random, 2 ** 32);
    words[1] = pick(random, 2 ** 32);
  } while (!Number.isFinite(double[0]!));
  return double[0]!;
}

/** A double of a size instruments write, with all its 52 bits at random. */
function ordinaryDouble(random: Random): number {
  words[0] = pick(random, 2 ** 32);
  words[1] = ((1023 - 60 + pick(random, 100)) << 20) | pick(random, 2 ** 20);
  return double[0]!;
}

/** The exact middle between a double and its upper neighbour, in decimal: digits and the power of ten behind them. */
function spellMiddle(value: number): readonly [digits: string, power: number] {
  double[0] = Math.abs(value);
  const biased = (words[1]! >>> 20) & 0x7ff;
  const fraction = (BigInt(words[1]! & 0xfffff) << 32n) | BigInt(words[0]!);
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const exponent = Math.max(biased, 1) - 1075 - 1;
  const odd = 2n * mantissa + 1n;
  return exponent >= 0
    ? [String(odd << BigInt(exponent)), 0]
    : [String(odd * 5n ** BigInt(-exponent)), exponent];
}

/** Spellings at, just above and just below the middle between two doubles, whole or after some digits. */
function spellHalfway(random: Random, value: number): string {
  const [digits, power] = spellMiddle(value);
  let kept = digits;
  let shift = power;
  switch (pick(random, 4)) {
    case 0:
      break;
    case 1:
      kept += choose(random, ['1', '0000001', '000']);
      shift -= kept.length - digits.length;
      break;
    case 2:
      kept = String(BigInt(digits) - 1n);
      break;
    default:
      kept = digits.slice(0, 15 + pick(random, 8));
      shift += digits.length - kept.length;
  }
  const [lead = '0', ...rest] = kept;
  return rest.length === 0 ? `${lead}e${shift}` : `${lead}.${rest.join('')}e${shift + rest.length}`;
}

const CORNERS = [
  '0',
  '-0',
  '.5',
  '5.',
  '-0.0',
  '+0e0',
  '0e999',
  '4.9406564584124654e-324',
  '2.4703282292062327e-324',
  '2.4703282292062328e-324',
  '2.2250738585072011e-308',
  '2.2250738585072014e-308',
  '1.7976931348623157e308',
  '1.7976931348623158e308',
  '1.7976931348623159e308',
  '1e23',
  '8.5e22',
  '9007199254740993',
  '9007199254740992.9999999999',
  '9007199254740993.0000000001',
  '123456789012345678e-5',
  '0.000000000000000000000000000000000000012345',
  '1e-400',
  '1e400',
  '00000000000000000000000001.5',
  '0.3000000000000000444',
  '99999999999999994487665465554760717039532578546e-47',
];

/** One number in a way instruments or programs spell it, or in a way that is hard to round. */
function spellAny(random: Random): string {
  const sign = choose(random, ['', '', '-', '+']);
  const exponent = (): string =>
    `${choose(random, ['e', 'E'])}${choose(random, ['', '+', '-'])}${choose(random, ['', '0', '00'])}${pick(random, 26)}`;
  switch (pick(random, 14)) {
    case 0:
      return `${sign}${spellDigits(random, 1 + pick(random, 6))}.${spellDigits(random, 1 + pick(random, 8))}`;
    case 1:
      return `${sign}${1 + pick(random, 9)}.${spellDigits(random, 6)}${exponent()}`;
    case 2:
      return `${sign}.${spellDigits(random, 1 + pick(random, 20))}`;
    case 3:
      return `${sign}${spellDigits(random, 1 + pick(random, 25))}${pick(random, 2) ? `.${spellDigits(random, pick(random, 4))}` : ''}`;
    case 4:
      return String(anyDouble(random));
    case 5:
      return `${sign}${spellDigits(random, 1 + pick(random, 18))}e${choose(random, ['', '-', '+'])}${pick(random, 340)}`;
    case 6:
      return sign + spellHalfway(random, ordinaryDouble(random));
    case 7:
      return `${sign}0.${'0'.repeat(pick(random, 20))}${spellDigits(random, 1 + pick(random, 18))}`;
    case 8:
      return String(ordinaryDouble(random) * (random() < 0.5 ? -1 : 1));
    case 9:
      return ordinaryDouble(random).toExponential(pick(random, 20));
    case 10:
      return random() < 0.9 ? choose(random, CORNERS) : sign + spellHalfway(random, anyDouble(random));
    case 11:
      return (random() - 0.5).toFixed(pick(random, 15));
    case 12:
      return `${sign}${'0'.repeat(pick(random, 12))}${spellDigits(random, 1 + pick(random, 12))}`;
    default:
      return `${sign}${spellDigits(random, 1 + pick(random, 3))}.${spellDigits(random, pick(random, 21))}${exponent()}`;
  }
}

/** A column in one format, as an instrument or a program writes it: what the fast way is built for. */
function chooseFormat(random: Random): (row: number) => string {
  const size = 10 ** (pick(random, 24) - 16);
  const step = random() * size;
  const places = pick(random, 20);
  const series = (row: number): number =>
    pick(random, 3) === 0 ? (random() - 0.5) * size : (row - 700) * step;
  const plus = random() < 0.4;
  const dress = (value: number, text: string): string => (plus && !(value < 0) ? `+${text}` : text);
  switch (pick(random, 8)) {
    case 0:
      return (row) => {
        const value = series(row);
        return dress(value, value.toFixed(Math.min(places, 14)));
      };
    case 1:
      return (row) => series(row).toExponential(places);
    case 2:
      return (row) => String(series(row));
    case 3: {
      // Engineering notation: one to three digits, powers of 1000.
      return (row) => {
        const value = series(row);
        const power = value === 0 ? 0 : 3 * Math.floor(Math.log10(Math.abs(value)) / 3);
        const exponent = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
        return dress(value, `${(value / 10 ** power).toFixed(8)}E${exponent}`);
      };
    }
    case 4:
      return (row) => String(row);
    case 5:
      // Scientific notation with exponents of two or three places.
      return (row) => {
        const value = series(row);
        const text = value.toExponential(places);
        return dress(
          value,
          text.replace(/e([+-])(\d+)$/, (_, sign, power) => `E${sign}${power.padStart(3, '0')}`),
        );
      };
    case 6: {
      const whole = 1 + pick(random, 4);
      return () => `${spellDigits(random, whole)}.${spellDigits(random, places)}`;
    }
    default: {
      const exponent = choose(random, ['E-03', 'e+02', 'E+00', 'e-12', 'E-9', 'e5']);
      return () =>
        `${choose(random, ['', '-'])}${pick(random, 10)}.${spellDigits(random, places)}${exponent}`;
    }
  }
}

export const TABLE_DIALECTS: readonly Dialect[] = [
  { separator: ',', decimalComma: false },
  { separator: ';', decimalComma: true },
  { separator: '\t', decimalComma: false },
  { separator: '\t', decimalComma: true },
  { separator: ' ', decimalComma: false },
  { separator: ';', decimalComma: false },
];

export interface CellCount {
  readonly cells: number;
  readonly wrong: number;
  /** The first cells that differ. */
  readonly examples: readonly string[];
}

const ROWS = 1500;

/** One table of random spellings, read by the byte reader and compared with `Number()` of each text, bit by bit. */
function compareTable(random: Random, dialect: Dialect): CellCount {
  const width = 1 + pick(random, 6);
  // Formats with a rare stranger among them, or anything at all.
  const regular = random() < 0.6;
  const strangers = choose(random, [0, 0.001, 0.02, 0.3]);
  const padded = random() < 0.25;
  const quoted = random() < 0.05;
  const formats = Array.from({ length: width }, () => chooseFormat(random));
  const expected = new Float64Array(ROWS * width);
  const texts: string[] = [];
  const rows: string[] = [];
  for (let row = 0; row < ROWS; row++) {
    const cells: string[] = [];
    for (let k = 0; k < width; k++) {
      const text = regular && random() >= strangers ? formats[k]!(row) : spellAny(random);
      expected[row * width + k] = Number(text);
      texts.push(text);
      let cell = dialect.decimalComma ? text.replace('.', ',') : text;
      if (quoted) cell = `"${cell}"`;
      if (padded) cell = ' '.repeat(pick(random, 3)) + cell + ' '.repeat(pick(random, 2));
      cells.push(cell);
    }
    rows.push(cells.join(dialect.separator));
  }
  const end = choose(random, ['\n', '\r\n']);
  const phantom = dialect.separator !== ' ' && random() < 0.1 ? dialect.separator : '';
  const bytes = new TextEncoder().encode(rows.join(phantom + end) + phantom + end);
  const body = readNumericTable(bytes, {
    start: 0,
    line: 1,
    dialect,
    columns: Array.from({ length: width }, () => 'number'),
  });
  const examples: string[] = [];
  let wrong = 0;
  if (body.rows !== ROWS)
    return {
      cells: texts.length,
      wrong: texts.length,
      examples: [`${body.rows} rows of ${ROWS}: ${JSON.stringify(rows.slice(0, 3))}`],
    };
  for (let i = 0; i < expected.length; i++) {
    const value = body.columns[i % width]![Math.floor(i / width)]!;
    if (Object.is(value, expected[i])) continue;
    wrong++;
    if (examples.length < 5) examples.push(`${texts[i]} read as ${value}`);
  }
  return { cells: texts.length, wrong, examples };
}

/** Tables until at least `cells` numbers were compared. */
export function compareCells(cells: number, seed: number): CellCount {
  const random = createRandom(seed);
  let count = 0;
  let wrong = 0;
  const examples: string[] = [];
  for (let table = 0; count < cells; table++) {
    const one = compareTable(random, TABLE_DIALECTS[table % TABLE_DIALECTS.length]!);
    count += one.cells;
    wrong += one.wrong;
    if (examples.length < 5) examples.push(...one.examples);
  }
  return { cells: count, wrong, examples: examples.slice(0, 5) };
}
