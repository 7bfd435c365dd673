import { fitLine } from '../../../fitting/index.ts';

export interface Tangent {
  readonly turnOn_V: number;
  readonly standardUncertainty_V: number | null;
  /** Inverse slope [ohm]: the series resistance plus a/I averaged, not R_s. */
  readonly resistance_ohm: number;
  readonly resistanceError_ohm: number | null;
  readonly r2: number;
  readonly points: number;
  readonly from_V: number;
  readonly to_V: number;
}

/**
 * Voltage intercept of the least-squares line through the top `share` of the |V| range (METHODS 1.4, default definition).
 * @param v,i magnitudes of the unclipped points of one leg, |V| rising
 * @returns a failure names the points available or a slope that does not rise
 */
export function fitTangent(
  v: Float64Array,
  i: Float64Array,
  share: number,
): Tangent | { readonly points: number; readonly from_V: number; readonly falls: boolean } {
  let low = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  for (const voltage of v) {
    low = Math.min(low, voltage);
    top = Math.max(top, voltage);
  }
  const from_V = top - share * (top - low);
  const x: number[] = [];
  const y: number[] = [];
  for (let k = 0; k < v.length; k++) {
    if (v[k]! >= from_V - 1e-9 * Math.abs(top)) {
      x.push(v[k]!);
      y.push(i[k]!);
    }
  }
  const line = x.length >= 3 ? fitLine(x, y) : null;
  if (!line) return { points: x.length, from_V, falls: false };
  if (!(line.slope > 0)) return { points: x.length, from_V, falls: true };
  const turnOn_V = -line.intercept / line.slope;
  const variance =
    line.interceptError === null || line.slopeError === null || line.covariance === null
      ? null
      : line.interceptError ** 2 + (turnOn_V * line.slopeError) ** 2 + 2 * turnOn_V * line.covariance;
  return {
    turnOn_V,
    standardUncertainty_V: variance === null ? null : Math.sqrt(Math.max(0, variance)) / line.slope,
    resistance_ohm: 1 / line.slope,
    resistanceError_ohm: line.slopeError === null ? null : line.slopeError / line.slope ** 2,
    r2: line.r2,
    points: x.length,
    from_V,
    to_V: top,
  };
}
