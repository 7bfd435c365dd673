import { computeErf, computeErfc, lambertW } from '../special.ts';

/** A function of one argument and its derivative, given the argument and the value. */
export interface UnaryFunction {
  readonly value: (x: number) => number;
  readonly slope: (x: number, y: number) => number;
}

/** A function of two arguments and its partial derivatives. */
export interface BinaryFunction {
  readonly value: (a: number, b: number) => number;
  readonly slopeA: (a: number, b: number, y: number) => number;
  readonly slopeB: (a: number, b: number, y: number) => number;
}

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

const asin: UnaryFunction = { value: Math.asin, slope: (x) => 1 / Math.sqrt(1 - x * x) };
const acos: UnaryFunction = { value: Math.acos, slope: (x) => -1 / Math.sqrt(1 - x * x) };
const atan: UnaryFunction = { value: Math.atan, slope: (x) => 1 / (1 + x * x) };
const ln: UnaryFunction = { value: Math.log, slope: (x) => 1 / x };

/** Everything a formula may call with one argument; `log` is the natural logarithm. */
export const UNARY_FUNCTIONS: ReadonlyMap<string, UnaryFunction> = new Map<string, UnaryFunction>([
  ['exp', { value: Math.exp, slope: (_, y) => y }],
  ['expm1', { value: Math.expm1, slope: (x) => Math.exp(x) }],
  ['ln', ln],
  ['log', ln],
  ['log10', { value: Math.log10, slope: (x) => 1 / (x * Math.LN10) }],
  ['log2', { value: Math.log2, slope: (x) => 1 / (x * Math.LN2) }],
  ['log1p', { value: Math.log1p, slope: (x) => 1 / (1 + x) }],
  ['sqrt', { value: Math.sqrt, slope: (_, y) => 0.5 / y }],
  ['cbrt', { value: Math.cbrt, slope: (_, y) => 1 / (3 * y * y) }],
  ['sin', { value: Math.sin, slope: (x) => Math.cos(x) }],
  ['cos', { value: Math.cos, slope: (x) => -Math.sin(x) }],
  ['tan', { value: Math.tan, slope: (_, y) => 1 + y * y }],
  ['asin', asin],
  ['arcsin', asin],
  ['acos', acos],
  ['arccos', acos],
  ['atan', atan],
  ['arctan', atan],
  ['sinh', { value: Math.sinh, slope: (x) => Math.cosh(x) }],
  ['cosh', { value: Math.cosh, slope: (x) => Math.sinh(x) }],
  ['tanh', { value: Math.tanh, slope: (_, y) => 1 - y * y }],
  ['asinh', { value: Math.asinh, slope: (x) => 1 / Math.hypot(x, 1) }],
  ['acosh', { value: Math.acosh, slope: (x) => 1 / Math.sqrt(x * x - 1) }],
  ['atanh', { value: Math.atanh, slope: (x) => 1 / (1 - x * x) }],
  ['abs', { value: Math.abs, slope: (x) => Math.sign(x) }],
  ['sign', { value: Math.sign, slope: () => 0 }],
  ['heaviside', { value: (x) => (x > 0 ? 1 : 0), slope: () => 0 }],
  ['erf', { value: computeErf, slope: (x) => TWO_OVER_SQRT_PI * Math.exp(-x * x) }],
  ['erfc', { value: computeErfc, slope: (x) => -TWO_OVER_SQRT_PI * Math.exp(-x * x) }],
  ['lambertw', { value: lambertW, slope: (x, y) => (x === 0 ? 1 : y / (x * (1 + y))) }],
]);

export const POWER: BinaryFunction = {
  value: (a, b) => (b === 2 ? a * a : a ** b),
  slopeA: (a, b, y) =>
    b === 0 ? 0 : b === 1 ? 1 : b === 2 ? 2 * a : a === 0 ? b * a ** (b - 1) : (b * y) / a,
  slopeB: (a, _, y) => (a > 0 ? y * Math.log(a) : y === 0 ? 0 : Number.NaN),
};

export const OPERATOR_FUNCTIONS: ReadonlyMap<string, BinaryFunction> = new Map<string, BinaryFunction>([
  ['+', { value: (a, b) => a + b, slopeA: () => 1, slopeB: () => 1 }],
  ['-', { value: (a, b) => a - b, slopeA: () => 1, slopeB: () => -1 }],
  ['*', { value: (a, b) => a * b, slopeA: (_, b) => b, slopeB: (a) => a }],
  ['/', { value: (a, b) => a / b, slopeA: (_, b) => 1 / b, slopeB: (_, b, y) => -y / b }],
  ['^', POWER],
]);

/** Everything a formula may call with two arguments. */
export const BINARY_FUNCTIONS: ReadonlyMap<string, BinaryFunction> = new Map<string, BinaryFunction>([
  ['pow', POWER],
  ['min', { value: Math.min, slopeA: (a, b) => (a <= b ? 1 : 0), slopeB: (a, b) => (a <= b ? 0 : 1) }],
  ['max', { value: Math.max, slopeA: (a, b) => (a >= b ? 1 : 0), slopeB: (a, b) => (a >= b ? 0 : 1) }],
  [
    'hypot',
    {
      value: Math.hypot,
      slopeA: (a, _, y) => (y === 0 ? 0 : a / y),
      slopeB: (_, b, y) => (y === 0 ? 0 : b / y),
    },
  ],
  [
    'atan2',
    {
      value: Math.atan2,
      slopeA: (a, b) => b / (a * a + b * b),
      slopeB: (a, b) => -a / (a * a + b * b),
    },
  ],
]);
