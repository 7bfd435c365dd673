import { differentiateNumerically } from './jacobian.ts';
import { type ParameterSpace, toNatural } from './parameters.ts';
import type { Constants, FitModel, LeastSquaresProblem, Weighting } from './types.ts';

/** The points of one curve. */
export interface CurveData {
  readonly x: readonly Float64Array[];
  readonly y: Float64Array;
}

/**
 * The weighted residuals of one curve and their derivatives in the solver's coordinates.
 * `none`: f - y; `sigma`, `relative`: (f - y)/sigma; `asinh`: [asinh(f/s) - asinh(y/s)]/rel, s = abs/rel (METHODS 0.4-10).
 * On top of that an optional soft-L1 loss and an optional shift of the residuals (the bootstrap's new data).
 */
export class CurveProblem implements LeastSquaresProblem {
  readonly residualCount: number;
  readonly parameterCount: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly space: ParameterSpace;
  readonly data: CurveData;
  readonly constants: Constants;
  /** The model at the last point evaluated. */
  readonly values: Float64Array;
  readonly kind: Weighting['kind'];
  sigma: Float64Array | null = null;
  relative = 0;
  absolute = 0;
  /** Soft-L1 scale in units of the residual; 0 = plain squares. */
  lossScale = 0;
  shift: Float64Array | null = null;
  readonly #model: FitModel;
  readonly #target: Float64Array;
  readonly #columns: Float64Array[];
  readonly #typical: Float64Array;
  readonly #work: [Float64Array, Float64Array];
  readonly #lastQ: Float64Array;
  #lastOut: Float64Array | null = null;
  #raw: Float64Array | null = null;

  constructor(space: ParameterSpace, data: CurveData, weighting: Weighting, constants: Constants) {
    const points = data.y.length;
    this.space = space;
    this.data = data;
    this.constants = constants;
    this.kind = weighting.kind;
    this.residualCount = points;
    this.parameterCount = space.free.length;
    this.lower = space.lower;
    this.upper = space.upper;
    this.values = new Float64Array(points);
    this.#lastQ = new Float64Array(space.free.length).fill(Number.NaN);
    this.#model = space.model;
    this.#target = new Float64Array(points);
    this.#columns = space.model.parameters.map(() => new Float64Array(0));
    this.#typical = new Float64Array(space.model.parameters.length);
    const numeric = space.model.jacobian === undefined;
    this.#work = [new Float64Array(numeric ? points : 0), new Float64Array(numeric ? points : 0)];
    space.model.parameters.forEach((parameter, j) => {
      if (!space.free.includes(j)) this.#columns[j] = new Float64Array(points);
      if (parameter.transform === 'log') this.#typical[j] = 1e-300;
    });
    if (weighting.kind === 'asinh') this.setNoise(weighting.relative, weighting.absolute);
    else if (weighting.kind === 'sigma') this.setSigma(weighting.sigma);
    else if (weighting.kind === 'relative') this.setSigma(data.y);
    else this.#target.set(data.y);
  }

  /** Noise model of the asinh residual. */
  setNoise(relative: number, absolute: number): void {
    this.relative = relative;
    this.absolute = absolute;
    const s = absolute / relative;
    const y = this.data.y;
    for (let i = 0; i < y.length; i++) this.#target[i] = Math.asinh(y[i]! / s) / relative;
  }

  /** Standard deviation of each point, magnitude taken; a zero gets the smallest positive one. */
  setSigma(sigma: Float64Array): void {
    let smallest = Number.POSITIVE_INFINITY;
    for (const value of sigma) if (value !== 0) smallest = Math.min(smallest, Math.abs(value));
    if (!Number.isFinite(smallest)) smallest = 1;
    this.sigma = Float64Array.from(sigma, (value) => Math.abs(value) || smallest);
    for (let i = 0; i < this.sigma.length; i++) this.#target[i] = this.data.y[i]! / this.sigma[i]!;
  }

  /** Size of a parameter near 0, for difference steps. */
  setTypical(natural: ArrayLike<number>): void {
    for (let j = 0; j < this.#typical.length; j++) {
      if (this.space.logarithmic[j] === 0) this.#typical[j] = Math.abs(natural[j]!) || 1;
    }
  }

