/**
 * Voltage-exponential, autocatalytic switching of a filament (METHODS 8.3): dx/dt = k (1 - x)(1 + c x) with
 * k = exp(slope (|v| - threshold)), x the switched share.
 */
export interface SwitchingKinetics {
  /** eta [1/V] */
  readonly slope: number;
  /** Voltage at which k = 1 / s [V], a magnitude. */
  readonly threshold_V: number;
  /** c */
  readonly feedback: number;
}

/** Rate of the ramps the threshold voltages are quoted at [V/s]. */
const REFERENCE_RATE = 0.1;

/**
 * Kinetics from two numbers every lab has: the voltage at which a 0.1 V/s ramp switches, and one pulse that just does.
 * 1. eta from eta = ln(1 / (eta r t_p)) / (V_p - V_ramp) by iteration from 20. 2. Threshold so that x = 0.5 on the ramp.
 * @param ramp_V   switching voltage on the ramp [V], a magnitude
 * @param pulse_V  amplitude of the pulse [V], above `ramp_V`
 * @param pulse_s  its width [s]
 * @returns null where the pair has no solution (pulse not above the ramp, or too long to need the higher voltage)
 */
export function calibrateSwitching(
  ramp_V: number,
  pulse_V: number,
  pulse_s: number,
  feedback: number,
): SwitchingKinetics | null {
  const distance = pulse_V - ramp_V;
  if (!(distance > 0)) return null;
  let slope = 20;
  for (let i = 0; i < 200; i++) {
    const next = Math.log(1 / (slope * REFERENCE_RATE * pulse_s)) / distance;
    if (!(next > 0) || !Number.isFinite(next)) return null;
    // the plain iteration converges where slope * distance > 1; the mean of both is safe for the rest
    if (Math.abs(next - slope) <= 1e-14 * slope) return finish(next, ramp_V, feedback);
    slope = slope * distance > 3 ? next : (slope + next) / 2;
  }
  return finish(slope, ramp_V, feedback);
}

function finish(slope: number, ramp_V: number, feedback: number): SwitchingKinetics {
  const exponent = Math.log((slope * REFERENCE_RATE * Math.log(feedback + 2)) / (1 + feedback));
  return { slope, threshold_V: ramp_V - exponent / slope, feedback };
}

/**
 * Exact step of the switched share at a frozen voltage; stays in [0, 1] for any step, so it is unconditionally stable.
 * @param share      x in [0, 1]
 * @param voltage_V  magnitude of the voltage on the filament [V]
 */
export function stepSwitching(
  kinetics: SwitchingKinetics,
  share: number,
  voltage_V: number,
  step_s: number,
): number {
  if (share >= 1) return 1;
  const c = kinetics.feedback;
  const advance = Math.exp(kinetics.slope * (voltage_V - kinetics.threshold_V)) * (1 + c) * step_s;
  if (advance < 1e-18) return share;
  const logOdds = Math.log1p(((c + 1) * share) / (1 - share)) + advance;
  if (logOdds > 600) return 1;
  return Math.min(1, Math.expm1(logOdds) / (Math.exp(logOdds) + c));
}
