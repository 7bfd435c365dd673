import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { computeNorm } from '../linalg.ts';
import type { LeastSquaresProblem, LeastSquaresSolver, Solution, Termination } from '../types.ts';

/** Iterations of the library between two looks at the progress. */
const ROUND = 25;
const MOST_ROUNDS = 80;
/** Dampings tried in turn when a round brings nothing; its own memory of the damping ends with the round. */
const DAMPINGS = [1e-2, 1e-4, 1];

/**
 * The library ml-levenberg-marquardt behind the engine's interface, as an independent second opinion (FITTING 2). It is given what it can work
 * with: residuals already whitened (its weights are wrong in 5.1.0), parameters scaled by the column norms of J around the start of each round
 * (its damping is a multiple of the unit matrix), the analytic Jacobian (its difference step is absolute), an error sum near 1 with a tolerance
 * it never reaches (its stop test is absolute), and a relative stop test of ours between rounds. Its throws are caught, its bounds are a clamp.
 */
export const mlLevenbergMarquardtSolver: LeastSquaresSolver = {
  id: 'ml-levenberg-marquardt',
  solve(problem, start, options = {}) {
    const m = problem.residualCount;
    const n = problem.parameterCount;
    const tolerance = options.tolerance ?? 1e-10;
    const limit = options.maxEvaluations ?? 10_000;
    const run = new Run(problem, start);
    let termination: Termination = Number.isFinite(run.norm) ? 'max-evaluations' : 'non-finite';
    let stalled = 0;
    for (let round = 0; round < MOST_ROUNDS && termination === 'max-evaluations'; round++) {
      if (options.cancelled?.() === true) termination = 'cancelled';
      else if (run.norm === 0 || n === 0) termination = 'converged-cost';
      else if (run.evaluations >= limit) break;
      else {
        const before = run.norm;
        const done = run.runRound(DAMPINGS[stalled % DAMPINGS.length]!);
        options.onProgress?.(run.evaluations, (run.norm * run.norm) / 2);
        if (!done) termination = 'singular';
        const gain = 1 - (run.norm / before) ** 2;
        stalled = gain > tolerance ? 0 : stalled + 1;
        if (stalled === DAMPINGS.length) termination = 'converged-cost';
      }
    }
    return run.finish(termination, m, n);
  },
};

class Run {
  readonly problem: LeastSquaresProblem;
  readonly q: Float64Array;
  readonly residuals: Float64Array;
  readonly jacobian: Float64Array;
  norm: number;
  evaluations = 1;

  constructor(problem: LeastSquaresProblem, start: Float64Array) {
    this.problem = problem;
    this.q = start.map((value, j) => Math.min(Math.max(value, problem.lower[j]!), problem.upper[j]!));
    this.residuals = new Float64Array(problem.residualCount);
    this.jacobian = new Float64Array(problem.residualCount * problem.parameterCount);
    problem.residuals(this.q, this.residuals);
    this.norm = computeNorm(this.residuals, 0, problem.residualCount);
  }

  /** One call of the library in z = D (q - q0), residuals divided by their norm; false when it could not work. */
  runRound(damping: number): boolean {
    const { problem, q, residuals, jacobian, norm } = this;
    const m = problem.residualCount;
    const n = problem.parameterCount;
    const origin = Float64Array.from(q);
    problem.jacobian(q, jacobian);
    const scale = Float64Array.from({ length: n }, (_, j) => computeNorm(jacobian, j * m, m) / norm || 1);
    if (!scale.every(Number.isFinite)) return false;
    const at = new Float64Array(n);
    const place = (z: readonly number[]): void => {
      for (let j = 0; j < n; j++) {
        at[j] = Math.min(Math.max(origin[j]! + z[j]! / scale[j]!, problem.lower[j]!), problem.upper[j]!);
      }
    };
    const evaluate = (z: number[]): ((i: number) => number) => {
      place(z);
      problem.residuals(at, residuals);
      this.evaluations++;
      const values = residuals.map((value) => value / norm);
      return (i) => values[i]!;
    };
    const differentiate = (z: number[]): ((i: number) => number[]) => {
      place(z);
      problem.jacobian(at, jacobian);
      return (i) => Array.from(scale, (s, j) => jacobian[j * m + i]! / (norm * s));
    };
    const limits = (bounds: Float64Array): number[] =>
      Array.from(bounds, (bound, j) =>
        Number.isFinite(bound) ? (bound - origin[j]!) * scale[j]! : Math.sign(bound) * 1e300,
      );
    let found: number[];
    try {
      found = levenbergMarquardt(
        { x: Array.from({ length: m }, (_, i) => i), y: new Float64Array(m) },
        evaluate,
        {
          initialValues: new Array<number>(n).fill(0),
          jacobianFunction: differentiate,
          minValues: limits(problem.lower),
          maxValues: limits(problem.upper),
          damping,
          maxIterations: ROUND,
          errorTolerance: 1e-300,
        },
      ).parameterValues;
    } catch {
      return false;
    }
    place(found);
    problem.residuals(at, residuals);
    const reached = computeNorm(residuals, 0, m);
    if (reached < norm) {
      q.set(at);
      this.norm = reached;
    }
    return true;
  }

  finish(termination: Termination, m: number, n: number): Solution {
    const { problem, q, residuals, jacobian } = this;
    problem.residuals(q, residuals);
    problem.jacobian(q, jacobian);
    const norm = computeNorm(residuals, 0, m);
    const atBound = new Int8Array(n);
    for (let j = 0; j < n; j++) {
      if (q[j]! <= problem.lower[j]!) atBound[j] = -1;
      else if (q[j]! >= problem.upper[j]!) atBound[j] = 1;
    }
    return {
      q,
      cost: (norm * norm) / 2,
      residuals,
      jacobian,
      termination,
      evaluations: this.evaluations,
      atBound,
    };
  }
}
