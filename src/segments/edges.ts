import { mean, median, standardDeviation } from '../../fitting/index.ts';
import type { StateLevels, Trace } from './waveforms.ts';
import { findIndex } from './waveforms.ts';

/** A change of state: `a` is the last sample on the old side, `b` the first on the new one. */
export interface Edge {
  readonly rising: boolean;
  /** Mean of the first and the last 50 % crossing in [a, b] [s]. */
  readonly time: number;
  readonly a: number;
  readonly b: number;
}

/** Interpolated time of the crossing of `level` between samples i and i + 1; NaN where there is none. */
function interpolateCrossing(trace: Trace, level: number, i: number): number {
  const y0 = trace.value[i]! - level;
  const y1 = trace.value[i + 1]! - level;
  if (y0 === 0) return trace.time[i]!;
  if (y1 === 0) return trace.time[i + 1]!;
  if (y0 > 0 === y1 > 0) return Number.NaN;
  return trace.time[i]! + ((trace.time[i + 1]! - trace.time[i]!) * y0) / (y0 - y1);
}

/** First crossing of `level` in the samples from..to (inclusive); NaN where there is none. */
export function findFirstCrossing(trace: Trace, level: number, from: number, to: number): number {
  for (let i = Math.max(0, from); i < Math.min(to, trace.value.length - 1); i++) {
    const t = interpolateCrossing(trace, level, i);
    if (!Number.isNaN(t)) return t;
  }
  return Number.NaN;
}

/** Last crossing of `level` in the samples from..to (inclusive); NaN where there is none. */
export function findLastCrossing(trace: Trace, level: number, from: number, to: number): number {
  for (let i = Math.min(to, trace.value.length - 1) - 1; i >= Math.max(0, from); i--) {
    const t = interpolateCrossing(trace, level, i);
    if (!Number.isNaN(t)) return t;
  }
  return Number.NaN;
}

/**
 * Edges by a comparator with hysteresis of 50 % +- max(20 %, 3 sigma/A): bare 50 % crossings count noise
 * (515 rises instead of 29 on a real 8-bit sine).
 */
export function findEdges(trace: Trace, levels: StateLevels): Edge[] {
  const { low, amplitude, sigma } = levels;
  if (!(amplitude > 0)) return [];
  const half = Math.max(0.2, (3 * sigma) / amplitude);
  const upper = low + (0.5 + half) * amplitude;
  const lower = low + (0.5 - half) * amplitude;
  const middle = low + 0.5 * amplitude;
  const edges: Edge[] = [];
  let state = 0;
  let last = 0;
  for (let i = 0; i < trace.value.length; i++) {
    const v = trace.value[i]!;
    const now = v > upper ? 1 : v < lower ? -1 : 0;
    if (now === 0) continue;
    if (state !== 0 && now !== state) {
      const first = findFirstCrossing(trace, middle, last, i);
      const final = findLastCrossing(trace, middle, last, i);
      edges.push({ rising: now > 0, time: 0.5 * (first + final), a: last, b: i });
    }
    state = now;
    last = i;
  }
  return edges;
}

/** Running mean of `width` (odd) samples; narrower and symmetric at the ends. */
export function smoothBoxcar(trace: Trace, width: number): Trace {
  const half = (width - 1) >> 1;
  const n = trace.value.length;
  if (half < 1) return trace;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + trace.value[i]!;
  const value = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const reach = Math.min(half, i, n - 1 - i);
    value[i] = (sums[i + reach + 1]! - sums[i - reach]!) / (2 * reach + 1);
  }
  return { ...trace, value };
}

export interface Transition {
  readonly edge: Edge;
  /** Time between the two reference levels, corrected for the smoothing [s]. */
  readonly duration: number;
  readonly durationError: number;
  /** The part of it that every edge of the record shares: the levels, and what the smoothing took off [s]. */
  readonly commonError: number;
  /** Crossing of the reference level before the edge and after it [s]. */
  readonly start: number;
  readonly end: number;
  /** k = 1 of the crossing before the edge [s]. */
  readonly startError: number;
  /** k = 1 of the 50 % crossing [s]. */
  readonly middleError: number;
  /** Samples between the two crossings. */
  readonly samples: number;
  /** Between the last sample before the lower and the first after the upper reference: an upper limit of the duration. */
  readonly limit: number;
  /** Points of the running mean. */
  readonly box: number;
}

/**
 * One edge between two reference levels (fractions of the amplitude), robust to noise (METHODS 4.2): the last crossing of
 * the first reference before the 50 % point and the first of the second after it, on a running mean whose width follows
 * the edge, t^2 = t_measured^2 - (0.8 n dt)^2.
 */
