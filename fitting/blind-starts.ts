import { solveSeparable } from './models/separable-start.ts';
import { createNormal, createRandom } from './random.ts';
import type { Constants, FitModel } from './types.ts';

/** Guesses ranked before any is fitted. */
const GUESSES = 300;

/**
 * Starts of a model that knows none (a user's formula): guesses on the scales of the data (1, the largest |x| and |y| and their inverses, scattered by
 * a factor e^1.5 either way), the parameters the model is linear in solved for exactly, ranked by the sum of squares.
 * @param held values that are given or fixed, by place; undefined where a start is wanted
 * @returns up to `wanted` vectors in natural units, best first; empty where the model is finite nowhere
 */
export function findBlindStarts(
  model: FitModel,
  x: readonly Float64Array[],
  y: Float64Array,
  sigma: Float64Array | null,
  held: readonly (number | undefined)[],
  constants: Constants,
  wanted: number,
): Float64Array[] {
  const scales = listScales(x, y);
  const uniform = createRandom(20260101);
  const normal = createNormal(uniform);
  const linear = findLinear(model, x, held, constants);
  const found: { misfit: number; p: Float64Array }[] = [];
  for (let k = 0; k < GUESSES; k++) {
    const p = Float64Array.from(model.parameters, (spec, j) => {
      const given = held[j];
      if (given !== undefined) return given;
      const scale = k === 0 ? 1 : scales[Math.floor(uniform() * scales.length)]! * Math.exp(1.5 * normal());
      const value = spec.transform === 'linear' && k > 0 && uniform() < 0.2 ? -scale : scale;
      return Math.min(Math.max(value, spec.lower), spec.upper);
    });
    const misfit = completeLinear(model, x, y, sigma, p, linear, constants);
    if (Number.isFinite(misfit)) found.push({ misfit, p });
  }
  found.sort((a, b) => a.misfit - b.misfit);
  return found.slice(0, wanted).map((entry) => entry.p);
}

function listScales(x: readonly Float64Array[], y: Float64Array): number[] {
  const scales = [1];
  for (const column of [y, ...x]) {
    let largest = 0;
    for (const value of column) largest = Math.max(largest, Math.abs(value));
    if (largest > 0) scales.push(largest, 1 / largest);
  }
  return scales;
}

/** Places of parameters the model is jointly linear in: their columns of the Jacobian do not move when one of them does. */
function findLinear(
  model: FitModel,
  x: readonly Float64Array[],
  held: readonly (number | undefined)[],
  constants: Constants,
): number[] {
  const { jacobian } = model;
  if (jacobian === undefined) return [];
  const points = x[0]?.length ?? 0;
  const columnsAt = (p: Float64Array): Float64Array[] => {
    const columns = model.parameters.map(() => new Float64Array(points));
    jacobian(x, p, columns, constants);
    return columns;
  };
  const base = Float64Array.from(model.parameters, (_, j) => held[j] ?? 0.7 + 0.11 * j);
  const before = columnsAt(base);
  const linear: number[] = [];
  model.parameters.forEach((spec, j) => {
    if (held[j] !== undefined || spec.transform === 'log') return;
    const moved = Float64Array.from(base);
    moved[j] = 1.9;
    const after = columnsAt(moved);
    const still = [...linear, j].every((k) => before[k]!.every((value, i) => same(value, after[k]![i]!)));
    if (still && before[j]!.every(Number.isFinite)) linear.push(j);
  });
  return linear;
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

/** Solves the linear parameters of p in place and returns the sum of squares; not finite where the guess leads nowhere. */
function completeLinear(
  model: FitModel,
  x: readonly Float64Array[],
  y: Float64Array,
  sigma: Float64Array | null,
  p: Float64Array,
  linear: readonly number[],
  constants: Constants,
): number {
  const points = y.length;
  const values = new Float64Array(points);
  if (linear.length > 0) {
    for (const j of linear) p[j] = 0;
    model.evaluate(x, p, values, constants);
    const columns = model.parameters.map(() => new Float64Array(points));
    model.jacobian!(x, p, columns, constants);
    const rest = y.map((value, i) => value - values[i]!);
    const [best] = solveSeparable(rest, sigma, linear.length, [[]], (_, basis) => {
      linear.forEach((j, c) => {
        basis.set(columns[j]!, c * points);
      });
    });
    if (best === undefined) return Number.NaN;
    linear.forEach((j, c) => {
      p[j] = best.linear[c]!;
    });
  }
  model.evaluate(x, p, values, constants);
  let sum = 0;
  for (let i = 0; i < points; i++) sum += ((values[i]! - y[i]!) / (sigma?.[i] ?? 1)) ** 2;
  return sum;
}
