import type { Numbers } from './statistics.ts';
import { computeAicc } from './verdicts.ts';

export interface SegmentOptions {
  /** @default 4 */
  readonly maximumSegments?: number;
  /** Points a segment needs. @default 6 */
  readonly minimumPoints?: number;
  /** Width a segment needs, in the units of x: decades for log10 data. @default 0.15 */
  readonly minimumSpan?: number;
}

/** A continuous piecewise line with a fixed number of segments. */
export interface PiecewiseLine {
  readonly segments: number;
  readonly breaks: Float64Array;
  readonly breakErrors: Float64Array;
  readonly slopes: Float64Array;
  readonly slopeErrors: Float64Array;
  /** y at the first x. */
  readonly start: number;
  readonly rss: number;
  readonly bic: number;
  /** Null where there are too few points. */
  readonly aicc: number | null;
}

export interface Segmentation {
  readonly chosen: PiecewiseLine;
  /** Continuous fits by number of segments; a count whose breaks ran into an end or each other is left out. */
  readonly candidates: readonly PiecewiseLine[];
  readonly points: number;
  readonly from: number;
  readonly to: number;
}

/** A larger count replaces a smaller one only past these (METHODS 3.1-3). */
const BIC_GAIN = 10;
const SLOPE_CHANGE = 0.3;
const SLOPE_CHANGE_ERRORS = 3;
const REFINEMENTS = 50;

/** Bayesian criterion of least squares; `parameters` counts the scatter. */
function computeBic(points: number, rss: number, parameters: number): number {
  return points * Math.log(rss / points) + parameters * Math.log(points);
}

/** RSS of the best line through points i..j (inclusive) in O(1), from prefix sums of centred data. */
function createSegmentCost(x: Numbers, y: Numbers): (i: number, j: number) => number {
  const n = x.length;
  const sums = Array.from({ length: 5 }, () => new Float64Array(n + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const middleX = x[n >> 1]!;
  const middleY = y[n >> 1]!;
  for (let i = 0; i < n; i++) {
    const u = x[i]! - middleX;
    const v = y[i]! - middleY;
    const terms = [u, v, u * u, u * v, v * v];
    for (let k = 0; k < 5; k++) sums[k]![i + 1] = sums[k]![i]! + terms[k]!;
  }
  const [sx, sy, sxx, sxy, syy] = sums;
  return (i, j) => {
    const count = j - i + 1;
    const mx = sx[j + 1]! - sx[i]!;
    const my = sy[j + 1]! - sy[i]!;
    const cxx = sxx[j + 1]! - sxx[i]! - (mx * mx) / count;
    const cxy = sxy[j + 1]! - sxy[i]! - (mx * my) / count;
    const cyy = syy[j + 1]! - syy[i]! - (my * my) / count;
    return Math.max(0, cxx > 0 ? cyy - (cxy * cxy) / cxx : cyy);
  };
}

/** Optimal break indices by dynamic programming: `plans[K-1]` lists the first point of segments 2..K. */
function planBreaks(
  x: Numbers,
  y: Numbers,
  count: number,
  minimumPoints: number,
  minimumSpan: number,
): number[][] {
  const n = x.length;
  const cost = createSegmentCost(x, y);
  const best: Float64Array[] = [];
  const from: Int32Array[] = [];
  for (let k = 0; k < count; k++) {
    const row = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    const origin = new Int32Array(n).fill(-1);
    const before = best[k - 1];
    for (let j = minimumPoints - 1; j < n; j++) {
      if (!before) {
        if (x[j]! - x[0]! >= minimumSpan) row[j] = cost(0, j);
        continue;
      }
      for (let i = minimumPoints * k; i + minimumPoints - 1 <= j; i++) {
        if (x[j]! - x[i]! < minimumSpan) break;
        const total = before[i - 1]! + cost(i, j);
        if (total < row[j]!) {
          row[j] = total;
          origin[j] = i;
        }
      }
    }
    best.push(row);
    from.push(origin);
  }
  const plans: number[][] = [];
  for (let k = 0; k < count; k++) {
    if (!Number.isFinite(best[k]![n - 1]!)) continue;
    const starts: number[] = [];
    for (let level = k, j = n - 1; level > 0; level--) {
      const i = from[level]![j]!;
      starts.unshift(i);
      j = i - 1;
    }
    plans.push(starts);
  }
  return plans;
}

/**
 * Solves the normal equations of a few columns by Cholesky after scaling; null when they are dependent.
 * `columns` are filled by the caller and at most eight, on x of order one: no need for QR here.
 */
function solveColumns(
  columns: readonly Float64Array[],
  y: Numbers,
): { solution: Float64Array; inverse: Float64Array[] } | null {
  const m = columns.length;
  const n = y.length;
  const scale = columns.map((column) => Math.sqrt(column.reduce((sum, value) => sum + value * value, 0)));
  if (scale.some((value) => !(value > 0))) return null;
  const lower = Array.from({ length: m }, () => new Float64Array(m));
  const right = new Float64Array(m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += columns[a]![i]! * columns[b]![i]!;
      lower[a]![b] = sum / (scale[a]! * scale[b]!);
    }
    for (let i = 0; i < n; i++) right[a]! += (columns[a]![i]! * y[i]!) / scale[a]!;
  }
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = lower[a]![b]!;
      for (let k = 0; k < b; k++) sum -= lower[a]![k]! * lower[b]![k]!;
      if (a === b) {
        if (!(sum > 1e-13)) return null;
        lower[a]![a] = Math.sqrt(sum);
      } else lower[a]![b] = sum / lower[b]![b]!;
    }
  }
  const solve = (rhs: Float64Array): Float64Array => {
    const z = Float64Array.from(rhs);
    for (let a = 0; a < m; a++) {
      for (let k = 0; k < a; k++) z[a]! -= lower[a]![k]! * z[k]!;
      z[a]! /= lower[a]![a]!;
    }
    for (let a = m - 1; a >= 0; a--) {
      for (let k = a + 1; k < m; k++) z[a]! -= lower[k]![a]! * z[k]!;
      z[a]! /= lower[a]![a]!;
    }
    return z;
  };
  const solution = solve(right).map((value, a) => value / scale[a]!);
  const inverse = columns.map((_, b) => {
    const unit = new Float64Array(m);
    unit[b] = 1;
    return solve(unit).map((value, a) => value / (scale[a]! * scale[b]!));
  });
  return { solution, inverse };
}

