import { CurveProblem } from './curve-problem.ts';
import type { ParameterSpace } from './parameters.ts';
import { scaledMad } from './statistics.ts';
import type { Constants, Solution, Weighting } from './types.ts';

/** Points further than this many standard deviations from the robust fit are dropped (FITTING 3). */
const DROP_BEYOND = 5;

/**
 * After a soft-L1 fit: drops points beyond 5 sigma and returns the plain least-squares problem of the rest. Sigma is 1 where the weights are
 * known, else the scaled MAD of the residuals. Never drops so many that fewer than twice the parameters remain.
 */
export function dropOutliers(
  problem: CurveProblem,
  solution: Solution,
  weighting: Weighting,
  space: ParameterSpace,
  constants: Constants,
): { problem: CurveProblem; dropped: readonly number[] } {
  problem.lossScale = 0;
  const residuals = new Float64Array(problem.residualCount);
  problem.residuals(solution.q, residuals);
  const known = weighting.kind === 'sigma' || (weighting.kind === 'asinh' && weighting.reestimate !== true);
  const sigma = known ? 1 : scaledMad(residuals, 0);
  const dropped: number[] = [];
  const kept: number[] = [];
  residuals.forEach((r, i) => {
    (Math.abs(r) > DROP_BEYOND * sigma ? dropped : kept).push(i);
  });
  if (dropped.length === 0 || kept.length < 2 * space.free.length) return { problem, dropped: [] };
  const take = (column: Float64Array): Float64Array => Float64Array.from(kept, (i) => column[i]!);
  const rest = new CurveProblem(
    space,
    { x: problem.data.x.map(take), y: take(problem.data.y) },
    weighting.kind === 'sigma' ? { kind: 'sigma', sigma: take(weighting.sigma) } : weighting,
    constants,
  );
  return { problem: rest, dropped };
}
