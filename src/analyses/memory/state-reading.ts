import { type Issue, warning } from '../../base/issues.ts';
import type { Conditioned, Leg } from '../../conditioning/conditioned.ts';
import type { QuantityContext } from '../../model/build-quantity.ts';
import type { Given } from '../../model/inputs.ts';
import type { StateRead } from './read-state.ts';
import type { LegSwitching } from './switching-survey.ts';

export interface Reading {
  readonly conditioned: Conditioned;
  readonly one: LegSwitching;
  readonly read_V: number;
  readonly given: Given;
}

export function headOf(reading: Reading, branch: Leg | null, convention: string | null): QuantityContext {
  const { one, read_V, given } = reading;
  const v = one.leg.polarity * read_V;
  return {
    branch: (branch ?? one.leg).name,
    cycle: one.leg.cycle,
    method: 'chord',
    convention,
    inputs: { readVoltage_V: given },
    range: { role: 'voltage', from: v, to: v },
  };
}

export function explainLimit(state: Exclude<StateRead, { kind: 'value' }>, read_V: number): Issue {
  if (state.kind === 'clipped')
    return warning(
      'COMPLIANCE_CLIPPED',
      `At ${read_V} V the leg is at the current limit of ${state.current_A.toPrecision(3)} A: R ≤ ${state.limit_ohm.toPrecision(3)} ohm.`,
    );
  if (state.kind === 'below-floor')
    return warning(
      'BELOW_NOISE_FLOOR',
      `At ${read_V} V the current is below the floor of ${state.floor_A.toPrecision(2)} A: R ≥ ${state.limit_ohm.toPrecision(3)} ohm.`,
    );
  if (!Number.isFinite(state.from_V)) return warning('NO_DATA', 'The leg holds no usable point.');
  return warning(
    'RANGE_NOT_REACHED',
    `The read voltage of ${read_V} V lies outside the leg (${state.from_V.toPrecision(3)} to ${state.to_V.toPrecision(3)} V).`,
  );
}

export function logInterval(value: number, relative: number | null): [number, number] | null {
  return relative === null ? null : [value * Math.exp(-1.96 * relative), value * Math.exp(1.96 * relative)];
}
