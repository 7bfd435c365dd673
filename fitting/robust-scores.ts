import { median, scaledMad } from './statistics.ts';

/** Beyond this many robust standard deviations a value is proposed as an outlier (Iglewicz and Hoaglin, 1993). */
export const OUTLIER_SCORE = 3.5;
/** The median deviation of fewer values is itself chance: two that agree by luck would cast out all others. */
const LEAST = 8;

export interface RobustScores {
  /** (y - median) / (1.4826 MAD), y the value or its logarithm. */
  readonly scores: readonly number[];
  readonly onLogarithm: boolean;
}

/**
 * Robust z of each value; on the logarithm where all are positive and `onLogarithm` asks for it, since resistances and currents
 * scatter by factors.
 * @returns null for fewer than eight values, or where more than half are equal
 */
export function scoreRobustly(values: readonly number[], onLogarithm: boolean): RobustScores | null {
  if (values.length < LEAST) return null;
  const takesLog = onLogarithm && values.every((value) => value > 0);
  const y = takesLog ? values.map(Math.log) : values;
  const centre = median(y);
  const spread = scaledMad(y, centre);
  // rounding alone is no spread
  if (!(spread > 1e-12 * Math.max(1, Math.abs(centre)))) return null;
  return { scores: y.map((value) => (value - centre) / spread), onLogarithm: takesLog };
}