function hingeColumns(x: Numbers, breaks: Numbers, withSteps: boolean): Float64Array[] {
  const n = x.length;
  const columns = [new Float64Array(n).fill(1), Float64Array.from(x, (value) => value - x[0]!)];
  for (let k = 0; k < breaks.length; k++)
    columns.push(Float64Array.from(x, (value) => Math.max(0, value - breaks[k]!)));
  if (withSteps)
    for (let k = 0; k < breaks.length; k++)
      columns.push(Float64Array.from(x, (value) => (value > breaks[k]! ? -1 : 0)));
  return columns;
}

function sumSquares(columns: readonly Float64Array[], p: Float64Array, y: Numbers): number {
  let rss = 0;
  for (let i = 0; i < y.length; i++) {
    let value = 0;
    for (let c = 0; c < columns.length; c++) value += p[c]! * columns[c]![i]!;
    rss += (y[i]! - value) ** 2;
  }
  return rss;
}

/**
 * Continuous piecewise line from starting breaks, by damped Gauss-Newton on the breaks.
 * @returns null where a break ends nearer than `minimumSpan` to an end or another break
 * @see Muggeo, Stat. Med. 22, 3055 (2003), doi:10.1002/sim.1545
 */
export function refineBreaks(
  x: Numbers,
  y: Numbers,
  start: Numbers,
  minimumSpan: number,
): PiecewiseLine | null {
  const n = x.length;
  const count = start.length;
  let breaks = Float64Array.from(start);
  let best = { rss: Number.POSITIVE_INFINITY, breaks };
  for (let iteration = 0; iteration <= REFINEMENTS; iteration++) {
    const hinges = hingeColumns(x, breaks, false);
    const plain = solveColumns(hinges, y);
    if (!plain) break;
    const rss = sumSquares(hinges, plain.solution, y);
    if (rss < best.rss) best = { rss, breaks };
    if (count === 0) break;
    const full = solveColumns(hingeColumns(x, breaks, true), y);
    if (!full) break;
    let largest = 0;
    const next = Float64Array.from(breaks);
    for (let k = 0; k < count; k++) {
      const step = full.solution[2 + count + k]! / full.solution[2 + k]!;
      if (!Number.isFinite(step)) continue;
      const move = 0.5 * Math.max(-0.1, Math.min(0.1, step));
      next[k]! += move;
      largest = Math.max(largest, Math.abs(move));
    }
    breaks = next;
    if (largest < 1e-6) break;
  }
  breaks = best.breaks;
  const edges = [x[0]!, ...breaks, x[n - 1]!];
  for (let k = 1; k < edges.length; k++) if (edges[k]! - edges[k - 1]! < minimumSpan) return null;
  const hinges = hingeColumns(x, breaks, false);
  const fit = solveColumns(hinges, y);
  if (!fit) return null;
  const rss = sumSquares(hinges, fit.solution, y);
  const p = fit.solution;
  // Jacobian in all parameters, the breaks included: d/d b_k = -delta_k (x > b_k)
  const jacobian = hingeColumns(x, breaks, true);
  for (let k = 0; k < count; k++) {
    const column = jacobian[2 + count + k]!;
    for (let i = 0; i < n; i++) column[i]! *= p[2 + k]!;
  }
  const covariance = solveColumns(jacobian, y)?.inverse ?? null;
  const variance = n > 2 + 2 * count ? rss / (n - 2 - 2 * count) : Number.NaN;
  const slopes = new Float64Array(count + 1);
  const slopeErrors = new Float64Array(count + 1);
  for (let k = 0; k <= count; k++) {
    let spread = 0;
    for (let a = 1; a <= 1 + k; a++) {
      slopes[k]! += p[a]!;
      for (let b = 1; b <= 1 + k; b++) spread += covariance?.[b]?.[a] ?? Number.NaN;
    }
    slopeErrors[k] = Math.sqrt(Math.max(0, variance * spread));
  }
  const breakErrors = Float64Array.from(breaks, (_, k) =>
    Math.sqrt(variance * (covariance?.[2 + count + k]?.[2 + count + k] ?? Number.NaN)),
  );
  const parameters = 2 * count + 3;
  return {
    segments: count + 1,
    breaks,
    breakErrors,
    slopes,
    slopeErrors,
    start: p[0]!,
    rss,
    bic: computeBic(n, rss, parameters),
    aicc: computeAicc(rss, n, parameters - 1),
  };
}

