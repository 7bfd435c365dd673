import { computeNorm } from '../linalg.ts';
import type {
  LeastSquaresProblem,
  LeastSquaresSolver,
  Solution,
  SolveOptions,
  Termination,
} from '../types.ts';
import { polish } from './polish.ts';
import { linearise, Workspace } from './workspace.ts';

/**
 * Levenberg-Marquardt in a scaled trust region with bounds (FITTING 4): More's running-maximum scaling, the damping solved from the radius,
 * every trial below a gain ratio of 1e-4 or not finite rejected, variables held at a bound only while the gradient points outward,
 * then Gauss-Newton steps judged by their length. A suspicious end (a dead column, evaluations used up) is tried again with
 * first radii 100 and 0.1 times the usual one, and the best is kept.
 * @see More, Lect. Notes Math. 630, 105 (1978); Kanzow, Yamashita and Fukushima, J. Comput. Appl. Math. 172, 375 (2004) for the projection
 */
export const trustRegionSolver: LeastSquaresSolver = {
  id: 'trust-region',
  solve(problem, start, options = {}) {
    const space = new Workspace(problem);
    let best: Descent | null = null;
    let evaluations = 0;
    for (const factor of [1, 100, 0.1]) {
      const descent = descend(problem, space, start, factor, options);
      evaluations += descent.evaluations;
      if (best === null || descent.cost < best.cost || Number.isNaN(best.cost)) best = descent;
      if (!descent.suspicious || descent.termination === 'cancelled') break;
    }
    return buildSolution(problem, space, best!, evaluations, options);
  },
};

interface Descent {
  readonly q: Float64Array;
  readonly cost: number;
  readonly termination: Termination;
  readonly evaluations: number;
  readonly suspicious: boolean;
}

function project(problem: LeastSquaresProblem, q: Float64Array): void {
  for (let j = 0; j < q.length; j++) {
    if (q[j]! < problem.lower[j]!) q[j] = problem.lower[j]!;
    else if (q[j]! > problem.upper[j]!) q[j] = problem.upper[j]!;
  }
}

