import { PARTS, roundDecimal, TENS } from './long-decimal.ts';

const MINUS = 45;
const PLUS = 43;
/** '0' in each byte of a word. */
export const ZEROS = 0x30303030;
/** Added to four digits it leaves the upper half of each byte empty; added to anything else it does not. */
export const SIXES = 0x06060606;
export const UPPER = 0xf0f0f0f0 | 0;

/** A plain cell is shorter, line end included: no reader below looks further than this behind its start. */
export const LONGEST_CELL = 64;
/** Digits that are surely exact in a double. */
const EXACT_DIGITS = 15;
const MOST_LOW_DIGITS = 12;
/** A column that surprises this often within few rows has no shape worth guessing for a while. */
const MOST_SURPRISES = 16;
const REST_ROWS = 2000;

/** The number that four digits spell, from a word of them with the first in its lowest byte, '0' taken off each. */
export function joinDigits(word: number): number {
  const pairs = (Math.imul(word, 10) + (word >>> 8)) & 0x00ff00ff;
  return (Math.imul(pairs & 0xff, 100) + (pairs >>> 16)) | 0;
}

/** Layout of a cell as its column had it last: instruments write number after number in one format. */
export class CellShape {
  readonly data: Float64Array;
  /** True for a column that is passed over. */
  readonly skipped: boolean;
  /** Digits before the mark, 1 to 3; 0 when nothing is expected. */
  whole = 0;
  /** Digits behind it: so many words of four, and so many more. */
  words = 0;
  rest = 0;
  /** The four bytes of the exponent (`E-06`), 0 for none. */
  exponent = 0;
  /** 10^ of the digits in `words`, up to two of them. */
  factor = 1.5;
  /** Power of ten by which the digits are divided. */
  divisor = 1.5;
  private lastSurprise = 0;
  private surprises = 0;
  private restUntil = 0;

  constructor(data: Float64Array, skipped: boolean) {
    this.data = data;
    this.skipped = skipped;
  }

  /** Takes on the layout just seen, unless it has no such layout or changes all the time. */
  learn(row: number, whole: number, fraction: number, exponent: number, power: number): void {
    if (row < this.restUntil) return;
    this.surprises = row - this.lastSurprise < 8 ? this.surprises + 1 : 0;
    this.lastSurprise = row;
    if (this.surprises > MOST_SURPRISES) {
      this.restUntil = row + REST_ROWS;
      this.surprises = 0;
      this.whole = 0;
      return;
    }
    const fits = whole > 0 && whole < 4 && fraction > 0 && whole + fraction <= EXACT_DIGITS && power <= 0;
    this.whole = fits ? whole : 0;
    if (!fits) return;
    this.words = fraction >> 2;
    this.rest = fraction & 3;
    this.exponent = exponent;
    this.factor = TENS[4 * Math.min(this.words, 2)]!;
    this.divisor = TENS[-power | 0]!;
  }
}

/**
 * Reads the plain decimal number at `start` into row `row` of the column, four bytes at a time, equal to `Number()` to the
 * last bit; the shape learns its layout.
 * @param view must go on for `LONGEST_CELL` bytes behind `start`
 * @param mark byte of the decimal mark
 * @returns the offset behind the number; -1 where there is none, or none that can be decided here
 */
export function readPlainCell(
  view: DataView,
  start: number,
  mark: number,
  row: number,
  shape: CellShape,
): number {
  let i = start | 0;
  let c = view.getUint8(i);
  let sign = 1;
  if (c === MINUS || c === PLUS) {
    sign = 44 - c;
    i = (i + 1) | 0;
  }
  let digits = 0;
  let high = 0;
  let low = 0;
  let lowDigits = 0;
  let word = view.getInt32(i, true) ^ ZEROS;
  let odd = (word | (word + SIXES)) & UPPER;
  while (odd === 0) {
    if (digits >= 12) return -1;
    high = high * 10_000 + joinDigits(word);
    digits = (digits + 4) | 0;
    i = (i + 4) | 0;
    word = view.getInt32(i, true) ^ ZEROS;
    odd = (word | (word + SIXES)) & UPPER;
  }
  // Bits of the word in front of its first byte that is no digit: 0, 8, 16 or 24.
  let bits = (31 - Math.clz32(odd & -odd)) & 24;
  high = high * TENS[bits >> 3]! + joinDigits((word << 8) << (24 - bits));
  digits = (digits + (bits >> 3)) | 0;
  i = (i + (bits >> 3)) | 0;
  c = ((word >>> bits) & 0xff) ^ 0x30;
  const whole = digits;
  let power = 0;
  if (c === mark) {
    const first = (i + 1) | 0;
    i = first;
    word = view.getInt32(i, true) ^ ZEROS;
    odd = (word | (word + SIXES)) & UPPER;
    while (odd === 0) {
      if (digits < 12) high = high * 10_000 + joinDigits(word);
      else {
        if (lowDigits >= MOST_LOW_DIGITS) return -1;
        low = low * 10_000 + joinDigits(word);
        lowDigits = (lowDigits + 4) | 0;
      }
      digits = (digits + 4) | 0;
      i = (i + 4) | 0;
      word = view.getInt32(i, true) ^ ZEROS;
      odd = (word | (word + SIXES)) & UPPER;
    }
    bits = (31 - Math.clz32(odd & -odd)) & 24;
    const last = joinDigits((word << 8) << (24 - bits));
    const count = bits >> 3;
    digits = (digits + count) | 0;
    if (digits <= EXACT_DIGITS) high = high * TENS[count]! + last;
    else {
      low = low * TENS[count]! + last;
      lowDigits = (lowDigits + count) | 0;
    }
    i = (i + count) | 0;
    c = ((word >>> bits) & 0xff) ^ 0x30;
    power = (first - i) | 0;
  }
  if (digits === 0) return -1;
  const fraction = -power | 0;
  let exponent = 0;
  let short = true;
  if ((c | 32) === 101) {
    const at = i;
    i = (i + 1) | 0;
    c = view.getUint8(i);
    let direction = 1;
    if (c === MINUS || c === PLUS) {
      direction = 44 - c;
      i = (i + 1) | 0;
    }
    word = view.getInt32(i, true) ^ ZEROS;
    odd = (word | (word + SIXES)) & UPPER;
    bits = (31 - Math.clz32(odd & -odd)) & 24;
    if (odd === 0 || bits === 0) return -1;
    power = (power + Math.imul(direction, joinDigits((word << 8) << (24 - bits)))) | 0;
    i = (i + (bits >> 3)) | 0;
    short = ((i - at) | 0) === 4;
    exponent = view.getInt32(at, true);
  }
  let value: number;
  if (lowDigits !== 0 || power < -22 || power > 22) {
    PARTS[0] = high;
    PARTS[1] = low;
    if (!roundDecimal(lowDigits, power)) return -1;
    value = PARTS[0]!;
    short = false;
  } else if (power < 0) value = high / TENS[-power]!;
  else value = high * TENS[power]!;
  shape.data[row] = value * sign;
  shape.learn(row, short ? whole : 0, fraction, exponent, power);
  return i;
}
