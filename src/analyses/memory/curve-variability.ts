import { mean } from '../../../fitting/index.ts';
import type { Conditioned, Leg } from '../../conditioning/conditioned.ts';
import { FIT_MASK, pickLegPoints, toRisingPoints } from '../../conditioning/leg-points.ts';

const GRID = 200;
const LEAST_CURVES = 2;
const LEAST_POINTS = 5;

export interface CurveVariability {
  /** Root of the summed variance of I over cycles by the summed square of the mean curve. */
  readonly relative: number;
  /** Root mean square over V of the standard deviation of log10 |I| [decades]; null where a current is not above its floor. */
  readonly decades: number | null;
  /** Standard uncertainties by leaving out one cycle at a time (jackknife); null for two cycles, where one is left. */
  readonly relativeError: number | null;
  readonly decadesError: number | null;
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
  const n = curves.length;
  const floor = Math.max(...legs.map((leg) => leg.floor_A));
  const grid = Array.from({ length: GRID }, (_, k) => {
    const at = from_V + (k / (GRID - 1)) * (to_V - from_V);
    return curves.map((points) => interpolate(points.voltage, points.current, at));
  });
  const all = sumVariances(grid, floor);
  if (!all) return null;
  const without =
    n > LEAST_CURVES
      ? curves.map((_, left) =>
          sumVariances(
            grid.map((values) => values.filter((_, k) => k !== left)),
            floor,
          ),
        )
      : [];
  return {
    ...all,
    relativeError: jackknife(without.map((one) => one?.relative ?? null)),
    decadesError: jackknife(without.map((one) => one?.decades ?? null)),
    curves: n,
    from_V,
    to_V,
  };
}

/** Standard error from the values with one sample left out at a time; null where one of them is missing. */
function jackknife(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  const n = known.length;
  if (n < 2 || n < values.length) return null;
  const centre = mean(known);
  return Math.sqrt(((n - 1) / n) * known.reduce((sum, value) => sum + (value - centre) ** 2, 0));
}

/** @param grid currents of all curves [A], a row a voltage */
function sumVariances(
  grid: readonly (readonly number[])[],
  floor: number,
): { readonly relative: number; readonly decades: number | null } | null {
  let variance = 0;
  let square = 0;
  let logVariance = 0;
  let logPoints = 0;
  for (const values of grid) {
    const n = values.length;
    const centre = mean(values);
    variance += values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1);
    square += centre * centre;
    if (values.some((value) => !(Math.abs(value) > floor))) continue;
    const logs = values.map((value) => Math.log10(Math.abs(value)));
    const middle = mean(logs);
    logVariance += logs.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1);
    logPoints++;
  }
  if (!(square > 0)) return null;
  return {
    relative: Math.sqrt(variance / square),
    decades: logPoints > 0 ? Math.sqrt(logVariance / logPoints) : null,
  };
}
