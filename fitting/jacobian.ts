import type { Constants, FitModel } from './types.ts';

/** Between the rounding eps/h and the truncation h^4 of the four-point formula; measured on the certified sets (0.2 to 0.33 tried). */
const STEP = Number.EPSILON ** 0.3;

/**
 * dy/dp_j of a model without analytic derivatives, by central differences of fourth order with h = eps^0.3 max(|p_j|, typical_j):
 * two digits more than the two-point formula at twice the cost, which is what the last Gauss-Newton steps live on.
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
    const column = out[j]!;
    const step = STEP * (Math.max(Math.abs(value), typical[j]!) || 1);
    column.fill(0);
    for (const [multiple, weight] of [
      [1, 4 / 3],
      [2, -1 / 3],
    ] as const) {
      // The spacing as represented, not as asked for.
      const high = value + multiple * step;
      const low = value - multiple * step;
      p[j] = high;
      model.evaluate(x, p, above, constants);
      p[j] = low;
      model.evaluate(x, p, below, constants);
      const scale = weight / (high - low);
      for (let i = 0; i < above.length; i++) column[i]! += scale * (above[i]! - below[i]!);
    }
    p[j] = value;
  }
}
