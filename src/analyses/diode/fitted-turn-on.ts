import { coverageFactor95, evaluateModel, type FitReport, MODELS } from '../../../fitting/index.ts';
import type { RisingCurve } from '../sweep-legs.ts';
import { fitTangent } from './tangent.ts';

export interface FittedTurnOn {
  readonly turnOn_V: number;
  readonly standardUncertainty_V: number | null;
  readonly interval95: readonly [number, number] | null;
  readonly from_V: number;
  readonly to_V: number;
}

/**
 * The tangent of METHODS 1.4 on the fitted curve at the measured voltages: the definition is the same, the noise is that of the fit.
 * u = sqrt(g' C g), g the derivative of V_on by the fitted parameters, by central differences of a tenth of their errors.
 * @param report a fit of `modified-shockley` to this leg; @returns null where the fit has no parameters or no tangent
 */
export function computeFittedTurnOn(curve: RisingCurve, report: FitReport): FittedTurnOn | null {
  const model = MODELS.get(report.model);
  if (!model || report.parameters.length === 0) return null;
  const natural = Object.fromEntries(report.parameters.map(({ id, value }) => [id, value]));
  const tangentOf = (parameters: Readonly<Record<string, number>>): ReturnType<typeof fitTangent> =>
    fitTangent(curve.v, evaluateModel(model, [curve.v], parameters, report.constants), 0.2);
  const centre = tangentOf(natural);
  if (!('turnOn_V' in centre)) return null;
  const gradient = report.freeIds.map((id, j) => {
    const error = Math.sqrt(report.covariance[j]?.[j] ?? 0);
    const logarithmic = model.parameters.find((spec) => spec.id === id)?.transform === 'log';
    const step = 0.1 * error;
    if (!(step > 0)) return 0;
    const shifted = (sign: number): number => {
      const value = logarithmic ? natural[id]! * Math.exp(sign * step) : natural[id]! + sign * step;
      const tangent = tangentOf({ ...natural, [id]: value });
      return 'turnOn_V' in tangent ? tangent.turnOn_V : Number.NaN;
    };
    return (shifted(1) - shifted(-1)) / (2 * step);
  });
  let variance = 0;
  for (let a = 0; a < gradient.length; a++)
    for (let b = 0; b < gradient.length; b++)
      variance += gradient[a]! * gradient[b]! * (report.covariance[a]?.[b] ?? 0);
  const u = Number.isFinite(variance) && variance >= 0 ? Math.sqrt(variance) : null;
  const half =
    u === null || report.degreesOfFreedom < 1 ? null : coverageFactor95(report.degreesOfFreedom) * u;
  return {
    turnOn_V: centre.turnOn_V,
    standardUncertainty_V: u,
    interval95: half === null ? null : [centre.turnOn_V - half, centre.turnOn_V + half],
    from_V: centre.from_V,
    to_V: centre.to_V,
  };
}
