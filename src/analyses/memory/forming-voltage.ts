import { mean, standardDeviation } from '../../../fitting/index.ts';
import { warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { LegSwitching } from './switching-survey.ts';

/** First SET of a virgin device: it stands out of the other cycles by three of their standard deviations. */
export function describeForming(legs: readonly LegSwitching[]): Quantity {
  const head: QuantityContext = { method: 'events', convention: 'first-cycle-outlier' };
  const voltages = legs
    .filter((one) => one.set[0])
    .map((one) => {
      const [a, b] = one.set[0]!.interval_V;
      return { leg: one.leg, voltage_V: 0.5 * (a + b), width: b - a };
    });
  const first = voltages[0];
  if (!first || voltages.length < 4)
    return refused(
      'formingVoltage',
      [
        warning(
          'TOO_FEW_POINTS',
          `Forming is told from later cycles: 4 SET events are needed, there ${voltages.length === 1 ? 'is 1' : `are ${voltages.length}`}.`,
        ),
      ],
      head,
    );
  const rest = voltages.slice(1).map((one) => one.voltage_V);
  const threshold = mean(rest) + 3 * Math.max(standardDeviation(rest), first.width / Math.sqrt(12));
  if (first.voltage_V <= threshold)
    return refused(
      'formingVoltage',
      [
        warning(
          'NO_SWITCHING',
          `No forming: the first SET at ${first.voltage_V.toFixed(3)} V lies within 3 standard deviations of the other ${rest.length} (up to ${threshold.toFixed(3)} V).`,
        ),
      ],
      head,
    );
  return determined('formingVoltage', {
    ...head,
    branch: first.leg.name,
    cycle: first.leg.cycle,
    value: first.leg.polarity * first.voltage_V,
    standardUncertainty: first.width / Math.sqrt(12),
  });
}
