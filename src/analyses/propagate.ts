import { type FitModel, type FitReport, MODELS } from '../../fitting/index.ts';

/** Fitted values by parameter id. */
export function readParameters(report: FitReport): Record<string, number> {
  return Object.fromEntries(report.parameters.map((parameter) => [parameter.id, parameter.value]));
}

/**
 * k = 1 uncertainty of a quantity computed from fitted parameters, from the covariance of the fit (numeric gradient in the
 * coordinates of the fit: ln p for log parameters).
 * @param model of the fit; one that is not among the models of the contract must be given
 */
export function propagateFit(
  report: FitReport,
  compute: (parameters: Readonly<Record<string, number>>) => number,
  model: Pick<FitModel, 'parameters'> | undefined = MODELS.get(report.model),
): number | null {
  if (!model) throw new Error(`no model ${report.model}: its transforms are not known`);
  const specs = model.parameters;
  const values = readParameters(report);
  const gradient = report.freeIds.map((id) => {
    const isLog = specs.find((spec) => spec.id === id)?.transform === 'log';
    const value = values[id]!;
    const index = report.freeIds.indexOf(id);
    const spread = Math.sqrt(Math.abs(report.covariance[index]?.[index] ?? 0)) || 1e-6;
    const step = 1e-3 * spread;
    const shifted = (sign: 1 | -1): number =>
      compute({ ...values, [id]: isLog ? value * Math.exp(sign * step) : value + sign * step });
    return (shifted(1) - shifted(-1)) / (2 * step);
  });
  let variance = 0;
  for (let a = 0; a < gradient.length; a++)
    for (let b = 0; b < gradient.length; b++)
      variance += gradient[a]! * gradient[b]! * (report.covariance[a]?.[b] ?? Number.NaN);
  return Number.isFinite(variance) && variance >= 0 ? Math.sqrt(variance) : null;
}
