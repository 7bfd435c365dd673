import { computeNorm, findRank, solveUpper } from '../linalg.ts';
import type { LeastSquaresProblem } from '../types.ts';
import { linearise, type Workspace } from './workspace.ts';

const MOST_STEPS = 30;

/**
 * Undamped Gauss-Newton steps from a converged point, judged by the length of the step: a stop test on the cost cannot see
 * parameter errors below the square root of the machine precision (FITTING 1). Each step must be shorter than the one before,
 * stay in the box and not raise the cost beyond rounding; else the point before it stands. Works on `space.q` and `space.residuals`.
 * @returns evaluations used
 */
export function polish(problem: LeastSquaresProblem, space: Workspace): number {
  const m = problem.residualCount;
  const n = problem.parameterCount;
  const { q, trial, diagonal, qtr, work, free, pivot } = space;
  let evaluations = 0;
  let previousLength = Number.POSITIVE_INFINITY;
  const norm = computeNorm(space.residuals, 0, m);
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!linearise(problem, space)) return retreat(problem, space, step, evaluations);
    const count = space.freeCount;
    if (count === 0) return evaluations;
    if (findRank(count, pivot, diagonal, space.norms, 1e-14) < count)
      return retreat(problem, space, step, evaluations);
    for (let k = 0; k < count; k++) work[k] = -qtr[k]!;
    solveUpper(space.compact, m, count, diagonal, work);
    let length = 0;
    let relative = 0;
    let inside = true;
    const ahead = space.gradient; // no longer needed: holds the next point
    ahead.set(q);
    for (let k = 0; k < count; k++) {
      const j = free[pivot[k]!]!;
      const change = work[k]!;
      ahead[j] = q[j]! + change;
      if (ahead[j]! < problem.lower[j]! || ahead[j]! > problem.upper[j]!) inside = false;
      length += (space.columnNorms[j]! * change) ** 2;
      relative = Math.max(relative, Math.abs(change) / (Math.abs(q[j]!) || 1));
    }
    length = Math.sqrt(length);
    if (!Number.isFinite(length) || length > 0.9 * previousLength)
      return retreat(problem, space, step, evaluations);
    if (!inside || relative === 0) return evaluations;
    for (let j = 0; j < n; j++) {
      trial[j] = q[j]!;
      q[j] = ahead[j]!;
    }
    problem.residuals(q, space.trialResiduals);
    evaluations++;
    const trialNorm = computeNorm(space.trialResiduals, 0, m);
    if (!(trialNorm <= norm * (1 + 1e-9))) {
      q.set(trial);
      return evaluations;
    }
    space.residuals.set(space.trialResiduals);
    if (relative <= 4 * Number.EPSILON) return evaluations;
    previousLength = length;
  }
  return evaluations;
}

/** The step just taken is not confirmed by a shorter one after it: go back to the point before. */
function retreat(problem: LeastSquaresProblem, space: Workspace, step: number, evaluations: number): number {
  if (step === 0) return evaluations;
  space.q.set(space.trial);
  problem.residuals(space.q, space.residuals);
  return evaluations + 1;
}
