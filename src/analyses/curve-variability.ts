import type { Conditioned, Leg } from '../conditioning/conditioned.ts';
import { FIT_MASK, pickLegPoints, toRisingPoints } from '../conditioning/leg-points.ts';

const GRID = 200;
const LEAST_CURVES = 2;
const LEAST_POINTS = 5;

export interface CurveVariability {
  /** Root of the summed variance of I over cycles by the summed square of the mean curve. */
  readonly relative: number;
  /** Root mean square over V of the standard deviation of log10 |I| [decades]; null where a current is not above its floor. */
  readonly decades: number | null;
  readonly curves: number;
  readonly from_V: number;
  readonly to_V: number;
}

function interpolate(v: Float64Array, i: Float64Array, at: number): number {
  let high = v.findIndex((one) => one >= at);
  if (high < 0) high = v.length - 1;
  if (high === 0) return i[0]!;
  const share = (at - v[high - 1]!) / (v[high]! - v[high - 1]!);
  return i[high - 1]! + share * (i[high]! - i[high - 1]!);
}

/**
 * Variability of whole curves: the same leg of several cycles on one grid of |V| that all reach. Every point of every curve
 * counts, so events that move and states that spread both show.
 */
export function measureCurveVariability(
  conditioned: Conditioned,
  legs: readonly Leg[],
): CurveVariability | null {
  const curves = legs
    .map((leg) => toRisingPoints(pickLegPoints(conditioned, leg, FIT_MASK)))
    .filter((points) => points.voltage.length >= LEAST_POINTS);
  if (curves.length < LEAST_CURVES) return null;
  const from_V = Math.max(...curves.map((points) => points.voltage[0]!));
  const to_V = Math.min(...curves.map((points) => points.voltage.at(-1)!));
  if (!(to_V > from_V)) return null;
  let variance = 0;
  let square = 0;
  let logVariance = 0;
  let logPoints = 0;
  const n = curves.length;
  const floor = Math.max(...legs.map((leg) => leg.floor_A));
  for (let k = 0; k < GRID; k++) {
    const at = from_V + (k / (GRID - 1)) * (to_V - from_V);
    const values = curves.map((points) => interpolate(points.voltage, points.current, at));
    const mean = values.reduce((a, b) => a + b, 0) / n;
    variance += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
    square += mean * mean;
    if (values.some((value) => !(Math.abs(value) > floor))) continue;
    const logs = values.map((value) => Math.log10(Math.abs(value)));
    const centre = logs.reduce((a, b) => a + b, 0) / n;
    logVariance += logs.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1);
    logPoints++;
  }
  if (!(square > 0)) return null;
  return {
    relative: Math.sqrt(variance / square),
    decades: logPoints > 0 ? Math.sqrt(logVariance / logPoints) : null,
    curves: n,
    from_V,
    to_V,
  };
}
