import { buildRisingCurve } from '../../src/analyses/sweep-legs.ts';
import type { BranchFit } from '../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { evaluateModel, MODELS } from '../../src/pipeline/list-models.ts';
import type { SimulatedLine } from '../plot/view-options.ts';
import type { Trial } from './view-state.ts';

const DRAWN_POINTS = 241;

/** The model of a fit at the values of a trial, over the range of the fit. */
export function drawTrial(fit: BranchFit, trial: Trial): SimulatedLine | null {
  const model = MODELS.get(fit.report.model);
  if (!model) return null;
  const sign = fit.window.from + fit.window.to < 0 ? -1 : 1;
  const [from, to] = [sign * fit.window.from, sign * fit.window.to];
  const x = Float64Array.from(
    { length: DRAWN_POINTS },
    (_, k) => from + ((to - from) * k) / (DRAWN_POINTS - 1),
  );
  const fitted = Object.fromEntries(fit.report.parameters.map(({ id, value }) => [id, value]));
  const y = evaluateModel(model, [x], { ...fitted, ...trial.values }, fit.report.constants);
  return {
    label: 'at these values, not fitted',
    x: x.map((one) => sign * one),
    y: y.map((one) => sign * one),
  };
}

/** What the model itself would start from on this leg; null where it knows no start. */
export function guessValues(
  outcome: MeasurementOutcome,
  fit: BranchFit,
): Readonly<Record<string, number>> | null {
  const model = MODELS.get(fit.report.model);
  const { conditioned } = outcome;
  const leg = conditioned?.legs.find((one) => one.name === fit.branch && one.cycle === fit.cycle);
  if (!model?.starts || !conditioned || !leg) return null;
  const curve = buildRisingCurve(conditioned, leg);
  const low = Math.min(Math.abs(fit.window.from), Math.abs(fit.window.to));
  const high = Math.max(Math.abs(fit.window.from), Math.abs(fit.window.to));
  const inside = [...curve.v.keys()].filter((k) => curve.v[k]! >= low && curve.v[k]! <= high);
  const take = (values: Float64Array) => Float64Array.from(inside, (k) => values[k]!);
  const [start] = model.starts([take(curve.v)], take(curve.i), null, fit.report.constants);
  if (!start) return null;
  return Object.fromEntries(model.parameters.map(({ id }, j) => [id, start[j]!]));
}
