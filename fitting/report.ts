import { bootstrapResiduals } from './bootstrap.ts';
import type { CurveProblem } from './curve-problem.ts';
import { invertNormalMatrix } from './linalg.ts';
import { type ParameterSpace, toFitted, toNatural } from './parameters.ts';
import { describeParameters, type Spread } from './report-parameters.ts';
import type {
  Constants,
  FitReport,
  FitRequest,
  FittedParameter,
  FitVerdict,
  LeastSquaresSolver,
  Solution,
  Weighting,
} from './types.ts';
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

/** Statistics, intervals and verdicts of a fit (METHODS 0.5, 0.6). Errors are scaled by s^2 = chi^2/(N - p) and for serial correlation. */
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

  const { covariance, determined, conditionNumber } = computeCovariance(
    solution,
    points,
    count,
    variance * inflation ** 2,
  );
  const factor = findCoverageFactor(degreesOfFreedom);
  const spread: Spread = {
    covariance,
    determined,
    variance,
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
    noise: describeNoise(weighting, problem),
    termination: solution.termination,
    evaluations: fit.evaluations,
    starts: fit.starts,
    points,
    degreesOfFreedom,
    rmse,
    chiSquare,
    reducedChiSquare: variance,
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

/** Covariance in the solver's coordinates of the parameters not held by a bound; rows of the others are 0. */
function computeCovariance(
  solution: Solution,
  points: number,
  count: number,
  variance: number,
): { covariance: Float64Array; determined: boolean[]; conditionNumber: number | null } {
  const inside: number[] = [];
  for (let k = 0; k < count; k++) if (solution.atBound[k] === 0) inside.push(k);
  const compact = new Float64Array(points * inside.length);
  inside.forEach((k, c) => {
    compact.set(solution.jacobian.subarray(k * points, (k + 1) * points), c * points);
  });
  const normal = invertNormalMatrix(compact, points, inside.length);
  const covariance = new Float64Array(count * count);
  const determined = new Array<boolean>(count).fill(false);
  inside.forEach((k, c) => {
    determined[k] = normal.determined[c]!;
    inside.forEach((l, d) => {
      const entry = normal.inverse[c * inside.length + d]! * variance;
      covariance[k * count + l] = Number.isFinite(entry) ? entry : 0;
      if (c === d && !Number.isFinite(entry)) determined[k] = false;
    });
  });
  return { covariance, determined, conditionNumber: normal.conditionNumber };
}

function toCorrelation(covariance: Float64Array, n: number): Float64Array {
  return covariance.map((value, index) => {
    const i = Math.floor(index / n);
    const j = index % n;
    if (i === j) return 1;
    const scale = Math.sqrt(covariance[i * n + i]! * covariance[j * n + j]!);
    return scale > 0 ? value / scale : 0;
  });
}

function toRows(matrix: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from(matrix.subarray(i * n, (i + 1) * n)));
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

/** The report of a fit that was not made: every free parameter refused, its value a mere start. */
export function buildFailure(
  request: FitRequest,
  space: ParameterSpace,
  constants: Constants,
  verdict: FitVerdict,
): FitReport {
  const { model } = request;
  const values = toNatural(
    space,
    toFitted(
      space,
      Float64Array.from(model.parameters, (p, j) => request.start?.[p.id] ?? (space.natural[j] || 1)),
    ),
  );
  const parameters: FittedParameter[] = model.parameters.map((parameter, j) => {
    const fixed = !space.free.includes(j);
    return {
      id: parameter.id,
      symbol: parameter.symbol,
      unit: parameter.unit,
      value: values[j]!,
      standardError: null,
      interval95: null,
      intervalFrom: null,
      fixed,
      atBound: null,
      status: fixed ? 'ok' : 'refused',
      reasons: fixed ? [] : [verdict],
    };
  });
  return {
    model: model.id,
    formula: model.formula,
    solver: request.solver ?? 'trust-region',
    weights: request.weighting.kind,
    noise: null,
    termination: 'non-finite',
    evaluations: 0,
    starts: 0,
    points: request.y.length,
    degreesOfFreedom: 0,
    rmse: 0,
    chiSquare: 0,
    reducedChiSquare: 0,
    conditionNumber: null,
    parameters,
    freeIds: space.free.map((j) => model.parameters[j]!.id),
    correlation: [],
    covariance: [],
    lagOne: null,
    runsTest: null,
    aicc: null,
    verdicts: [verdict],
    secondOpinion: null,
    dropped: [],
    residuals: new Float64Array(0),
    constants,
  };
}
