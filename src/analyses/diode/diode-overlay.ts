import { evaluateModel, type FitReport, MODELS } from '../../../fitting/index.ts';
import type { Overlay } from '../../model/quantity.ts';
import type { RisingCurve } from '../sweep-legs.ts';
import { fittedValue } from './diode-fit.ts';

const DRAWN_POINTS = 241;

/** The fitted curve on a fine grid with the weighted residuals of its points. */
export function drawDiodeFit(curve: RisingCurve, report: FitReport, temperature_K: number): Overlay {
  const s = curve.leg.polarity;
  const from = curve.v[0]!;
  const to = curve.v.at(-1)!;
  const v = Float64Array.from(
    { length: DRAWN_POINTS },
    (_, k) => from + ((to - from) * k) / (DRAWN_POINTS - 1),
  );
  const parameters = Object.fromEntries(report.parameters.map(({ id, value }) => [id, value]));
  const i = evaluateModel(MODELS.get('modified-shockley')!, [v], parameters, report.constants);
  const n = fittedValue(report, 'idealityFactor');
  return {
    id: `fit-${curve.leg.name}-${curve.leg.cycle}`,
    kind: 'fit',
    label: `Modified Shockley, n ${n.toPrecision(3)} at ${temperature_K.toFixed(0)} K`,
    branch: curve.leg.name,
    x: { role: 'voltage', data: v.map((one) => s * one) },
    y: { role: 'current', data: i.map((one) => s * one) },
    residuals: {
      rows: curve.points.rows,
      x: curve.v.map((one) => s * one),
      sigma: Float64Array.from(report.residuals),
    },
  };
}
