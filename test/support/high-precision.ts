/**
 * Fixed-point numbers of 1500 fractional bits on BigInt: enough to hold the smallest saturation current with 500 bits to spare.
 * A double is taken over exactly; the exponential is good to 600 bits relative.
 */
const FRACTION = 1500n;
const ONE = 1n << FRACTION;
const EXP_BITS = 640n;

/** The exact value of a double. */
export function toFixed(value: number): bigint {
  if (value === 0) return 0n;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = BigInt((exponent === 0 ? 1 : exponent) - 1075) + FRACTION;
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return value < 0 ? -size : size;
}

export function multiply(a: bigint, b: bigint): bigint {
  return (a * b) >> FRACTION;
}

export function divide(a: bigint, b: bigint): bigint {
  return (a << FRACTION) / b;
}

/** a/b as a double. */
export function toRatio(a: bigint, b: bigint): number {
  return Number((a << 80n) / b) / 2 ** 80;
}

const LN2 = computeLn2();

/** ln 2 = sum 1/(k 2^k), in EXP_BITS + 80 bits. */
function computeLn2(): bigint {
  const bits = EXP_BITS + 80n;
  let sum = 0n;
  for (let k = 1n; k <= bits; k++) sum += (1n << bits) / (k << k);
  return sum;
}

/** e^x: reduction by ln 2 and by 2^-20, Taylor series, squarings. */
export function exponentiate(x: bigint): bigint {
  const bits = EXP_BITS + 80n;
  const scaled = x >> (FRACTION - bits);
  let k = scaled / LN2;
  if (scaled < 0n) k -= 1n;
  const rest = (scaled - k * LN2) >> 20n;
  let term = 1n << bits;
  let sum = term;
  for (let i = 1n; term !== 0n; i++) {
    term = ((term * rest) >> bits) / i;
    sum += term;
  }
  for (let i = 0; i < 20; i++) sum = (sum * sum) >> bits;
  const shift = FRACTION - bits + k;
  return shift >= 0n ? sum << shift : sum >> -shift;
}

export { ONE };
