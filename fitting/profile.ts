import { computeNorm } from './linalg.ts';
import { trustRegionSolver } from './solvers/trust-region.ts';
import type { LeastSquaresProblem } from './types.ts';

export interface ProfileInterval {
  readonly lower: number;
  readonly upper: number;
  /** Ends where the likelihood did not fall to the level inside the box. */
  readonly lowerOpen: boolean;
  readonly upperOpen: boolean;
}

/** The problem with one coordinate held. */
class HeldProblem implements LeastSquaresProblem {
  readonly residualCount: number;
  readonly parameterCount: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly full: Float64Array;
  readonly #problem: LeastSquaresProblem;
  readonly #held: number;
  readonly #jacobian: Float64Array;

  constructor(problem: LeastSquaresProblem, held: number) {
    const without = (a: Float64Array): Float64Array => a.filter((_, j) => j !== held);
    this.#problem = problem;
    this.#held = held;
    this.residualCount = problem.residualCount;
    this.parameterCount = problem.parameterCount - 1;
    this.lower = without(problem.lower);
    this.upper = without(problem.upper);
    this.full = new Float64Array(problem.parameterCount);
    this.#jacobian = new Float64Array(problem.residualCount * problem.parameterCount);
  }

  residuals(q: Float64Array, out: Float64Array): void {
    this.#fill(q);
    this.#problem.residuals(this.full, out);
  }

  jacobian(q: Float64Array, out: Float64Array): void {
    const m = this.residualCount;
    this.#fill(q);
    this.#problem.jacobian(this.full, this.#jacobian);
    for (let j = 0, k = 0; j < this.full.length; j++) {
      if (j !== this.#held) out.set(this.#jacobian.subarray(j * m, (j + 1) * m), k++ * m);
    }
  }

  #fill(q: Float64Array): void {
    for (let j = 0, k = 0; j < this.full.length; j++) if (j !== this.#held) this.full[j] = q[k++]!;
  }
}

/**
 * Profile-likelihood interval of coordinate `held` around an optimum: where the cost, minimised over the others, has risen by
 * `level`^2 s^2 / 2. The signed root of the rise is nearly linear, so each end takes a few warm-started fits by secant and bisection.
 * @param spread linearised standard error, for the first step
 * @param level  coverage factor (Student t)
 */
export function profileParameter(
  problem: LeastSquaresProblem,
  optimum: Float64Array,
  held: number,
  bestCost: number,
  variance: number,
  level: number,
  spread: number,
): ProfileInterval {
  const sub = new HeldProblem(problem, held);
  const centre = optimum[held]!;
  const rise = (value: number, start: Float64Array): { z: number; others: Float64Array } => {
    sub.full[held] = value;
    let cost: number;
    let others: Float64Array = start;
    if (sub.parameterCount === 0) {
      const residuals = new Float64Array(problem.residualCount);
      sub.residuals(start, residuals);
      cost = computeNorm(residuals, 0, residuals.length) ** 2 / 2;
    } else {
      const solution = trustRegionSolver.solve(sub, start, {
        tolerance: 1e-6,
        polish: false,
        maxEvaluations: 60,
      });
      cost = solution.cost;
      others = solution.q;
    }
    const z = Math.sqrt(Math.max(0, (2 * (cost - bestCost)) / variance));
    return { z: Number.isFinite(cost) ? z : Number.POSITIVE_INFINITY, others };
  };
  const findEnd = (side: 1 | -1): { value: number; open: boolean } => {
    const limit = side > 0 ? problem.upper[held]! : problem.lower[held]!;
    const room = Math.abs(limit - centre);
    let near = 0;
    let zNear = 0;
    let others: Float64Array = optimum.filter((_, j) => j !== held);
    let far = Math.min(level * spread, room);
    for (let step = 0; step < 40; step++) {
      const point = rise(centre + side * far, others);
      if (point.z >= level)
        return { value: centre + side * refine(near, zNear, far, point.z, side, others), open: false };
      others = point.others;
      if (far >= room || step === 12) return { value: centre + side * far, open: true };
      near = far;
      zNear = point.z;
      const ahead = point.z > 0.1 * level ? (1.1 * far * level) / point.z : 3 * far;
      far = Math.min(Math.max(ahead, 1.05 * far), 4 * far, room);
    }
    return { value: limit, open: true };
  };
  const refine = (
    a: number,
    za: number,
    b: number,
    zb: number,
    side: 1 | -1,
    start: Float64Array,
  ): number => {
    let [low, zLow, high, zHigh] = [a, za, b, zb];
    let others: Float64Array = start;
    for (let step = 0; step < 12; step++) {
      if (zHigh - level <= 1e-3 * level) return high;
      if (level - zLow <= 1e-3 * level && zLow > 0) return low;
      const fraction = Number.isFinite(zHigh) ? (level - zLow) / (zHigh - zLow) : 0.5;
      const middle = low + Math.min(Math.max(fraction, 0.05), 0.95) * (high - low);
      const point = rise(centre + side * middle, others);
      others = point.others;
      if (point.z >= level) [high, zHigh] = [middle, point.z];
      else [low, zLow] = [middle, point.z];
    }
    return (low + high) / 2;
  };
  const lower = findEnd(-1);
  const upper = findEnd(1);
  return { lower: lower.value, upper: upper.value, lowerOpen: lower.open, upperOpen: upper.open };
}
