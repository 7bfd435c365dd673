import { applyQTransposed, computeDot, computeNorm, factoriseQr } from '../linalg.ts';
import type { LeastSquaresProblem } from '../types.ts';
import { DampedStep } from './damped-step.ts';

/** Every array of one solve; the loop below allocates nothing. */
export class Workspace {
  readonly q: Float64Array;
  readonly trial: Float64Array;
  readonly residuals: Float64Array;
  readonly trialResiduals: Float64Array;
  readonly jacobian: Float64Array;
  readonly compact: Float64Array;
  readonly qtr: Float64Array;
  readonly gradient: Float64Array;
  readonly columnNorms: Float64Array;
  readonly scale: Float64Array;
  readonly freeScale: Float64Array;
  readonly free: Int32Array;
  readonly pivot: Int32Array;
  readonly diagonal: Float64Array;
  readonly norms: Float64Array;
  readonly work: Float64Array;
  readonly damped: DampedStep;
  freeCount = 0;

  constructor(problem: LeastSquaresProblem) {
    const m = problem.residualCount;
    const n = problem.parameterCount;
    this.q = new Float64Array(n);
    this.trial = new Float64Array(n);
    this.residuals = new Float64Array(m);
    this.trialResiduals = new Float64Array(m);
    this.jacobian = new Float64Array(m * n);
    this.compact = new Float64Array(m * n);
    this.qtr = new Float64Array(m);
    this.gradient = new Float64Array(n);
    this.columnNorms = new Float64Array(n);
    this.scale = new Float64Array(n);
    this.freeScale = new Float64Array(n);
    this.free = new Int32Array(n);
    this.pivot = new Int32Array(n);
    this.diagonal = new Float64Array(n);
    this.norms = new Float64Array(n);
    this.work = new Float64Array(n);
    this.damped = new DampedStep(n);
  }
}

/** Jacobian, gradient, free variables and the QR of the free columns at `space.q`; false where something is not finite. */
export function linearise(problem: LeastSquaresProblem, space: Workspace): boolean {
  const m = problem.residualCount;
  const n = problem.parameterCount;
  const { q, jacobian, residuals } = space;
  problem.jacobian(q, jacobian);
  space.freeCount = 0;
  for (let j = 0; j < n; j++) {
    const g = computeDot(jacobian, residuals, j * m, m);
    const norm = computeNorm(jacobian, j * m, m);
    if (!Number.isFinite(g) || !Number.isFinite(norm)) return false;
    space.gradient[j] = g;
    space.columnNorms[j] = norm;
    const held = (q[j]! <= problem.lower[j]! && g > 0) || (q[j]! >= problem.upper[j]! && g < 0);
    if (!held) space.free[space.freeCount++] = j;
  }
  const count = space.freeCount;
  for (let k = 0; k < count; k++) {
    const j = space.free[k]!;
    // By hand: a view would be an allocation in every iteration.
    for (let i = 0; i < m; i++) space.compact[k * m + i] = jacobian[j * m + i]!;
  }
  factoriseQr(space.compact, m, count, space.pivot, space.diagonal, space.norms, space.work);
  space.qtr.set(residuals);
  applyQTransposed(space.compact, m, count, space.diagonal, space.qtr);
  space.damped.load(space.compact, m, count, space.diagonal);
  return true;
}
