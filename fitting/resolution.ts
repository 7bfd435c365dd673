/** Fewer readings do not tell a resolution from chance. */
const ENOUGH = 8;

/**
 * Smallest step q between distinct readings, where the readings of a quiet stretch mostly repeat each other: there the instrument shows
 * its resolution instead of noise, and a robust scatter is 0 or nearly so. Rounding to q adds a standard uncertainty of q/sqrt(12).
 * @param quiet readings where only noise is expected; @param all those of the whole record, asked where all quiet ones are equal
 * @returns 0 where the readings do not repeat, or never differ
 */
export function findResolution(quiet: ArrayLike<number>, all: ArrayLike<number>): number {
  const distinct = new Set(Array.from(quiet));
  if (quiet.length < ENOUGH || distinct.size > quiet.length / 2) return 0;
  const sorted = Float64Array.from(distinct.size > 1 ? distinct : new Set(Array.from(all))).sort();
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < sorted.length; k++) {
    const gap = sorted[k]! - sorted[k - 1]!;
    // readings of one code may differ in the last bit
    if (gap > 1e-9 * Math.abs(sorted[k]!)) least = Math.min(least, gap);
  }
  return Number.isFinite(least) ? least : 0;
}
