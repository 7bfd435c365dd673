import { incompleteBeta } from './statistics.ts';

/** Scatter within and between groups, kept apart: one-way random effects. All in the unit of the values, or its square. */
export interface VarianceComponents {
  readonly groups: number;
  readonly count: number;
  /** Pooled standard deviation within groups (cycle to cycle) and its degrees of freedom. */
  readonly within: number;
  readonly withinDegrees: number;
  /** Standard deviation of the true group means (device to device); null where the scatter within explains all of it. */
  readonly between: number | null;
  readonly meanSquareWithin: number;
  readonly meanSquareBetween: number;
  /** MS_between over MS_within, and the chance of a larger one without any difference between groups. */
  readonly f: number;
  readonly p: number;
  /** Values per group that count: (N - sum n_i^2 / N) / (k - 1). */
  readonly effectiveSize: number;
}

/**
 * Method of moments for unequal groups (METHODS 2.6): s_b^2 = (MS_between - MS_within) / n_0.
 * @param groups values of each group; groups of one value take part in MS_between alone
 * @returns null for fewer than two groups, or where no group has two values
 */
export function separateVariances(groups: readonly (readonly number[])[]): VarianceComponents | null {
  const used = groups.filter((values) => values.length > 0);
  const k = used.length;
  const count = used.reduce((sum, values) => sum + values.length, 0);
  const withinDegrees = count - k;
  if (k < 2 || withinDegrees < 1) return null;
  const means = used.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const grand = used.reduce((sum, values, i) => sum + values.length * means[i]!, 0) / count;
  let inside = 0;
  let outside = 0;
  let squares = 0;
  used.forEach((values, i) => {
    for (const value of values) inside += (value - means[i]!) ** 2;
    outside += values.length * (means[i]! - grand) ** 2;
    squares += values.length ** 2;
  });
  const meanSquareWithin = inside / withinDegrees;
  const meanSquareBetween = outside / (k - 1);
  const effectiveSize = (count - squares / count) / (k - 1);
  const component = (meanSquareBetween - meanSquareWithin) / effectiveSize;
  const f = meanSquareWithin > 0 ? meanSquareBetween / meanSquareWithin : Number.POSITIVE_INFINITY;
  const p = Number.isFinite(f)
    ? incompleteBeta(withinDegrees / (withinDegrees + (k - 1) * f), withinDegrees / 2, (k - 1) / 2)
    : 0;
  return {
    groups: k,
    count,
    within: Math.sqrt(meanSquareWithin),
    withinDegrees,
    between: component > 0 ? Math.sqrt(component) : null,
    meanSquareWithin,
    meanSquareBetween,
    f,
    p,
    effectiveSize,
  };
}
