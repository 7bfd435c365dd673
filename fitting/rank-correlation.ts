import { median, type Numbers, normalQuantile, studentCdf, theilSen } from './statistics.ts';

/** Ranks from 1; equal values share the mean of their ranks. */
export function rankValues(values: Numbers): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end]!] === values[order[i]!]) end++;
    for (let k = i; k < end; k++) ranks[order[k]!] = (i + 1 + end) / 2;
    i = end;
  }
  return ranks;
}

export interface RankCorrelation {
  /** Spearman's rho, the correlation of the ranks. */
  readonly rho: number;
  /** Two-sided, for no association: exact up to nine values without ties, else Student's t with n - 2 degrees of freedom. */
  readonly p: number;
  readonly count: number;
  readonly isExact: boolean;
}

const LEAST = 4;
const MOST_EXACT = 9;
const EXACT = new Map<number, Float64Array>();

/** How many of the n! orders have each sum of squared rank differences, by enumeration. */
function countOrders(n: number): Float64Array {
  const known = EXACT.get(n);
  if (known) return known;
  const counts = new Float64Array((n * (n * n - 1)) / 3 + 1);
  const visit = (place: number, used: number, sum: number): void => {
    if (place === n) {
      counts[sum] = counts[sum]! + 1;
      return;
    }
    for (let value = 0; value < n; value++)
      if (!(used & (1 << value))) visit(place + 1, used | (1 << value), sum + (value - place) ** 2);
  };
  visit(0, 0, 0);
  EXACT.set(n, counts);
  return counts;
}

/** Share of all orders that lie at least as far from no association as `sum`. */
function exactProbability(n: number, sum: number): number {
  const counts = countOrders(n);
  const centre = (counts.length - 1) / 2;
  const far = Math.abs(sum - centre) - 1e-9;
  let tail = 0;
  let all = 0;
  counts.forEach((count, value) => {
    all += count;
    if (Math.abs(value - centre) >= far) tail += count;
  });
  return tail / all;
}

function hasTies(values: Numbers): boolean {
  return new Set(Array.from(values)).size < values.length;
}

/**
 * Spearman's rank correlation (Am. J. Psychol. 15, 72, 1904) of paired values.
 * @returns null for fewer than four pairs, or where one side does not vary
 */
export function correlateRanks(x: Numbers, y: Numbers): RankCorrelation | null {
  const n = x.length;
  if (n < LEAST) return null;
  const a = rankValues(x);
  const b = rankValues(y);
  const centre = (n + 1) / 2;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const u = a[i]! - centre;
    const v = b[i]! - centre;
    xx += u * u;
    yy += v * v;
    xy += u * v;
    squares += (u - v) ** 2;
  }
  if (xx === 0 || yy === 0) return null;
  const rho = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  const isExact = n <= MOST_EXACT && !hasTies(x) && !hasTies(y);
  if (isExact) return { rho, p: exactProbability(n, Math.round(squares)), count: n, isExact };
  const t = Math.abs(rho) * Math.sqrt((n - 2) / Math.max(1e-300, 1 - rho * rho));
  return { rho, p: Math.min(1, 2 * studentCdf(-t, n - 2)), count: n, isExact };
}

export interface RobustLine {
  readonly slope: number;
  readonly intercept: number;
  /** 95 % of the slope. */
  readonly interval: readonly [number, number];
}

function tieTerm(values: Numbers): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < values.length; i++) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1);
  let sum = 0;
  for (const k of counts.values()) sum += k * (k - 1) * (2 * k + 5);
  return sum;
}

/**
 * Theil-Sen line with Sen's 95 % interval of the slope: order statistics of the pairwise slopes at a distance given by the variance
 * of Kendall's S, ties of both sides taken off (Sen, J. Am. Stat. Assoc. 63, 1379, 1968).
 * @returns null for fewer than four pairs or fewer than two different x
 */
export function fitRobustLine(x: Numbers, y: Numbers): RobustLine | null {
  const n = x.length;
  if (n < LEAST) return null;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const step = x[j]! - x[i]!;
      if (step !== 0) slopes.push((y[j]! - y[i]!) / step);
    }
  if (slopes.length === 0) return null;
  const sorted = Float64Array.from(slopes).sort();
  const variance = (n * (n - 1) * (2 * n + 5) - tieTerm(x) - tieTerm(y)) / 18;
  const reach = normalQuantile(0.975) * Math.sqrt(Math.max(0, variance));
  const low = Math.max(0, Math.round((sorted.length - reach) / 2) - 1);
  const high = Math.min(sorted.length - 1, Math.round((sorted.length + reach) / 2));
  const slope = median(sorted);
  const { intercept } = theilSen(x, y);
  return { slope, intercept, interval: [sorted[low]!, sorted[high]!] };
}
