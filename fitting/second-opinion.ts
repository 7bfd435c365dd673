import { toNatural } from './parameters.ts';
import type { FittedCurve } from './report.ts';
import { SOLVERS } from './solvers/registry.ts';
import { chooseStarts } from './starts.ts';
import type { FitReport, FitVerdict, Solution } from './types.ts';

/** Two optima are the same when no parameter differs by more than this many standard errors. */
const SAME_WITHIN = 0.1;

/** Solves the same problem with the other solver, from the original starts, and compares (FITTING 2). */
export function askSecondOpinion(fit: FittedCurve, report: FitReport): FitReport {
  const { request, space, problem, constants } = fit;
  const other = SOLVERS[report.solver === 'trust-region' ? 'ml-levenberg-marquardt' : 'trust-region'];
  const { list } = chooseStarts(request, space, problem.sigma, constants);
  let best: Solution | null = null;
  for (const start of list.slice(0, 3)) {
    const solution = other.solve(
      problem,
      start,
      request.cancelled === undefined ? {} : { cancelled: request.cancelled },
    );
    if (best === null || solution.cost < best.cost) best = solution;
    if (best.cost <= fit.solution.cost * (1 + 1e-6)) break;
  }
  if (best === null) return report;
  const natural = toNatural(space, best.q);
  const parameters: Record<string, number> = {};
  let largest = 0;
  space.model.parameters.forEach((parameter, j) => {
    parameters[parameter.id] = natural[j]!;
    const k = space.free.indexOf(j);
    if (k < 0) return;
    const error = Math.sqrt(report.covariance[k]?.[k] ?? 0);
    const difference = Math.abs(best.q[k]! - fit.solution.q[k]!);
    if (error > 0) largest = Math.max(largest, difference / error);
  });
  const agrees = largest <= SAME_WITHIN;
  const lower = best.cost < fit.solution.cost * (1 - 1e-6);
  const verdict: FitVerdict = {
    code: 'METHODS_DISAGREE',
    message: `${other.id} ends ${Number(largest.toPrecision(3))} standard errors away, at a ${lower ? 'lower' : 'higher'} sum of squares.`,
  };
  return {
    ...report,
    verdicts: agrees ? report.verdicts : [...report.verdicts, verdict],
    secondOpinion: {
      solver: other.id,
      termination: best.termination,
      parameters,
      largestDifference: largest,
      agrees,
    },
  };
}