/** y of a piecewise line at x; `from` is the x its `start` belongs to. */
export function evaluatePiecewise(line: PiecewiseLine, from: number, x: number): number {
  let value = line.start;
  let left = from;
  for (let k = 0; k < line.segments; k++) {
    const right = k < line.segments - 1 ? Math.max(left, line.breaks[k]!) : Number.POSITIVE_INFINITY;
    value += line.slopes[k]! * (Math.min(x, right) - left);
    if (x <= right) break;
    left = right;
  }
  return value;
}

function isJustified(larger: PiecewiseLine, current: PiecewiseLine): boolean {
  if (!(current.bic - larger.bic > BIC_GAIN)) return false;
  for (let k = 1; k < larger.segments; k++) {
    const change = Math.abs(larger.slopes[k]! - larger.slopes[k - 1]!);
    const error = Math.hypot(larger.slopeErrors[k]!, larger.slopeErrors[k - 1]!);
    if (!(change > SLOPE_CHANGE && change > SLOPE_CHANGE_ERRORS * error)) return false;
  }
  return true;
}

/**
 * Segments of a log-log curve (METHODS 3.1): exact dynamic programming over break points, continuous refinement, count
 * by BIC with a minimum change of slope at each break.
 * @param x ascending, log10 of the swept quantity; @param y log10 of the response
 * @returns null for fewer than `minimumPoints` points or less than `minimumSpan` of x
 * @see Bai and Perron, J. Appl. Econom. 18, 1 (2003), doi:10.1002/jae.659
 */
export function segmentLogLog(x: Numbers, y: Numbers, options: SegmentOptions = {}): Segmentation | null {
  const { maximumSegments = 4, minimumPoints = 6, minimumSpan = 0.15 } = options;
  const n = x.length;
  if (n < minimumPoints || !(x[n - 1]! - x[0]! >= minimumSpan)) return null;
  const candidates: PiecewiseLine[] = [];
  for (const plan of planBreaks(x, y, maximumSegments, minimumPoints, minimumSpan)) {
    const start = plan.map((i) => 0.5 * (x[i - 1]! + x[i]!));
    const line = refineBreaks(x, y, start, minimumSpan);
    if (line) candidates.push(line);
  }
  const [first, ...larger] = candidates;
  if (!first) return null;
  let chosen = first;
  for (const line of larger) if (isJustified(line, chosen)) chosen = line;
  return { chosen, candidates, points: n, from: x[0]!, to: x[n - 1]! };
}
