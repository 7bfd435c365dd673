import { fitLine } from '../../../fitting/index.ts';

/** Straight lines of the series-limited range (METHODS 1.6); R_s [ohm] and n kT/q [V] with standard errors. */
export interface SeriesCheck {
  readonly method: 'cheung-1' | 'cheung-2' | 'dV/dI' | 'werner';
  readonly resistance_ohm: number;
  readonly resistanceError_ohm: number | null;
  /** Null where the method gives R_s only. */
  readonly slope_V: number | null;
  readonly slopeError_V: number | null;
  readonly r2: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * The four checks on I_c = I - V/R_p and g_d = dI/dV - 1/R_p.
 * @param v,i magnitudes of the series-limited range [V], [A]; @param conductance_S dI/dV at the same points
 * @returns methods whose line exists; a line that falls the wrong way is left out
 */
export function checkSeries(
  v: Float64Array,
  i: Float64Array,
  conductance_S: Float64Array,
  shuntConductance_S: number,
): readonly SeriesCheck[] {
  const current = i.map((one, k) => one - v[k]! * shuntConductance_S);
  const slope = conductance_S.map((one) => one - shuntConductance_S);
  const kept = Array.from(v.keys()).filter((k) => current[k]! > 0 && slope[k]! > 0);
  if (kept.length < 4) return [];
  const I = Float64Array.from(kept, (k) => current[k]!);
  const g = Float64Array.from(kept, (k) => slope[k]!);
  const V = Float64Array.from(kept, (k) => v[k]!);
  const first = fitCheungOne(I, g);
  const checks = [first, fitInverse(I, g), fitWerner(I, g)];
  if (first?.slope_V != null) checks.splice(1, 0, fitCheungTwo(V, I, first.slope_V, first.slopeError_V));
  return checks.filter((check): check is SeriesCheck => check !== null);
}

/** dV/d ln I = R_s I + n kT/q. */
function fitCheungOne(I: Float64Array, g: Float64Array): SeriesCheck | null {
  const y = I.map((one, k) => one / g[k]!);
  const line = fitLine(I, y);
  if (!line || !(line.slope > 0)) return null;
  return {
    method: 'cheung-1',
    resistance_ohm: line.slope,
    resistanceError_ohm: line.slopeError,
    slope_V: line.intercept,
    slopeError_V: line.interceptError,
    r2: line.r2,
    x: I,
    y,
  };
}

/** H(I) = V - (n kT/q) ln I = R_s I + constant. */
function fitCheungTwo(
  V: Float64Array,
  I: Float64Array,
  slope_V: number,
  slopeError_V: number | null,
): SeriesCheck | null {
  const y = V.map((v, k) => v - slope_V * Math.log(I[k]!));
  const line = fitLine(I, y);
  if (!line || !(line.slope > 0)) return null;
  // an error of n kT/q tilts H by the mean of d ln I/dI
  const span = Math.log(I.at(-1)! / I[0]!) / (I.at(-1)! - I[0]!);
  return {
    method: 'cheung-2',
    resistance_ohm: line.slope,
    resistanceError_ohm: Math.hypot(line.slopeError ?? 0, (slopeError_V ?? 0) * span),
    slope_V: null,
    slopeError_V: null,
    r2: line.r2,
    x: I,
    y,
  };
}

/** dV/dI = R_s + (n kT/q)/I. */
function fitInverse(I: Float64Array, g: Float64Array): SeriesCheck | null {
  const x = I.map((one) => 1 / one);
  const y = g.map((one) => 1 / one);
  const line = fitLine(x, y);
  if (!line || !(line.slope > 0)) return null;
  return {
    method: 'dV/dI',
    resistance_ohm: line.intercept,
    resistanceError_ohm: line.interceptError,
    slope_V: line.slope,
    slopeError_V: line.slopeError,
    r2: line.r2,
    x,
    y,
  };
}

/** g_d/I_c = (1 - R_s g_d)/(n kT/q). */
function fitWerner(I: Float64Array, g: Float64Array): SeriesCheck | null {
  const y = g.map((one, k) => one / I[k]!);
  const line = fitLine(g, y);
  if (!line || !(line.slope < 0) || !(line.intercept > 0)) return null;
  const slope_V = 1 / line.intercept;
  const resistance_ohm = -line.slope * slope_V;
  const relative =
    line.slopeError === null || line.interceptError === null || line.covariance === null
      ? null
      : Math.sqrt(
          Math.max(
            0,
            (line.slopeError / line.slope) ** 2 +
              (line.interceptError / line.intercept) ** 2 -
              (2 * line.covariance) / (line.slope * line.intercept),
          ),
        );
  return {
    method: 'werner',
    resistance_ohm,
    resistanceError_ohm: relative === null ? null : relative * resistance_ohm,
    slope_V,
    slopeError_V: line.interceptError === null ? null : line.interceptError * slope_V ** 2,
    r2: line.r2,
    x: g,
    y,
  };
}
