import { bootstrapResiduals } from './bootstrap.ts';
import type { CurveProblem } from './curve-problem.ts';
import { describeObjective } from './objective.ts';
import { type ParameterSpace, toNatural } from './parameters.ts';
import { buildFailure } from './report-failure.ts';
import { describeParameters, type Spread } from './report-parameters.ts';
import type {
  Constants,
  FitReport,
  FitRequest,
  FitVerdict,
  LeastSquaresSolver,
  Solution,
  Weighting,
} from './types.ts';
import { computeCovariance, toCorrelation, toRows } from './uncertainty.ts';
import {
  computeAicc,
  computeLagOne,
  estimateExpectedNoise,
  findCoverageFactor,
  inflateForCorrelation,
  orderAlong,
  testRuns,
} from './verdicts.ts';

/** A fit that has run, before statistics. `problem` holds the points kept and the weights in force. */
export interface FittedCurve {
  readonly request: FitRequest;
  readonly space: ParameterSpace;
  readonly constants: Constants;
  readonly weighting: Weighting;
  readonly problem: CurveProblem;
  readonly solution: Solution;
  readonly evaluations: number;
  readonly starts: number;
  readonly dropped: readonly number[];
}

/** Statistics, intervals and verdicts of a fit (METHODS 0.5, 0.6). Errors are scaled by s^2 = chi^2/(N - p), unless sigma is known, and for serial correlation. */
export function buildReport(
  fit: FittedCurve,
  earlier: readonly FitVerdict[],
  solver: LeastSquaresSolver,
): FitReport {
  const { request, space, problem, solution, weighting } = fit;
  const points = problem.residualCount;
  const count = space.free.length;
  const degreesOfFreedom = points - count;
  const chiSquare = 2 * solution.cost;
  if (!Number.isFinite(chiSquare)) {
    return buildFailure(request, space, fit.constants, {
      code: 'NOT_CONVERGED',
      message: 'The model or its misfit is not a finite number at any starting point tried.',
    });
  }
  const variance = chiSquare / degreesOfFreedom;
  const order = orderAlong(problem.data.x[0] ?? problem.data.y);
  const ordered = Float64Array.from(order, (i) => solution.residuals[i]!);
  const lagOne = computeLagOne(ordered);
  const runsTest = testRuns(ordered);
  const widen = (request.serialCorrelation ?? (weighting.kind === 'none' ? 'ignore' : 'widen')) === 'widen';
  const inflation = widen ? inflateForCorrelation(lagOne) : 1;
  const verdicts = [...earlier, ...judgeFit(fit, ordered, runsTest, variance, lagOne, inflation)];

  const errors = request.errors ?? 'scaled';
  const scale = errors === 'known' ? 1 : variance;
  const { covariance, determined, conditionNumber } = computeCovariance(
    solution,
    points,
    count,
    scale * inflation ** 2,
  );
  const factor = findCoverageFactor(degreesOfFreedom, errors);
  const spread: Spread = {
    covariance,
    determined,
    variance: scale,
    inflation,
    factor,
    bootstrap:
      request.bootstrap === undefined
        ? null
        : bootstrapResiduals(
            problem,
            solution.q,
            Float64Array.from(solution.residuals),
            order,
            lagOne,
            request.bootstrap,
          ),
  };
  const parameters = describeParameters(fit, spread, verdicts);
  const correlation = toCorrelation(covariance, count);
  const { residuals, rmse } = measureMisfit(fit);
  return {
    model: request.model.id,
    formula: request.model.formula,
    solver: solver.id,
    weights: weighting.kind,
    objective: describeObjective(request),
    noise: describeNoise(weighting, problem),
    termination: solution.termination,
    evaluations: fit.evaluations,
    starts: fit.starts,
    points,
    degreesOfFreedom,
    rmse,
    chiSquare,
    reducedChiSquare: variance,
    errors,
    conditionNumber,
    parameters,
    freeIds: space.free.map((j) => space.model.parameters[j]!.id),
    correlation: toRows(correlation, count),
    covariance: toRows(covariance, count),
    lagOne,
    runsTest,
    aicc: computeAicc(chiSquare, points, count),
    verdicts: [
      ...verdicts,
      ...parameters.flatMap((parameter) => parameter.reasons.filter((r) => r.subject !== undefined)),
    ],
    secondOpinion: null,
    dropped: fit.dropped,
    residuals,
    constants: fit.constants,
  };
}

