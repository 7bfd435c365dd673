import { info, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { readState } from './read-state.ts';
import { explainLimit, headOf, type Reading } from './state-reading.ts';

export function describeDifferential(reading: Reading, leg: Leg, convention: string): Quantity {
  const head = { ...headOf(reading, leg, convention), method: 'local-slope' };
  const state = readState(reading.conditioned, leg, reading.read_V);
  if (state.kind !== 'value')
    return refused('differentialResistance', [explainLimit(state, reading.read_V)], head);
  if (state.differential === null)
    return refused(
      'differentialResistance',
      [
        warning(
          'BELOW_NOISE_FLOOR',
          `The slope of I(V) at ${reading.read_V} V is not three times its standard error.`,
        ),
      ],
      head,
    );
  const { value_ohm, error_ohm } = state.differential;
  return determined('differentialResistance', {
    ...head,
    value: value_ohm,
    standardUncertainty: error_ohm,
    reasons: error_ohm === null ? [info('NOTE', 'A line through two points has no scatter.')] : [],
  });
}

/** NL = I(V)/I(V/2) at the read voltage (METHODS 2.10). */
export function describeNonlinearity(reading: Reading, leg: Leg): Quantity {
  const head = headOf(reading, leg, 'at-read-voltage');
  const whole = readState(reading.conditioned, leg, reading.read_V);
  const half = readState(reading.conditioned, leg, reading.read_V / 2);
  if (whole.kind !== 'value')
    return refused('halfBiasNonlinearity', [explainLimit(whole, reading.read_V)], head);
  const current = reading.read_V / whole.resistance_ohm;
  if (half.kind === 'below-floor')
    return bounded(
      'halfBiasNonlinearity',
      'lower',
      current / half.floor_A,
      [explainLimit(half, reading.read_V / 2)],
      head,
    );
  if (half.kind !== 'value')
    return refused('halfBiasNonlinearity', [explainLimit(half, reading.read_V / 2)], head);
  const relative =
    whole.relative === null || half.relative === null ? null : Math.hypot(whole.relative, half.relative);
  const value = (2 * half.resistance_ohm) / whole.resistance_ohm;
  return determined('halfBiasNonlinearity', {
    ...head,
    value,
    standardUncertainty: relative === null ? null : relative * value,
  });
}
