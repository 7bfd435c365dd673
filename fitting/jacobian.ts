import type { Constants, FitModel } from './types.ts';

const STEP = Math.cbrt(Number.EPSILON);

/**
 * dy/dp_j of a model without analytic derivatives, by central differences with h = cbrt(eps) max(|p_j|, typical_j).
 * @param wanted parameters whose column is filled; the others are left alone
 * @param typical size of each parameter where it is near 0
 * @param work two arrays as long as the data
 */
export function differentiateNumerically(
  model: FitModel,
  x: readonly Float64Array[],
  p: Float64Array,
  wanted: readonly number[],
  typical: Float64Array,
  out: readonly Float64Array[],
  work: readonly [Float64Array, Float64Array],
  constants: Constants,
): void {
  const [above, below] = work;
  for (const j of wanted) {
    const value = p[j]!;
    const step = STEP * (Math.max(Math.abs(value), typical[j]!) || 1);
    // The spacing as represented, not as asked for.
    const high = value + step;
    const low = value - step;
    p[j] = high;
    model.evaluate(x, p, above, constants);
    p[j] = low;
    model.evaluate(x, p, below, constants);
    p[j] = value;
    const column = out[j]!;
    for (let i = 0; i < above.length; i++) column[i] = (above[i]! - below[i]!) / (high - low);
  }
}
