import { CurveProblem } from './curve-problem.ts';
import { reestimateNoise } from './noise.ts';
import { OrthogonalProblem } from './orthogonal-problem.ts';
import { buildParameterSpace, type ParameterSpace, toNatural } from './parameters.ts';
import { buildReport, type FittedCurve } from './report.ts';
import { buildFailure } from './report-failure.ts';
import { dropOutliers } from './robust.ts';
import { askSecondOpinion } from './second-opinion.ts';
import { SOLVERS } from './solvers/registry.ts';
import { chooseStarts } from './starts.ts';
import { tieParameters } from './ties.ts';
import type { FitReport, FitRequest, FitVerdict, Solution, SolveOptions, Weighting } from './types.ts';

/** Scattered starts tried at least where nothing is known (METHODS 0.6). */
const FEWEST_BLIND = 5;

/** A start whose reduced chi-square with known noise is below this needs no rival (FITTING 4). */
const GOOD_ENOUGH = 1.4;

/**
 * Fits a model to one curve and reports everything a methods section needs. Never throws for numerics: what went wrong is in `verdicts`
 * and in the status of each parameter.
 * 1. Check the data. 2. Starts of the caller, of the model, or scattered ones. 3. Solve from each until the noise is reached.
 * 4. Re-estimate the noise and reweight where asked. 5. Robust loss and removal of outliers where asked. 6. Covariance, intervals, verdicts.
 * @see METHODS 0.4-10, 0.5, 0.6; FITTING 4
 */
export function fitModel(request: FitRequest): FitReport {
  if (request.ties === undefined || Object.keys(request.ties).length === 0) return fitUntied(request);
  const { ties, ...rest } = request;
  const tied = tieParameters(request.model, ties);
  if (tied.ok) return tied.describe(fitUntied({ ...rest, model: tied.model }));
  const constants = { ...request.model.constants, ...request.constants };
  const verdict: FitVerdict = { code: 'NOT_CONVERGED', message: tied.message };
  return buildFailure(request, buildParameterSpace(request, constants), constants, verdict);
}

