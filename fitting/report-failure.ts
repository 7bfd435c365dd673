import { describeObjective } from './objective.ts';
import { type ParameterSpace, toFitted, toNatural } from './parameters.ts';
import type { Constants, FitReport, FitRequest, FittedParameter, FitVerdict } from './types.ts';

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
    objective: describeObjective(request),
    noise: null,
    termination: 'non-finite',
    evaluations: 0,
    starts: 0,
    points: request.y.length,
    degreesOfFreedom: 0,
    rmse: 0,
    chiSquare: 0,
    reducedChiSquare: 0,
    errors: request.errors ?? 'scaled',
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
