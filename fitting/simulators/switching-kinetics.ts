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
 * 1. eta from eta = ln(1 / (eta r t_p)) / (V_p - V_ramp) by iteration from 20. 2. Threshold so that x = `to` there on the ramp.
 * @param ramp_V   switching voltage on the ramp [V], a magnitude
 * @param pulse_V  amplitude of the pulse [V], above `ramp_V`
 * @param pulse_s  its width [s]
 * @param from     share before the ramp  @default 0
 * @param to       share that counts as switched  @default 0.5
 * @returns null where the pair has no solution (pulse not above the ramp, or too long to need the higher voltage)
 */
export function calibrateSwitching(
  ramp_V: number,
  pulse_V: number,
  pulse_s: number,
  feedback: number,
  from = 0,
  to = 0.5,
): SwitchingKinetics | null {
  const way = Math.log((1 + feedback * to) / (1 - to)) - Math.log((1 + feedback * from) / (1 - from));
  const distance = pulse_V - ramp_V;
  if (!(distance > 0)) return null;
  let slope = 20;
  for (let i = 0; i < 200; i++) {
    const next = Math.log(1 / (slope * REFERENCE_RATE * pulse_s)) / distance;
    if (!(next > 0) || !Number.isFinite(next)) return null;
    // the plain iteration converges where slope * distance > 1; the mean of both is safe for the rest
    if (Math.abs(next - slope) <= 1e-14 * slope) return finish(next, ramp_V, feedback, way);
    slope = slope * distance > 3 ? next : (slope + next) / 2;
  }
  return finish(slope, ramp_V, feedback, way);
}

function finish(slope: number, ramp_V: number, feedback: number, way: number): SwitchingKinetics {
  const exponent = Math.log((slope * REFERENCE_RATE * way) / (1 + feedback));
  return { slope, threshold_V: ramp_V - exponent / slope, feedback };
}

/** Rate at which ln[(1 + c x)/(1 - x)] advances at a voltage [1/s]: k (1 + c). */
export function advanceRate(kinetics: SwitchingKinetics, voltage_V: number): number {
  return Math.exp(kinetics.slope * (voltage_V - kinetics.threshold_V)) * (1 + kinetics.feedback);
}

/** ln[(1 + c x)/(1 - x)], which advances evenly in time; x < 1. */
export function readLogOdds({ feedback }: SwitchingKinetics, share: number): number {
  return Math.log1p(((feedback + 1) * share) / (1 - share));
}

/** The share at a value of `readLogOdds`. */
export function shareOfLogOdds({ feedback }: SwitchingKinetics, logOdds: number): number {
  if (logOdds > 600) return 1;
  return Math.min(1, Math.expm1(logOdds) / (Math.exp(logOdds) + feedback));
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
  const advance = advanceRate(kinetics, voltage_V) * step_s;
  if (advance < 1e-18) return share;
  return shareOfLogOdds(kinetics, readLogOdds(kinetics, share) + advance);
}