function fitUntied(request: FitRequest): FitReport {
  const constants = { ...request.model.constants, ...request.constants };
  const space = buildParameterSpace(request, constants);
  const refusal = checkData(request, space.free.length);
  if (refusal !== null) return buildFailure(request, space, constants, refusal);

  const weighting = completeWeighting(request.weighting, request.y);
  const problem = buildProblem(request, space, weighting, constants);
  const starts = chooseStarts(request, space, findSigma(weighting, request.y), constants);
  const solver = SOLVERS[request.solver ?? 'trust-region']!;
  const options: SolveOptions = {
    ...(request.cancelled === undefined ? {} : { cancelled: request.cancelled }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  };
  const verdicts: FitVerdict[] = [];
  let evaluations = 0;

  const solveFrom = (start: Float64Array): Solution => {
    problem.setTypical(toNatural(space, start));
    const solution = solver.solve(problem, start, options);
    evaluations += solution.evaluations;
    return solution;
  };

  let tried = 0;
  let best: Solution | null = null;
  const costs: number[] = [];
  if (request.robust === true) problem.lossScale = 1.5 * findLossScale(problem, starts.list[0]!, weighting);
  for (const start of starts.list) {
    const solution = solveFrom(start);
    tried++;
    if (Number.isFinite(solution.cost)) costs.push(solution.cost);
    if (best === null || solution.cost < best.cost || !Number.isFinite(best.cost)) best = solution;
    if (solution.termination === 'cancelled') break;
    if (hasKnownNoise(weighting) && (2 * best.cost) / degrees(request, space.free.length) < GOOD_ENOUGH)
      break;
    if (agree(costs) && (!starts.blind || tried >= FEWEST_BLIND)) break;
  }
  if (starts.blind && costs.length > 1 && !agree(costs)) {
    verdicts.push({
      code: 'NOT_CONVERGED',
      message: `No start was given and ${tried} scattered starts end at different minima; give starting values.`,
    });
  }
  let solution = best!;
  let dropped: readonly number[] = [];
  let kept: CurveProblem = problem;
  if (request.robust === true && Number.isFinite(solution.cost)) {
    const cleaned = dropOutliers(problem, solution, weighting, space, constants);
    kept = cleaned.problem;
    dropped = cleaned.dropped;
    const again = solver.solve(kept, solution.q, options);
    evaluations += again.evaluations;
    solution = again;
  }
  for (let pass = 0; pass < countReweightings(request, weighting) && Number.isFinite(solution.cost); pass++) {
    reweigh(kept, solution, weighting);
    solution = solver.solve(kept, solution.q, options);
    evaluations += solution.evaluations;
  }
  const fitted: FittedCurve = {
    request,
    space,
    constants,
    weighting,
    problem: kept,
    solution,
    evaluations,
    starts: tried,
    dropped,
  };
  const report = buildReport(fitted, verdicts, solver);
  return request.secondOpinion === true ? askSecondOpinion(fitted, report) : report;
}

function buildProblem(
  request: FitRequest,
  space: ParameterSpace,
  weighting: Weighting,
  constants: FitReport['constants'],
): CurveProblem {
  const sigma = findSigma(weighting, request.y);
  if (request.abscissaSigma === undefined || sigma === null)
    return new CurveProblem(space, request, weighting, constants);
  return new OrthogonalProblem(space, request, sigma, request.abscissaSigma, constants);
}

function degrees(request: FitRequest, freeCount: number): number {
  return Math.max(1, request.y.length - freeCount);
}

function hasKnownNoise(weighting: Weighting): boolean {
  return weighting.kind === 'sigma' || weighting.kind === 'asinh';
}

/** True when the best two costs agree to 1e-4 (METHODS 0.6): no third start is needed. */
function agree(costs: readonly number[]): boolean {
  if (costs.length < 2) return false;
  const [first, second] = [...costs].sort((a, b) => a - b);
  return second! - first! <= 1e-4 * first!;
}

/** Reasons for which no fit is tried at all. */
function checkData(request: FitRequest, freeCount: number): FitVerdict | null {
  const { x, y } = request;
  const bad = [y, ...x].some((column) => column.length !== y.length || !column.every(Number.isFinite));
  if (bad)
    return {
      code: 'NO_DATA',
      message: 'The data hold values that are not finite numbers, or columns of unequal length.',
    };
  if (request.weighting.kind === 'sigma') {
    const { sigma } = request.weighting;
    if (!isPositive(sigma, y.length)) {
      return { code: 'NO_DATA', message: 'The standard deviations are not all positive finite numbers.' };
    }
  }
  const { abscissaSigma } = request;
  const estimated = request.weighting.kind === 'asinh' && request.weighting.reestimate === true;
  if (request.errors === 'known' && (estimated || !hasKnownNoise(request.weighting))) {
    return {
      code: 'NO_DATA',
      message: 'Errors from known standard deviations need weights that hold them.',
    };
  }
  if (abscissaSigma !== undefined && !hasKnownNoise(request.weighting)) {
    return {
      code: 'NO_DATA',
      message: 'Errors of the abscissa need standard deviations of y to be weighed against.',
    };
  }
  if (abscissaSigma !== undefined && request.robust === true) {
    return { code: 'NO_DATA', message: 'The robust loss and errors of the abscissa cannot be combined.' };
  }
  if (
    typeof abscissaSigma === 'object'
      ? !isPositive(abscissaSigma, y.length)
      : abscissaSigma !== undefined && !(abscissaSigma > 0)
  ) {
    return {
      code: 'NO_DATA',
      message: 'The standard deviations of the abscissa are not all positive finite numbers.',
    };
  }
  if (y.length < freeCount + 1 || y.length === 0) {
    return {
      code: y.length === 0 ? 'NO_DATA' : 'TOO_FEW_POINTS',
      message: `${y.length} points for ${freeCount} free parameters; at least ${freeCount + 1} are needed.`,
    };
  }
  return null;
}

function isPositive(sigma: Float64Array, length: number): boolean {
  return sigma.length === length && sigma.every((value) => value > 0 && Number.isFinite(value));
}

/** A zero noise floor would divide by zero: a billionth of the largest value stands in, 1e-16 at least (METHODS 0.4-10). */
function completeWeighting(weighting: Weighting, y: Float64Array): Weighting {
  if (weighting.kind !== 'asinh') return weighting;
  let largest = 0;
  for (const value of y) largest = Math.max(largest, Math.abs(value));
  const absolute = weighting.absolute > 0 ? weighting.absolute : Math.max(1e-9 * largest, 1e-16);
  const relative = weighting.relative > 0 ? weighting.relative : 1e-6;
  return { ...weighting, absolute, relative };
}

/** Standard deviation of each point as the weighting knows it before any fit; for the models' automatic starts. */
function findSigma(weighting: Weighting, y: Float64Array): Float64Array | null {
  if (weighting.kind === 'sigma') return weighting.sigma;
  if (weighting.kind === 'asinh')
    return y.map((value) => Math.hypot(weighting.relative * value, weighting.absolute));
  return null;
}

function countReweightings(request: FitRequest, weighting: Weighting): number {
  if (request.abscissaSigma !== undefined) return weighting.kind === 'asinh' ? 2 : 0;
  if (weighting.kind === 'relative') return 3;
  return weighting.kind === 'asinh' && weighting.reestimate === true ? 2 : 0;
}

function reweigh(problem: CurveProblem, solution: Solution, weighting: Weighting): void {
  const unused = new Float64Array(problem.residualCount);
  problem.residuals(solution.q, unused);
  if (problem instanceof OrthogonalProblem) {
    if (weighting.kind === 'asinh') problem.setSigma(findSigma(weighting, problem.values)!);
    return;
  }
  if (problem.kind === 'relative') {
    problem.setSigma(problem.values);
    return;
  }
  const noise = reestimateNoise(problem.values, problem.data.y, problem, problem.parameterCount);
  problem.setNoise(noise.relative, noise.absolute);
}

/** Scale of the robust loss: 1 with known noise, else the median size of the residual at the start. */
function findLossScale(problem: CurveProblem, start: Float64Array, weighting: Weighting): number {
  if (hasKnownNoise(weighting)) return 1;
  const residuals = new Float64Array(problem.residualCount);
  problem.residuals(start, residuals);
  const sizes = residuals.map(Math.abs).sort();
  return sizes[sizes.length >> 1]! || 1;
}