export function measureTransition(
  record: Trace,
  levels: StateLevels,
  edges: readonly Edge[],
  index: number,
  references: readonly [number, number] = [0.1, 0.9],
  smooth = true,
): Transition | null {
  const edge = edges[index]!;
  const { low, amplitude, sigma } = levels;
  const [near, far] = edge.rising ? references : [references[1], references[0]];
  const { part: raw, first, last } = cutAround(record, edges, index);
  const middle = findIndex(raw.time, edge.time);
  const interval = raw.interval_s;
  const measure = (trace: Trace) => {
    const start = findLastCrossing(trace, low + near * amplitude, first, middle);
    const end = findFirstCrossing(trace, low + far * amplitude, Math.max(0, middle - 1), last);
    return { start, end, time: end - start };
  };
  let box = 1;
  let trace = raw;
  let found = measure(raw);
  if (!Number.isFinite(found.time)) return null;
  for (let pass = 0; smooth && pass < 3; pass++) {
    const size = Math.floor(found.time / (8 * interval));
    const next = size % 2 === 1 ? size : size - 1;
    if (!(next > box)) break;
    const candidate = smoothBoxcar(raw, next);
    const again = measure(candidate);
    if (!Number.isFinite(again.time)) break;
    box = next;
    trace = candidate;
    found = again;
  }
  const spread = box > 1 ? 0.8 * box * interval : 0;
  const duration = Math.sqrt(Math.max(0, found.time ** 2 - spread ** 2));
  // u(t) at a crossing = u(y)/|dy/dt|, the slope taken over a tenth of the amplitude around it
  const noise = sigma / Math.sqrt(box) / amplitude;
  const inverseSlope = (level: number, t: number): number => {
    const i = findIndex(trace.time, t);
    const reach = 0.05;
    const sides = [level - reach, level + reach].map((fraction) => {
      const goal = low + fraction * amplitude;
      const back = findLastCrossing(trace, goal, first, i);
      const ahead = findFirstCrossing(trace, goal, Math.max(0, i - 1), last);
      const nearest = Math.abs(back - t) < Math.abs(ahead - t) || Number.isNaN(ahead) ? back : ahead;
      return nearest;
    });
    const both = Math.abs(sides[1]! - sides[0]!) / (2 * reach);
    if (Number.isFinite(both)) return both;
    const one = sides.find((side) => Number.isFinite(side));
    return one === undefined ? found.time / 0.8 : Math.abs(one - t) / reach;
  };
  const slopeNear = inverseSlope(near, found.start);
  const slopeFar = inverseSlope(far, found.end);
  const lowNoise = levels.lowError / amplitude;
  const highNoise = levels.highError / amplitude;
  const levelError = Math.hypot(
    (slopeNear * (1 - near) - slopeFar * (1 - far)) * lowNoise,
    (slopeNear * near - slopeFar * far) * highNoise,
  );
  const commonError = Math.hypot(levelError, (found.time - duration) / Math.sqrt(3));
  const i0 = findIndex(raw.time, found.start);
  const i1 = findIndex(raw.time, found.end);
  return {
    edge,
    duration,
    durationError: Math.hypot(noise * slopeNear, noise * slopeFar, commonError, interval / 12),
    commonError,
    // the 50 % point is the mean of the first and the last crossing of the raw record: on a slow edge nearly two, on a fast one the same
    middleError: Math.hypot(
      (sigma / amplitude / Math.sqrt(Math.min(box, 1.6))) * inverseSlope(0.5, edge.time),
      interval / 24,
    ),
    start: found.start,
    end: found.end,
    startError: Math.hypot(noise * slopeNear, interval / 24),
    samples: Math.max(0, i1 - i0),
    limit: raw.time[Math.min(i1, raw.time.length - 1)]! - raw.time[Math.max(0, i0 - 1)]!,
    box,
  };
}

/** The samples between the neighbouring edges, with room for the running mean: what one edge costs does not grow with the record. */
function cutAround(
  record: Trace,
  edges: readonly Edge[],
  index: number,
): { readonly part: Trace; readonly first: number; readonly last: number } {
  const first = index > 0 ? edges[index - 1]!.b : 0;
  const last = index + 1 < edges.length ? edges[index + 1]!.a : record.value.length - 1;
  const room = ((last - first) >> 3) + 2;
  const from = Math.max(0, first - room);
  const to = Math.min(record.value.length, last + room + 1);
  return {
    part: {
      ...record,
      time: record.time.subarray(from, to),
      value: record.value.subarray(from, to),
    },
    first: first - from,
    last: last - from,
  };
}

export interface Spacing {
  /** Mean distance of like edges [s]. */
  readonly period: number;
  readonly periodError: number;
  /** Their standard deviation [s]; null for fewer than two spacings. */
  readonly jitter: number | null;
  readonly count: number;
  readonly shortest: number;
  readonly longest: number;
  readonly rising: boolean;
}

/** Spacings of like edges, of the direction with more of them; null for fewer than two like edges. */
export function measureSpacing(edges: readonly Edge[]): Spacing | null {
  const up = edges.filter((edge) => edge.rising);
  const down = edges.filter((edge) => !edge.rising);
  const like = down.length > up.length ? down : up;
  const spacings: number[] = [];
  for (let i = 1; i < like.length; i++) spacings.push(like[i]!.time - like[i - 1]!.time);
  if (spacings.length === 0) return null;
  const jitter = spacings.length >= 2 ? standardDeviation(spacings) : null;
  return {
    period: mean(spacings),
    periodError: jitter === null ? Number.NaN : jitter / spacings.length,
    jitter,
    count: spacings.length,
    shortest: Math.min(...spacings),
    longest: Math.max(...spacings),
    rising: like === up,
  };
}

/** Widths of the high parts [s]: from each rise to the next fall. */
export function measureWidths(edges: readonly Edge[]): number[] {
  const widths: number[] = [];
  for (let i = 0; i + 1 < edges.length; i++)
    if (edges[i]!.rising) widths.push(edges[i + 1]!.time - edges[i]!.time);
  return widths;
}

/** Median and its spread over edges: what is reported where several are found. */
export function summariseEdges(values: readonly number[]): { median: number; least: number; most: number } {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
