import { type Issue, info, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { readState, type StateRead } from './read-state.ts';
import { explainLimit, headOf, logInterval, type Reading } from './state-reading.ts';

export function describeOnOff(reading: Reading, high: Leg, low: Leg, reasons: readonly Issue[]): Quantity {
  const head = headOf(reading, null, 'resistance-ratio');
  const h = readState(reading.conditioned, high, reading.read_V);
  const l = readState(reading.conditioned, low, reading.read_V);
  if (h.kind === 'value' && l.kind === 'value') {
    const value = h.resistance_ohm / l.resistance_ohm;
    const relative = h.relative === null || l.relative === null ? null : Math.hypot(h.relative, l.relative);
    return determined('onOffRatio', {
      ...head,
      value,
      standardUncertainty: relative === null ? null : relative * value,
      interval95: logInterval(value, relative),
      reasons: [
        ...reasons,
        info(
          'NOTE',
          `${Math.log10(value).toFixed(3)}${relative === null ? '' : ` ± ${(relative / Math.LN10).toPrecision(2)}`} decades.`,
        ),
      ],
    });
  }
  const issues = [h, l].flatMap((state) =>
    state.kind === 'value' ? [] : [explainLimit(state, reading.read_V)],
  );
  const limit = (state: StateRead): number =>
    state.kind === 'value' ? state.resistance_ohm : state.kind === 'outside' ? Number.NaN : state.limit_ohm;
  // R_H at least, R_L at most: the ratio is a lower limit in both cases
  const bound = h.kind !== 'clipped' && l.kind !== 'below-floor' ? limit(h) / limit(l) : Number.NaN;
  return bounded('onOffRatio', 'lower', bound, issues as [Issue, ...Issue[]], head);
}

/** Ratio of the two legs where both are above their floors, whatever happened between them. */
export function describeStateRatio(reading: Reading): Quantity {
  const { one } = reading;
  const head = headOf(reading, null, 'legs');
  if (!one.nextLeg)
    return refused(
      'stateRatio',
      [warning('BRANCH_MISSING', `The leg ${one.leg.name} is not followed by one back to 0 V.`)],
      head,
    );
  if (!one.stateRatio)
    return refused(
      'stateRatio',
      [
        warning(
          'BELOW_NOISE_FLOOR',
          `No voltage up to a third of the range has both legs above their floors (${one.leg.floor_A.toPrecision(2)} and ${one.nextLeg.floor_A.toPrecision(2)} A).`,
        ),
      ],
      head,
    );
  const { ratio, voltage_V } = one.stateRatio;
  const signed = one.leg.polarity * voltage_V;
  const value = Math.max(ratio, 1 / ratio);
  const parts = [one.leg, one.nextLeg].map((leg) => readState(reading.conditioned, leg, voltage_V));
  const relative = parts.every((part) => part.kind === 'value' && part.relative !== null)
    ? Math.hypot(...parts.map((part) => (part.kind === 'value' ? (part.relative ?? 0) : 0)))
    : null;
  const side = ratio >= 1 ? 'more' : 'less';
  const moved =
    voltage_V > reading.read_V + 1e-9
      ? ` ${reading.read_V} V lies below the noise floor or the grid of a leg; ${voltage_V.toFixed(3)} V is the first that does not.`
      : '';
  return determined('stateRatio', {
    ...head,
    value,
    standardUncertainty: relative === null ? null : relative * value,
    interval95: logInterval(value, relative),
    range: { role: 'voltage', from: signed, to: signed },
    reasons: [
      info(
        'NOTE',
        `At ${signed.toFixed(3)} V the way back conducts ${value.toPrecision(3)} times ${side} than the way out.${moved}`,
      ),
    ],
  });
}
