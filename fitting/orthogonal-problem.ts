import { type CurveData, CurveProblem } from './curve-problem.ts';
import { type ParameterSpace, toNatural } from './parameters.ts';
import type { Constants } from './types.ts';

const MOST_SHIFTS = 25;

/**
 * Orthogonal distance residuals for an abscissa with errors: each point may move by delta along the first column, at the price (delta/sigma_x)^2.
 * For given parameters the best delta of every point is found first; what remains is one residual per point,
 * rho = (f(x + delta) - y) sqrt(sigma_y^2 + f'^2 sigma_x^2)/sigma_y^2, whose derivative f_p/sqrt(sigma_y^2 + f'^2 sigma_x^2) is exact (the delta are optimal).
 * Its sum of squares is that of orthogonal distance regression, with no extra parameters in the solver.
 * @see Boggs, Byrd and Schnabel, SIAM J. Sci. Stat. Comput. 8, 1052 (1987)
 */
export class OrthogonalProblem extends CurveProblem {
  readonly #abscissaSigma: Float64Array;
  readonly #shifted: Float64Array[];
  readonly #slope: Float64Array;
  readonly #work: Float64Array;
  readonly #step: Float64Array;
  /** Columns of the model's derivatives: those of free parameters are views of the matrix the solver hands in. */
  #columns: readonly Float64Array[] = [];
  #matrix: Float64Array | null = null;

  /** @param sigma standard deviations of y  @param abscissaSigma of the first column, one per point or one for all */
  constructor(
    space: ParameterSpace,
    data: CurveData,
    sigma: Float64Array,
    abscissaSigma: Float64Array | number,
    constants: Constants,
  ) {
    super(space, data, { kind: 'sigma', sigma }, constants);
    const points = data.y.length;
    this.#abscissaSigma =
      typeof abscissaSigma === 'number' ? new Float64Array(points).fill(abscissaSigma) : abscissaSigma;
    this.#shifted = data.x.map((column) => Float64Array.from(column));
    this.#slope = new Float64Array(points);
    this.#work = new Float64Array(points);
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (const value of data.x[0]!) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    // Small against the span and against the error of the abscissa, large against rounding.
    const base = 1e-5 * (highest - lowest);
    this.#step = this.#abscissaSigma.map((s) => Math.min(base, 0.01 * s) || base);
  }

  override residuals(q: Float64Array, out: Float64Array): void {
    this.#shiftPoints(toNatural(this.space, q));
    const { values, sigma } = this;
    for (let i = 0; i < out.length; i++) {
      const variance = this.#findVariance(i);
      out[i] = ((values[i]! - this.data.y[i]!) * Math.sqrt(variance)) / sigma![i]! ** 2;
    }
    if (this.shift !== null) for (let i = 0; i < out.length; i++) out[i]! += this.shift[i]!;
  }

  override jacobian(q: Float64Array, out: Float64Array): void {
    const n = this.residualCount;
    const { model, free, logarithmic } = this.space;
    const p = toNatural(this.space, q);
    this.#shiftPoints(p);
    if (this.#matrix !== out) {
      this.#matrix = out;
      this.#columns = model.parameters.map((_, j) => {
        const k = free.indexOf(j);
        return k < 0 ? new Float64Array(n) : out.subarray(k * n, (k + 1) * n);
      });
    }
    this.differentiateModel(this.#shifted, p, this.#columns);
    free.forEach((j, k) => {
      const chain = logarithmic[j] === 1 ? p[j]! : 1;
      for (let i = 0; i < n; i++) out[k * n + i]! *= chain / Math.sqrt(this.#findVariance(i));
    });
  }

  #findVariance(i: number): number {
    return this.sigma![i]! ** 2 + (this.#slope[i]! * this.#abscissaSigma[i]!) ** 2;
  }

  /** Gauss-Newton for every delta at once; leaves the model at the shifted points in `values` and its slope in #slope. */
  #shiftPoints(p: Float64Array): void {
    const { model } = this.space;
    const { values, sigma, constants } = this;
    const x = this.data.x[0]!;
    const y = this.data.y;
    const moved = this.#shifted[0]!;
    moved.set(x);
    for (let iteration = 0; iteration < MOST_SHIFTS; iteration++) {
      this.#differentiateAlong(p);
      model.evaluate(this.#shifted, p, values, constants);
      let largest = 0;
      for (let i = 0; i < y.length; i++) {
        const sx2 = this.#abscissaSigma[i]! ** 2;
        const slope = this.#slope[i]!;
        const delta = moved[i]! - x[i]!;
        const next =
          (-sx2 * slope * (values[i]! - slope * delta - y[i]!)) / (sigma![i]! ** 2 + sx2 * slope * slope);
        if (!Number.isFinite(next)) continue;
        largest = Math.max(largest, Math.abs(next - delta) / (this.#abscissaSigma[i]! || 1));
        moved[i] = x[i]! + next;
      }
      if (largest < 1e-9) break;
    }
    this.#differentiateAlong(p);
    model.evaluate(this.#shifted, p, values, constants);
  }

  #differentiateAlong(p: Float64Array): void {
    const { model } = this.space;
    const moved = this.#shifted[0]!;
    const step = this.#step;
    for (let i = 0; i < moved.length; i++) moved[i]! += step[i]!;
    model.evaluate(this.#shifted, p, this.#slope, this.constants);
    for (let i = 0; i < moved.length; i++) moved[i]! -= 2 * step[i]!;
    model.evaluate(this.#shifted, p, this.#work, this.constants);
    for (let i = 0; i < moved.length; i++) {
      moved[i]! += step[i]!;
      this.#slope[i] = (this.#slope[i]! - this.#work[i]!) / (2 * step[i]!);
    }
  }
}
