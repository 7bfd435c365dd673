const ZERO = 48;
const NINE = 57;
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
/** From here on not every integer is a double: the running mantissa may have lost a digit. */
const EXACT_INTEGER = 2 ** 53;

export const POINT = 46;
export const COMMA = 44;
const PIECE = 2048;

/** Offset behind the number `scanNumber` read last; equal to its start where there was none. */
export let scanEnd = 0;

/** `Number` of the text, for mantissas and exponents outside the exact range. Quantity of work: the length of the text. */
function readSlowly(bytes: Uint8Array, start: number, end: number, mark: number): number {
  let text = '';
  if (end - start > PIECE) {
    // a file that is one line of digits: byte by byte, its text would take 30 times its memory
    for (let i = start; i < end; i += PIECE)
      text += String.fromCharCode(...bytes.subarray(i, Math.min(end, i + PIECE)));
    return Number(text.replace(String.fromCharCode(mark), '.'));
  }
  for (let i = start; i < end; i++) text += bytes[i] === mark ? '.' : String.fromCharCode(bytes[i]!);
  return Number(text);
}

/**
 * The decimal number that starts at `start`, equal to `Number()` of its text to the last bit; sets `scanEnd`.
 * 1. An integer mantissa below 2^53 and a power of ten up to 1e22 are both exact doubles, so one multiplication or division
 *    rounds once, as `Number()` does (Clinger 1990, doi:10.1145/93548.93557). 2. Everything else goes through `Number()`.
 * @param mark byte of the decimal mark: `POINT` or `COMMA`
 */
export function scanNumber(bytes: Uint8Array, start: number, mark: number): number {
  let i = start;
  let c = bytes[i]!;
  const negative = c === 45;
  if (negative || c === 43) c = bytes[++i]!;
  let mantissa = 0;
  let digits = -i;
  while (c >= ZERO && c <= NINE) {
    mantissa = mantissa * 10 + (c - ZERO);
    c = bytes[++i]!;
  }
  digits += i;
  let exponent = 0;
  if (c === mark) {
    const first = ++i;
    c = bytes[i]!;
    while (c >= ZERO && c <= NINE) {
      mantissa = mantissa * 10 + (c - ZERO);
      c = bytes[++i]!;
    }
    exponent = first - i;
    digits -= exponent;
  }
  if (digits === 0) {
    scanEnd = start;
    return Number.NaN;
  }
  if (c === 101 || c === 69) {
    let k = i + 1;
    let sign = bytes[k]!;
    const down = sign === 45;
    if (down || sign === 43) sign = bytes[++k]!;
    const first = k;
    let power = 0;
    while (sign >= ZERO && sign <= NINE) {
      if (power < 1e6) power = power * 10 + (sign - ZERO);
      sign = bytes[++k]!;
    }
    if (k > first) {
      exponent += down ? -power : power;
      i = k;
    }
  }
  scanEnd = i;
  if (mantissa < EXACT_INTEGER) {
    if (mantissa === 0) return negative ? -0 : 0;
    if (exponent === 0) return negative ? -mantissa : mantissa;
    if (exponent < 0 && exponent >= -22) {
      const value = mantissa / POWERS_OF_TEN[-exponent]!;
      return negative ? -value : value;
    }
    if (exponent > 0 && exponent <= 22) {
      const value = mantissa * POWERS_OF_TEN[exponent]!;
      return negative ? -value : value;
    }
  }
  return readSlowly(bytes, start, i, mark);
}

/** Texts that say "no value" in a number column; they are gaps, not faults. */
const MISSING = /^(?:nan|-nan|n\/?a|null|none|--+|\?+|#(?:ref!?|n\/a|name\?|div\/0!|value!|num!|null!))$/i;
const INFINITE = /^([+-]?)(?:inf|infinity|1\.#inf|\u221e)$/i;

/**
 * Value of a cell that is not simply a number: NaN for a missing one, an infinity for `inf`, a number with a true minus sign;
 * undefined when it is none of these (a fault to report).
 */
export function readOddCell(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || MISSING.test(trimmed)) return Number.NaN;
  const infinite = INFINITE.exec(trimmed);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const plain = trimmed.replace('\u2212', '-');
  return plain !== trimmed && /^-(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}
