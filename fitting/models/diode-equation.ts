import { lambertWExp } from '../special.ts';

/**
 * The modified Shockley equation, solved point by point without cancellation (FITTING 4, METHODS 1.1):
 * I = I_s {exp[(V - I R_s)/a] - c} + I_s2 {exp[(V - I R_s)/a2] - c} + (V - I R_s)/R_p - I_ph, c = 1 (physical) or 0 (printed).
 * u = V - I R_s is the junction voltage, E = I_s exp(u/a) the forward junction current.
 */
export interface Diode {
  /** [A], > 0. */
  saturationCurrent: number;
  /** a = n k T / q [V]. */
  slope_V: number;
  /** [ohm], >= 0. */
  seriesResistance: number;
  /** 1/R_p [S], >= 0. */
  shuntConductance: number;
  /** [A] */
  photocurrent: number;
  /** 0 = no second diode [A]. */
  saturationCurrent2: number;
  /** [V] */
  slope2_V: number;
  /** 1: physical form; 0: the form printed without -1. */
  physical: 0 | 1;
}

/** Places of the solution in the array `solveDiode` fills: current [A], junction voltage [V], E and E2 [A]. */
export const CURRENT = 0;
export const JUNCTION = 1;
export const FORWARD = 2;
export const FORWARD2 = 3;

/** Solves the diode at one voltage [V] into `out` (4 places). Relative error about 1e-13 where the terms do not cancel by themselves. */
export function solveDiode(diode: Diode, voltage_V: number, out: Float64Array): void {
  if (diode.saturationCurrent2 > 0) solveTwoDiodes(diode, voltage_V, out);
  else solveOneDiode(diode, diode.saturationCurrent, diode.slope_V, voltage_V, out);
}

function solveOneDiode(diode: Diode, Is: number, a: number, V: number, out: Float64Array): void {
  const { seriesResistance: Rs, shuntConductance: g, photocurrent: Iph, physical: c } = diode;
  out[FORWARD2] = 0;
  if (Rs === 0) {
    out[CURRENT] = Is * (c === 1 ? Math.expm1(V / a) : Math.exp(V / a)) + V * g - Iph;
    out[JUNCTION] = V;
    out[FORWARD] = Is * Math.exp(V / a);
    return;
  }
  const d = 1 + Rs * g;
  const G = d / Rs;
  const b = V / Rs + Iph;
  if (c === 1 && Is * 1.718281828459045 + a * G >= b) {
    solveNearZero(Is, a, G, b, Rs, g, Iph, V, out);
    return;
  }
  const x = Math.log((Is * Rs) / (a * d)) + (V + Rs * (c * Is + Iph)) / (a * d);
  const w = lambertWExp(x);
  const current = (V * g - c * Is - Iph) / d + (a / Rs) * w;
  const forward = w * a * G;
  out[CURRENT] = current;
  // For u > 0 the logarithm keeps the digits which V - I R_s loses when the series resistance takes all.
  const junction = V - current * Rs;
  out[JUNCTION] =
    Math.abs(junction) < 0.1 * Math.abs(V) && forward > 0 ? a * Math.log(forward / Is) : junction;
  out[FORWARD] = forward;
}

/**
 * Junction voltages up to a: W(e^x) would leave I as the difference of two saturation currents. Newton on
 * Is expm1(u/a) + u G = b, which is convex: from the right it never passes the root.
 */
function solveNearZero(
  Is: number,
  a: number,
  G: number,
  b: number,
  Rs: number,
  g: number,
  Iph: number,
  V: number,
  out: Float64Array,
): void {
  let u = b > 0 ? Math.min(a, b / G) : 0;
  let m = Math.expm1(u / a);
  for (let k = 0; k < 60; k++) {
    const change = (b - u * G - Is * m) / (G + (Is / a) * (m + 1));
    u += change;
    m = Math.expm1(u / a);
    if (Math.abs(change) <= 1e-9 * Math.abs(u)) break;
  }
  const change = (b - u * G - Is * m) / (G + (Is / a) * (m + 1));
  u += change;
  m += (m + 1) * (change / a);
  out[CURRENT] = Math.abs(u) < Math.abs(V) / 2 ? (V - u) / Rs : Is * m + u * g - Iph;
  out[JUNCTION] = u;
  out[FORWARD] = Is * (m + 1);
}

/** Both diodes: each alone bounds u from above, and the sum is convex, so Newton descends to the root. */
function solveTwoDiodes(diode: Diode, V: number, out: Float64Array): void {
  const { seriesResistance: Rs, shuntConductance: g, photocurrent: Iph, physical: c } = diode;
  const { saturationCurrent: I1, slope_V: a1, saturationCurrent2: I2, slope2_V: a2 } = diode;
  const bend1 = c === 1 ? Math.expm1 : Math.exp;
  if (Rs === 0) {
    out[CURRENT] = I1 * bend1(V / a1) + I2 * bend1(V / a2) + V * g - Iph;
    out[JUNCTION] = V;
    out[FORWARD] = I1 * Math.exp(V / a1);
    out[FORWARD2] = I2 * Math.exp(V / a2);
    return;
  }
  solveOneDiode(diode, I2, a2, V, out);
  const alone = out[JUNCTION]!;
  solveOneDiode(diode, I1, a1, V, out);
  const b = V / Rs + Iph;
  const G = 1 / Rs + g;
  // In reverse the physical form's extra -I_s2 puts a diode alone below the common root; 0 is then on its right.
  let u = c === 1 && b < 0 ? 0 : Math.min(out[JUNCTION]!, alone);
  for (let k = 0; k < 100; k++) {
    const e1 = I1 * Math.exp(u / a1);
    const e2 = I2 * Math.exp(u / a2);
    const misfit = b - u * G - I1 * bend1(u / a1) - I2 * bend1(u / a2);
    const change = misfit / (G + e1 / a1 + e2 / a2);
    u += change;
    if (Math.abs(change) <= 4e-16 * Math.abs(u) || u === 0) break;
  }
  const junction = I1 * bend1(u / a1) + I2 * bend1(u / a2) + u * g - Iph;
  out[CURRENT] = Math.abs(u) < Math.abs(V) / 2 ? (V - u) / Rs : junction;
  out[JUNCTION] = u;
  out[FORWARD] = I1 * Math.exp(u / a1);
  out[FORWARD2] = I2 * Math.exp(u / a2);
}
