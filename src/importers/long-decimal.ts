/** Powers of ten whose double is exact. */
export const TENS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
/** Beyond this power nothing is decided here: the remainders below could fall under the smallest double. */
const LARGEST_POWER = 250;
/** Every power of ten as an unevaluated sum of two doubles, good to 2^-106. */
const POWER_HIGH = Float64Array.from({ length: LARGEST_POWER + 1 }, (_, n) => Number(`1e${n}`));
const POWER_LOW = Float64Array.from({ length: LARGEST_POWER + 1 }, (_, n) =>
  Number(10n ** BigInt(n) - BigInt(POWER_HIGH[n]!)),
);
/** Splits a double into two of 26 bits (Dekker). */
const SPLITTER = 2 ** 27 + 1;
/** Bound of the relative error of what is summed below; the true one is a few 2^-104. */
const DOUBT = 2 ** -98;

/** What the product of two doubles, rounded to `product`, has lost: exact (Dekker 1971, doi:10.1007/BF01397083). */
function productError(a: number, b: number, product: number): number {
  const bigA = SPLITTER * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = SPLITTER * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** Integer parts in, the double out (at 0): a call with doubles as arguments would put each on the heap. */
export const PARTS = new Float64Array(2);

/**
 * The double nearest to (`PARTS[0]` 10^`lowDigits` + `PARTS[1]`) 10^`power`, into `PARTS[0]`: decimal numbers of more digits
 * than a double holds. The first part is an integer below 10^15, the second below 10^16.
 * 1. The integer as a sum of two doubles, exactly. 2. Times or by the power of ten, in two doubles: about 104 bits.
 * 3. Where the bound of the error leaves only one double to round to, that is the answer, by monotony of rounding.
 * @param lowDigits 0 to 16
 * @returns false where it is too near to the middle between two doubles, or out of range: `Number()` must decide
 */
export function roundDecimal(lowDigits: number, power: number): boolean {
  if (power < -LARGEST_POWER || power > LARGEST_POWER) return false;
  const high = PARTS[0]!;
  const low = PARTS[1]!;
  const shift = TENS[lowDigits]!;
  const shifted = high * shift;
  const sum = shifted + low;
  const part = sum - shifted;
  const lost = shifted - (sum - part) + (low - part) + productError(high, shift, shifted);
  const integer = sum + lost;
  const fraction = lost - (integer - sum);
  let value: number;
  let rest: number;
  if (power >= 0) {
    const ten = POWER_HIGH[power]!;
    value = integer * ten;
    rest = productError(integer, ten, value) + (integer * POWER_LOW[power]! + fraction * ten);
  } else {
    const ten = POWER_HIGH[-power]!;
    value = integer / ten;
    const back = value * ten;
    rest = (integer - back - productError(value, ten, back) + fraction - value * POWER_LOW[-power]!) / ten;
  }
  const doubt = value * DOUBT;
  const rounded = value + (rest - doubt);
  PARTS[0] = rounded;
  return rounded === value + (rest + doubt);
}