/** rel and abs in force: re-estimated ones live in the problem; orthogonal distance keeps those of the request. */
function describeNoise(weighting: Weighting, problem: CurveProblem): FitReport['noise'] {
  if (weighting.kind !== 'asinh') return null;
  const { relative, absolute } = problem.kind === 'asinh' ? problem : weighting;
  return { relative, absolute };
}

/** Verdicts on the fit as a whole; every parameter is flagged with them. */
function judgeFit(
  { solution, weighting, problem }: FittedCurve,
  ordered: Float64Array,
  runsTest: number | null,
  variance: number,
  lagOne: number | null,
  inflation: number,
): FitVerdict[] {
  const verdicts: FitVerdict[] = [];
  if (!solution.termination.startsWith('converged') && solution.termination !== 'singular') {
    verdicts.push({
      code: 'NOT_CONVERGED',
      message: `The solver stopped with "${solution.termination}" after ${solution.evaluations} evaluations.`,
    });
  }
  let size = 0;
  for (let i = 0; i < problem.values.length; i++) size = Math.max(size, Math.abs(problem.data.y[i]!));
  const known = weighting.kind === 'sigma' || (weighting.kind === 'asinh' && weighting.reestimate !== true);
  const expected = estimateExpectedNoise(ordered, known);
  const scatter = Math.sqrt(variance);
  // Below the rounding of the data there is no noise to compare with.
  const rounding = weighting.kind === 'none' ? 1e-12 * size : 1e-9;
  if (
    runsTest !== null &&
    runsTest < 0.01 &&
    expected !== null &&
    scatter > 3 * expected &&
    scatter > rounding
  ) {
    verdicts.push({
      code: 'MODEL_REJECTED',
      message: `Systematic misfit: residuals are ${format(scatter / expected)} times the noise and their signs come in runs (p = ${format(runsTest)}).`,
    });
  }
  if (inflation > 1) {
    verdicts.push({
      code: 'NOTE',
      message: `Neighbouring residuals are correlated (r1 = ${format(lagOne!)}); uncertainties are widened by ${format(inflation)}.`,
    });
  }
  return verdicts;
}

export function format(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Weighted residuals of all points given (dropped ones too) and the rmse in units of y over the points kept. */
function measureMisfit(fit: FittedCurve): { residuals: Float64Array; rmse: number } {
  const { request, space, problem, solution } = fit;
  const points = request.y.length;
  const model = new Float64Array(points);
  space.model.evaluate(request.x, toNatural(space, solution.q), model, fit.constants);
  const dropped = new Set(fit.dropped);
  let largest = 0;
  for (let i = 0; i < points; i++)
    if (!dropped.has(i)) largest = Math.max(largest, Math.abs(request.y[i]! - model[i]!));
  let sum = 0;
  // In units of the largest, so that neither 1e200 overflows nor 1e-200 vanishes.
  for (let i = 0; i < points; i++)
    if (!dropped.has(i)) sum += ((request.y[i]! - model[i]!) / (largest || 1)) ** 2;
  const rmse = largest * Math.sqrt(sum / (points - dropped.size));
  if (dropped.size === 0) return { residuals: Float64Array.from(solution.residuals), rmse };
  const residuals = new Float64Array(points);
  for (let i = 0; i < points; i++)
    residuals[i] = weighOne(problem, fit.weighting, model[i]!, request.y[i]!, i);
  return { residuals, rmse };
}

function weighOne(problem: CurveProblem, weighting: Weighting, model: number, y: number, i: number): number {
  if (weighting.kind === 'asinh') {
    const s = problem.absolute / problem.relative;
    return (Math.asinh(model / s) - Math.asinh(y / s)) / problem.relative;
  }
  if (weighting.kind === 'sigma') return (model - y) / weighting.sigma[i]!;
  if (weighting.kind === 'relative') return (model - y) / (Math.abs(model) || 1);
  return model - y;
}
