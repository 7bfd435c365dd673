import { coverageFactor95, fitLine, studentCdf } from '../../fitting/index.ts';

/** A weighted straight line through a series and whether it moves at all (METHODS 5.1). */
export interface Trend {
  readonly slope: number;
  /** k = 1, from the scatter about the line. */
  readonly slopeError: number;
  readonly interval95: readonly [number, number];
  /** Two-sided, of no slope. */
  readonly p: number;
  readonly from: number;
  readonly to: number;
  /** |slope| times range below twice its uncertainty. */
  readonly stable: boolean;
}

/** Trend of y against x with the uncertainty of each y; null for fewer than three different x. */
export function fitTrend(x: readonly number[], y: readonly number[], sigma: readonly number[]): Trend | null {
  if (new Set(x).size < 3) return null;
  const line = fitLine(x, y, { sigma });
  if (!line || line.slopeError === null) return null;
  const freedom = x.length - 2;
  const factor = coverageFactor95(freedom);
  const { slope, slopeError } = line;
  return {
    slope,
    slopeError,
    interval95: [slope - factor * slopeError, slope + factor * slopeError],
    p: slopeError > 0 ? 2 * (1 - studentCdf(Math.abs(slope) / slopeError, freedom)) : slope === 0 ? 1 : 0,
    from: Math.min(...x),
    to: Math.max(...x),
    stable: Math.abs(slope) < 2 * slopeError,
  };
}
