import type { LineFit } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';

/** Fewer readings cannot show a bend beside their scatter. */
const LEAST_FOR_BEND = 6;
/** Standard errors of the quadratic term, and the height of the bow over the readings [decades], from which a trend is bent. */
const BENT_ERRORS = 4;
const BENT_DECADES = 0.01;

/** What a straight line cannot say: log R bends against log t, so nothing beyond the readings follows from the line. */
export function describeBend(
  name: string,
  line: LineFit,
  x: readonly number[],
  y: readonly number[],
): Issue[] {
  const n = x.length;
  if (n < LEAST_FOR_BEND) return [];
  const mean = x.reduce((a, b) => a + b, 0) / n;
  const square = x.map((v) => (v - mean) ** 2);
  const sxx = square.reduce((a, b) => a + b, 0);
  const average = sxx / n;
  const skew = x.reduce((sum, v, i) => sum + (v - mean) * square[i]!, 0) / sxx;
  // the part of x^2 that no line takes up
  const bow = square.map((s, i) => s - average - skew * (x[i]! - mean));
  const norm = bow.reduce((sum, b) => sum + b * b, 0);
  if (!(norm > 0)) return [];
  const residual = y.map((v, i) => v - line.intercept - line.slope * x[i]!);
  const term = residual.reduce((sum, r, i) => sum + r * bow[i]!, 0) / norm;
  const rest = residual.reduce((sum, r, i) => sum + (r - term * bow[i]!) ** 2, 0);
  const error = Math.sqrt(rest / (n - 3) / norm);
  const height =
    Math.abs(term) * (bow.reduce((a, b) => Math.max(a, b)) - bow.reduce((a, b) => Math.min(a, b)));
  if (Math.abs(term) < BENT_ERRORS * error || height < BENT_DECADES) return [];
  return [
    warning(
      'MODEL_REJECTED',
      `log R of the ${name} bends ${term > 0 ? 'up' : 'down'} against log t by ${height.toPrecision(2)} decades over the readings: what lies beyond them does not follow from a line.`,
    ),
  ];
}

interface Readings {
  readonly time_s: readonly number[];
  readonly resistance_ohm: readonly number[];
}

/** Times between which the ratio of both states fell below a threshold for good; `before_s` null where no reading lies above. */
export interface MeasuredCrossing {
  readonly before_s: number | null;
  readonly after_s: number;
  /** By interpolation of log ratio against log t. */
  readonly value_s: number;
}

/** Where the readings themselves show the end of the window; null where the last one is above the threshold or the states were read at different times. */
export function findCrossing(high: Readings, low: Readings, threshold: number): MeasuredCrossing | null {
  const pairs = high.time_s.flatMap((t, i) => {
    const j = low.time_s.indexOf(t);
    return j < 0 ? [] : [{ t, ratio: Math.log(high.resistance_ohm[i]! / low.resistance_ohm[j]!) }];
  });
  pairs.sort((a, b) => a.t - b.t);
  const level = Math.log(threshold);
  const last = pairs.findLastIndex(({ ratio }) => ratio >= level);
  const after = pairs[last + 1];
  if (!after) return null;
  const before = pairs[last];
  if (!before) return { before_s: null, after_s: after.t, value_s: after.t };
  const share = (before.ratio - level) / (before.ratio - after.ratio);
  return { before_s: before.t, after_s: after.t, value_s: before.t * (after.t / before.t) ** share };
}
