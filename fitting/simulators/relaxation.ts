import { thermalVoltage_V } from '../constants.ts';

/** How the state of a filament at rest goes back to the high resistance: what a retention test sees. */
export interface Relaxation {
  /** Time constant at the temperature of the device [s]. */
  readonly constant_s: number;
  /** Share of the state lost a decade of time, beyond the constant; null where the loss is exponential. */
  readonly sharePerDecade: number | null;
}

/** Temperature the time constants are quoted at [K]. */
const REFERENCE_K = 300;

/** Time constant at another temperature: tau exp[E_a/k (1/T - 1/300 K)], E_a in eV. */
export function activateTime(constant_s: number, energy_eV: number, temperature_K: number): number {
  return (
    constant_s *
    Math.exp(energy_eV / thermalVoltage_V(temperature_K) - energy_eV / thermalVoltage_V(REFERENCE_K))
  );
}

/**
 * Exact step of a state at rest. Exponential: x exp(-t/tau). Else the loss grows with the logarithm of the age, x0 - s log10(1 + age/tau),
 * so that the resistance follows the power law (1 + age/tau)^nu that retention plots are fitted with (METHODS 2.9).
 * @param state  share of the filament, in [0, 1]
 * @param age_s  time at rest since the filament last grew
 */
export function relaxState(relaxation: Relaxation, state: number, age_s: number, step_s: number): number {
  const { constant_s, sharePerDecade } = relaxation;
  if (sharePerDecade === null) return state * Math.exp(-step_s / constant_s);
  return Math.max(0, state - (sharePerDecade * Math.log1p(step_s / (constant_s + age_s))) / Math.LN10);
}