  residuals(q: Float64Array, out: Float64Array): void {
    const values = this.values;
    this.#model.evaluate(this.data.x, toNatural(this.space, q), values, this.constants);
    this.#lastQ.set(q);
    this.weigh(values, out);
    const scale = this.lossScale;
    if (scale === 0) return;
    for (let i = 0; i < out.length; i++) out[i] = softenResidual(out[i]!, scale);
  }

  /** Weighted residuals of given model values, before any robust loss. */
  weigh(values: Float64Array, out: Float64Array): void {
    const target = this.#target;
    const n = this.residualCount;
    if (this.kind === 'asinh') {
      const s = this.absolute / this.relative;
      const inverse = 1 / this.relative;
      for (let i = 0; i < n; i++) out[i] = Math.asinh(values[i]! / s) * inverse - target[i]!;
    } else if (this.sigma !== null) {
      const sigma = this.sigma;
      for (let i = 0; i < n; i++) out[i] = values[i]! / sigma[i]! - target[i]!;
    } else {
      for (let i = 0; i < n; i++) out[i] = values[i]! - target[i]!;
    }
    const shift = this.shift;
    if (shift !== null) for (let i = 0; i < n; i++) out[i]! += shift[i]!;
  }

  jacobian(q: Float64Array, out: Float64Array): void {
    const n = this.residualCount;
    const { free, logarithmic } = this.space;
    const p = toNatural(this.space, q);
    if (this.#lastOut !== out) {
      for (let k = 0; k < free.length; k++) this.#columns[free[k]!] = out.subarray(k * n, (k + 1) * n);
      this.#lastOut = out;
    }
    const model = this.#model;
    this.differentiateModel(this.data.x, p, this.#columns);
    const values = this.values;
    if ((this.kind === 'asinh' || this.lossScale > 0) && !this.#isLast(q)) {
      model.evaluate(this.data.x, p, values, this.constants);
      this.#lastQ.set(q);
    }
    for (let k = 0; k < free.length; k++) {
      const j = free[k]!;
      const chain = logarithmic[j] === 1 ? p[j]! : 1;
      const start = k * n;
      if (this.kind === 'asinh') {
        const { relative, absolute } = this;
        for (let i = 0; i < n; i++) {
          const noise = relative * values[i]!;
          out[start + i]! *= chain / Math.sqrt(noise * noise + absolute * absolute);
        }
      } else if (this.sigma !== null) {
        const sigma = this.sigma;
        for (let i = 0; i < n; i++) out[start + i]! *= chain / sigma[i]!;
      } else if (chain !== 1) {
        for (let i = 0; i < n; i++) out[start + i]! *= chain;
      }
    }
    if (this.lossScale > 0) this.#softenJacobian(out);
  }

  /** dy/dp in natural units at any abscissa: analytic where the model has it, else by differences. */
  protected differentiateModel(
    x: readonly Float64Array[],
    p: Float64Array,
    columns: readonly Float64Array[],
  ): void {
    const model = this.#model;
    if (model.jacobian !== undefined) model.jacobian(x, p, columns, this.constants);
    else {
      const { free } = this.space;
      differentiateNumerically(model, x, p, free, this.#typical, columns, this.#work, this.constants);
    }
  }

  #isLast(q: Float64Array): boolean {
    for (let k = 0; k < q.length; k++) if (q[k] !== this.#lastQ[k]) return false;
    return true;
  }

  #softenJacobian(out: Float64Array): void {
    const n = this.residualCount;
    this.#raw ??= new Float64Array(n);
    const raw = this.#raw;
    this.weigh(this.values, raw);
    for (let i = 0; i < n; i++) {
      const slope = softenSlope(raw[i]!, this.lossScale);
      for (let k = 0; k < this.parameterCount; k++) out[k * n + i]! *= slope;
    }
  }
}

/** Signed root of the soft-L1 loss 2 c^2 (sqrt(1 + r^2/c^2) - 1): its square is the loss. */
function softenResidual(r: number, c: number): number {
  const z = (r / c) ** 2;
  return r * Math.sqrt(2 / (Math.sqrt(1 + z) + 1));
}

/** Derivative of `softenResidual`. */
function softenSlope(r: number, c: number): number {
  const root = Math.sqrt(1 + (r / c) ** 2);
  return 1 / root / Math.sqrt(2 / (root + 1));
}
