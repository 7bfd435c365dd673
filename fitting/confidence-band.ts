import { differentiateNumerically } from './jacobian.ts';
import type { Constants, FitModel, FitReport } from './types.ts';
import { findCoverageFactor } from './verdicts.ts';

/** Values of a model on any abscissa, parameters by id in natural units; parameters left out take their fixed value. */
export function evaluateModel(
  model: FitModel,
  x: readonly Float64Array[],
  parameters: Readonly<Record<string, number>>,
  constants: Constants = {},
  out: Float64Array = new Float64Array(x[0]?.length ?? 0),
): Float64Array {
  const p = Float64Array.from(model.parameters, (spec) => parameters[spec.id] ?? spec.fixedAt ?? 0);
  model.evaluate(x, p, out, { ...model.constants, ...constants });
  return out;
}

export interface Band {
  readonly value: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * 95 % band of a fitted curve, linearised: `confidence` for the curve itself, `prediction` for a further measured point.
 * @param report of a fit of this model; parameters at a bound or without rank count as exact
 */
export function confidenceBand(
  model: FitModel,
  report: FitReport,
  x: readonly Float64Array[],
  kind: 'confidence' | 'prediction' = 'confidence',
): Band {
  const points = x[0]?.length ?? 0;
  const p = Float64Array.from(report.parameters, (parameter) => parameter.value);
  const value = new Float64Array(points);
  model.evaluate(x, p, value, report.constants);
  const columns = model.parameters.map(() => new Float64Array(points));
  const free = report.freeIds.map((id) => model.parameters.findIndex((spec) => spec.id === id));
  if (model.jacobian !== undefined) model.jacobian(x, p, columns, report.constants);
  else {
    const work: [Float64Array, Float64Array] = [new Float64Array(points), new Float64Array(points)];
    const typical = p.map((entry) => Math.abs(entry) || 1);
    differentiateNumerically(model, x, p, free, typical, columns, work, report.constants);
  }
  const chain = free.map((j) => (model.parameters[j]!.transform === 'log' ? p[j]! : 1));
  const factor = report.degreesOfFreedom > 0 ? findCoverageFactor(report.degreesOfFreedom, report.errors) : 0;
  const lower = new Float64Array(points);
  const upper = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    let variance = kind === 'prediction' ? computeNoiseVariance(report, value[i]!) : 0;
    free.forEach((j, a) => {
      free.forEach((l, b) => {
        variance +=
          columns[j]![i]! * chain[a]! * columns[l]![i]! * chain[b]! * (report.covariance[a]?.[b] ?? 0);
      });
    });
    const half = factor * Math.sqrt(Math.max(0, variance));
    lower[i] = value[i]! - half;
    upper[i] = value[i]! + half;
  }
  return { value, lower, upper };
}

/** Variance of one further point in units of y^2; `sigma` weights of a point not measured are unknown: the mean one stands in. */
function computeNoiseVariance(report: FitReport, value: number): number {
  const s2 = report.errors === 'known' ? 1 : report.reducedChiSquare;
  if (report.noise !== null) return s2 * ((report.noise.relative * value) ** 2 + report.noise.absolute ** 2);
  if (report.weights === 'relative') return s2 * value * value;
  return report.weights === 'none' ? s2 : report.rmse ** 2;
}
