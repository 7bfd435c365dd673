import { type Issue, warning } from '../../base/issues.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { RisingCurve } from '../sweep-legs.ts';
import { fitShuntLine } from './shunt-line.ts';

/** R_p of the straight start as a record of its own, beside the one of the fit. */
export function shuntOfLine(curve: RisingCurve, head: QuantityContext, turnOn_V?: number): Quantity {
  const where: QuantityContext = {
    ...head,
    method: 'low-voltage-line',
    convention: 'low-voltage-line',
    inputs: {},
  };
  const top = curve.v.at(-1) ?? 0;
  const line = fitShuntLine(curve.v, curve.i, turnOn_V ?? 0.5 * top, curve.leg.floor_A);
  if (line.resistance_ohm === null) {
    const reason = warning(
      'BELOW_NOISE_FLOOR',
      `Only ${line.points} points below ${line.top_V.toPrecision(2)} V lie above the floor of ${curve.leg.floor_A.toPrecision(2)} A (4 needed).`,
    );
    return line.top_V > 0
      ? bounded('shuntResistance', 'lower', line.top_V / curve.leg.floor_A, [reason], where)
      : refused('shuntResistance', [reason], where);
  }
  const reasons: Issue[] = [];
  if (line.curved)
    reasons.push(
      warning(
        'REGIME',
        `The start below ${line.top_V.toPrecision(2)} V is curved: the leakage is not ohmic.`,
      ),
    );
  if (Math.abs(line.theilSen_ohm / line.resistance_ohm - 1) > 0.2)
    reasons.push(
      warning(
        'METHODS_DISAGREE',
        `The Theil-Sen line gives ${line.theilSen_ohm.toPrecision(3)} ohm, least squares ${line.resistance_ohm.toPrecision(3)} ohm.`,
      ),
    );
  const u = line.standardUncertainty_ohm;
  return determined('shuntResistance', {
    ...where,
    value: line.resistance_ohm,
    standardUncertainty: u,
    interval95: u === null ? null : [line.resistance_ohm - 1.96 * u, line.resistance_ohm + 1.96 * u],
    range: { role: 'voltage', from: 0, to: curve.leg.polarity * line.top_V },
    points: line.points,
    reasons,
  });
}
