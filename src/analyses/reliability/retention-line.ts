import type { LineFit } from '../../../fitting/index.ts';

/** Ten years as METHODS counts them [s]. */
export const TEN_YEARS_S = 3.156e8;

/** A line at `at` with the k = 1 uncertainty of a new reading there (prediction, not of the line alone). */
export function predictReading(
  line: LineFit,
  x: readonly number[],
  at: number,
): { value: number; error: number } {
  const n = x.length;
  const mean = x.reduce((a, b) => a + b, 0) / n;
  const sxx = x.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return {
    value: line.intercept + line.slope * at,
    error: line.rms * Math.sqrt(1 + 1 / n + (at - mean) ** 2 / sxx),
  };
}
