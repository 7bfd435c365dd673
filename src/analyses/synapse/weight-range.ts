import { warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Fitted, findEnds } from './weight-fit.ts';
import type { WeightCurve, WeightTable } from './weight-table.ts';

/** Scatter of the weight at the same pulse number over cycles, pooled; null for a single cycle. */
function poolCycleScatter(curve: WeightCurve): { sigma: number; freedom: number } | null {
  const groups = new Map<number, number[]>();
  for (let k = 0; k < curve.pulse.length; k++) {
    const list = groups.get(curve.pulse[k]!);
    if (list) list.push(curve.weight[k]!);
    else groups.set(curve.pulse[k]!, [curve.weight[k]!]);
  }
  let sum = 0;
  let freedom = 0;
  for (const values of groups.values()) {
    const centre = values.reduce((a, b) => a + b, 0) / values.length;
    sum += values.reduce((a, b) => a + (b - centre) ** 2, 0);
    freedom += values.length - 1;
  }
  return freedom > 0 ? { sigma: Math.sqrt(sum / freedom), freedom } : null;
}

/** Largest over smallest end of the fitted curves; the smallest may be lost in its error. */
function describeFittedRange(
  fits: readonly Fitted[],
): Pick<Parameters<typeof determined>[1], 'value' | 'standardUncertainty' | 'reasons'> {
  const { least, most } = findEnds(fits);
  const value = most.value / least.value;
  return {
    value,
    standardUncertainty: Math.abs(value) * Math.hypot(least.error / least.value, most.error / most.value),
    reasons:
      least.value > 2 * least.error
        ? []
        : [
            warning(
              'BELOW_NOISE_FLOOR',
              `The smallest weight, ${least.value.toPrecision(2)}, is not told from 0 (error ${least.error.toPrecision(2)}).`,
            ),
          ],
  };
}

export function describeRange(table: WeightTable, fits: readonly Fitted[]): Quantity[] {
  const values = fits.flatMap((fit) => [...fit.curve.weight]);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const rms = Math.sqrt(
    fits.reduce((sum, fit) => sum + fit.report.rmse ** 2 * fit.report.points, 0) / values.length,
  );
  const range = [
    determined('dynamicRange', {
      method: 'weight-update',
      convention: 'ends of the fitted curves',
      ...describeFittedRange(fits),
      points: values.length,
    }),
    determined('dynamicRange', {
      method: 'largest over smallest weight',
      convention: 'readings',
      value: most / least,
      standardUncertainty: (most / least) * Math.hypot(rms / most, rms / least),
      points: values.length,
      reasons:
        least > 0 ? [] : [warning('BELOW_NOISE_FLOOR', `The smallest weight is ${least.toPrecision(2)}.`)],
    }),
  ];
  const scatters = fits.map((fit) => poolCycleScatter(fit.curve)).filter((one) => one !== null);
  const pooled =
    scatters.length > 0
      ? Math.sqrt(scatters.reduce((sum, s) => sum + s.sigma ** 2, 0) / scatters.length)
      : null;
  const freedom =
    pooled === null
      ? Math.max(1, values.length - 3 * fits.length)
      : scatters.reduce((sum, s) => sum + s.freedom, 0);
  const sigma = pooled ?? rms;
  const head: QuantityContext = {
    method: 'range over twice the scatter',
    convention: pooled === null ? 'scatter about the fitted curve' : 'scatter from cycle to cycle',
    points: values.length,
  };
  if (!(sigma > 1e-9 * (most - least)))
    return [
      ...range,
      refused(
        'effectiveLevels',
        [
          warning('NOT_IDENTIFIABLE', 'The weights show no scatter: the levels are not limited by it.', {
            subject: 'scatter',
          }),
        ],
        head,
      ),
    ];
  const ends = findEnds(fits);
  const span = ends.most.value - ends.least.value;
  const value = span / (2 * sigma);
  const levels = determined('effectiveLevels', {
    ...head,
    value,
    standardUncertainty:
      value * Math.hypot(Math.hypot(ends.most.error, ends.least.error) / span, 1 / Math.sqrt(2 * freedom)),
    reasons:
      pooled === null
        ? [
            warning(
              'TOO_FEW_POINTS',
              `One cycle of ${table.pulses} pulses: the scatter from cycle to cycle is not known.`,
            ),
          ]
        : [],
  });
  return [...range, levels];
}
