/** A level of a multilevel memory: log10 R of its readings. */
export interface Level {
  readonly mean: number;
  /** With 1/(n - 1). */
  readonly deviation: number;
  readonly count: number;
}

const LEAST_IN_GROUP = 3;
const MOST_GROUPS = 8;
/** Readings closer than this share their group whatever else: 0.005 decades, the floor of the group variance. */
const LEAST_DEVIATION = 0.005;
/** The search is quadratic in the values; a longer list is thinned to this many quantiles. */
const MOST_VALUES = 2000;

/**
 * Groups of log10 R by dynamic programming over contiguous runs of the sorted values (METHODS 2.5): minimises
 * sum [n ln max(s^2, 0.005^2) - 2 n ln(n/N) + 3 ln N] over 1 to 8 groups of at least 3; the number of groups falls out.
 */
export function clusterLevels(values: readonly number[]): readonly Level[] {
  const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b);
  const x =
    sorted.length <= MOST_VALUES
      ? sorted
      : Array.from(
          { length: MOST_VALUES },
          (_, k) => sorted[Math.floor(((k + 0.5) * sorted.length) / MOST_VALUES)]!,
        );
  const n = x.length;
  if (n < LEAST_IN_GROUP) return [];
  const centre = x[Math.floor(n / 2)]!;
  const sum = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let k = 0; k < n; k++) {
    const d = x[k]! - centre;
    sum[k + 1] = sum[k]! + d;
    squares[k + 1] = squares[k]! + d * d;
  }
  const cost = (from: number, to: number): number => {
    const m = to - from;
    const s = sum[to]! - sum[from]!;
    const variance = Math.max((squares[to]! - squares[from]! - (s * s) / m) / m, LEAST_DEVIATION ** 2);
    return m * Math.log(variance) - 2 * m * Math.log(m / n) + 3 * Math.log(n);
  };
  let best: { cost: number; cuts: number[] } | null = null;
  let previous = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  previous[0] = 0;
  const back: Int32Array[] = [];
  for (let groups = 1; groups <= MOST_GROUPS && groups * LEAST_IN_GROUP <= n; groups++) {
    const current = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(n + 1);
    for (let to = groups * LEAST_IN_GROUP; to <= n; to++) {
      for (let start = (groups - 1) * LEAST_IN_GROUP; start <= to - LEAST_IN_GROUP; start++) {
        if (previous[start] === Number.POSITIVE_INFINITY) continue;
        const total = previous[start]! + cost(start, to);
        if (total < current[to]!) {
          current[to] = total;
          from[to] = start;
        }
      }
    }
    back.push(from);
    previous = current;
    if (best && current[n]! >= best.cost) continue;
    const cuts = [n];
    for (let g = groups; g > 0; g--) cuts.unshift(back[g - 1]![cuts[0]!]!);
    best = { cost: current[n]!, cuts };
  }
  const cuts = best?.cuts ?? [0, n];
  return cuts.slice(1).map((to, g) => {
    const group = x.slice(cuts[g]!, to);
    const mean = group.reduce((a, b) => a + b, 0) / group.length;
    const variance = group.reduce((a, b) => a + (b - mean) ** 2, 0) / (group.length - 1);
    return { mean, deviation: Math.sqrt(variance), count: group.length };
  });
}

/** Distance of two levels less three of their standard deviations each [decades]; above 0 they are resolved. */
export function measureGap(a: Level, b: Level): number {
  return Math.abs(a.mean - b.mean) - 3 * (a.deviation + b.deviation);
}

/** Levels that can be told apart: from below, each resolved from the last one kept. */
export function countResolved(levels: readonly Level[]): number {
  let kept: Level | undefined;
  let count = 0;
  for (const level of levels) {
    if (kept && measureGap(kept, level) <= 0) continue;
    kept = level;
    count++;
  }
  return count;
}
