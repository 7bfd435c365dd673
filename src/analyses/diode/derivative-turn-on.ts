import { warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type DerivativeKind, findSteepest } from './steepest.ts';
import { doubled, head, type LegContext } from './turn-on-leg.ts';

export function fromDerivative(context: LegContext, convention: string, kind: DerivativeKind): Quantity {
  const { curve } = context;
  const where = { ...head(context, convention), method: 'derivative' };
  const top = curve.v.reduce((most, v) => Math.max(most, v), 0);
  const extremum = findSteepest(curve.v, curve.i, kind, curve.leg.floor_A, 0.1 * top);
  if (!extremum)
    return refused(
      'turnOnVoltage',
      [
        warning(
          'TOO_FEW_POINTS',
          `A local derivative needs 9 points above ${(0.1 * top).toPrecision(2)} V and the noise floor; the leg has ${curve.v.length} points in all.`,
        ),
      ],
      where,
    );
  return determined('turnOnVoltage', {
    ...where,
    value: extremum.voltage_V,
    standardUncertainty: extremum.standardUncertainty_V,
    interval95: doubled(extremum.voltage_V, extremum.standardUncertainty_V),
    reasons: [
      ...(extremum.nearEnd
        ? [
            warning(
              'REGIME',
              `The maximum at ${extremum.voltage_V.toPrecision(4)} V lies within one smoothing window (${extremum.window_V.toPrecision(2)} V) of the end of the leg.`,
            ),
          ]
        : []),
      ...context.notes,
    ],
  });
}