function descend(
  problem: LeastSquaresProblem,
  space: Workspace,
  start: Float64Array,
  factor: number,
  options: SolveOptions,
): Descent {
  const m = problem.residualCount;
  const n = problem.parameterCount;
  const tolerance = options.tolerance ?? 1e-10;
  const limit = options.maxEvaluations ?? 200 * (n + 1);
  const { q, trial, scale, damped, free } = space;
  q.set(start);
  project(problem, q);
  let evaluations = 1;
  problem.residuals(q, space.residuals);
  let norm = computeNorm(space.residuals, 0, m);
  let radius = 0;
  let suspicious = false;
  let dead = false;
  damped.lambda = 0;
  const end = (termination: Termination): Descent => ({
    q: Float64Array.from(q),
    cost: (norm * norm) / 2,
    termination: dead && termination.startsWith('converged') ? 'singular' : termination,
    evaluations,
    suspicious: suspicious || dead,
  });
  if (!Number.isFinite(norm)) return end('non-finite');

  for (let iteration = 0; ; iteration++) {
    if (options.cancelled?.() === true) return end('cancelled');
    options.onProgress?.(evaluations, (norm * norm) / 2);
    if (!linearise(problem, space)) {
      suspicious = true;
      return end('non-finite');
    }
    const count = space.freeCount;
    dead = false;
    for (let j = 0; j < n; j++) {
      if (space.columnNorms[j] === 0) dead = true;
      scale[j] = iteration === 0 ? space.columnNorms[j]! || 1 : Math.max(scale[j]!, space.columnNorms[j]!);
    }
    if (norm === 0) return end('converged-cost');
    let cosine = 0;
    for (let k = 0; k < count; k++) {
      const j = free[k]!;
      if (space.columnNorms[j]! > 0)
        cosine = Math.max(cosine, Math.abs(space.gradient[j]!) / space.columnNorms[j]! / norm);
      space.freeScale[k] = scale[j]!;
    }
    if (cosine <= tolerance) {
      suspicious ||= iteration === 0 && cosine === 0;
      return end('converged-gradient');
    }
    const size = computeScaledNorm(scale, q, n);
    if (iteration === 0) radius = factor * size || factor;

    for (;;) {
      damped.solve(count, space.pivot, space.freeScale, space.qtr, radius);
      trial.set(q);
      for (let k = 0; k < count; k++) trial[free[k]!]! += damped.step[k]!;
      project(problem, trial);
      let clipped = false;
      let length = 0;
      for (let k = 0; k < count; k++) {
        const j = free[k]!;
        const moved = trial[j]! - q[j]!;
        if (trial[j] === problem.lower[j] || trial[j] === problem.upper[j]) {
          clipped = true;
          damped.step[k] = moved;
        }
        length += (scale[j]! * moved) ** 2;
      }
      length = Math.sqrt(length);
      const change = damped.computeModelChange(count, space.pivot);
      let slope = 0;
      for (let k = 0; k < count; k++) slope -= space.gradient[free[k]!]! * damped.step[k]!;
      // Relative to |r|^2: decrease of the linear model, which for an unclipped step is |J p|^2 / 2 + lambda |D p|^2.
      const t1 = change / norm;
      const t2 = (Math.sqrt(damped.lambda) * length) / norm;
      const predicted = clipped ? (2 * slope) / norm / norm - t1 * t1 : t1 * t1 + 2 * t2 * t2;
      if (iteration === 0) radius = Math.min(radius, length || radius);

      problem.residuals(trial, space.trialResiduals);
      evaluations++;
      const trialNorm = computeNorm(space.trialResiduals, 0, m);
      const actual = 0.1 * trialNorm < norm ? 1 - (trialNorm / norm) ** 2 : -1;
      const ratio = predicted > 0 ? actual / predicted : 0;

      if (!(ratio > 0.25)) {
        const descentSlope = clipped ? -slope / norm / norm : -(t1 * t1 + t2 * t2);
        let shrink = actual >= 0 ? 0.5 : (0.5 * descentSlope) / (descentSlope + 0.5 * actual);
        if (!(0.1 * trialNorm < norm) || !(shrink >= 0.1)) shrink = 0.1;
        radius = shrink * Math.min(radius, length / 0.1);
        damped.lambda /= shrink;
      } else if (damped.lambda === 0 || ratio >= 0.75) {
        radius = clipped ? Math.max(radius, length / 0.5) : length / 0.5;
        damped.lambda *= 0.5;
      }
      const accepted = ratio >= 1e-4 && Number.isFinite(trialNorm);
      if (accepted) {
        q.set(trial);
        space.residuals.set(space.trialResiduals);
        norm = trialNorm;
      }
      const flat = Math.abs(actual) <= tolerance && predicted <= tolerance && ratio <= 2 && predicted >= 0;
      if (flat) return end('converged-cost');
      if (radius <= tolerance * size || radius === 0) return end('converged-step');
      if (evaluations >= limit) {
        suspicious = true;
        return end('max-evaluations');
      }
      if (accepted) break;
      if (options.cancelled?.() === true) return end('cancelled');
    }
  }
}

function computeScaledNorm(scale: Float64Array, q: Float64Array, n: number): number {
  let sum = 0;
  for (let j = 0; j < n; j++) sum += (scale[j]! * q[j]!) ** 2;
  return Math.sqrt(sum);
}

function buildSolution(
  problem: LeastSquaresProblem,
  space: Workspace,
  best: Descent,
  evaluations: number,
  options: SolveOptions,
): Solution {
  const m = problem.residualCount;
  space.q.set(best.q);
  problem.residuals(space.q, space.residuals);
  let spent = evaluations + 1;
  if (best.termination.startsWith('converged') && options.polish !== false) spent += polish(problem, space);
  problem.jacobian(space.q, space.jacobian);
  const atBound = new Int8Array(problem.parameterCount);
  for (let j = 0; j < atBound.length; j++) {
    if (space.q[j]! <= problem.lower[j]!) atBound[j] = -1;
    else if (space.q[j]! >= problem.upper[j]!) atBound[j] = 1;
  }
  const norm = computeNorm(space.residuals, 0, m);
  return {
    q: Float64Array.from(space.q),
    cost: (norm * norm) / 2,
    residuals: space.residuals,
    jacobian: space.jacobian,
    termination: best.termination,
    evaluations: spent,
    atBound,
  };
}
