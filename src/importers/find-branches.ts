import type { SweepBranch } from '../model/measurement.ts';

interface Leg {
  readonly start: number;
  /** Last row of the leg, inclusive. */
  readonly last: number;
  readonly direction: 'up' | 'down' | 'hold';
}

/** Half the typical step: a turn is believed when the sweep has come back by more. 0 for a column that never moves. */
function turnTolerance(x: Float64Array): number {
  const steps: number[] = [];
  let before = Number.NaN;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  // A long record is sampled: its typical step needs no more.
  const stride = Math.max(1, Math.floor(x.length / 20_000));
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (!Number.isFinite(value)) continue;
    const step = Math.abs(value - before);
    if (step > 0 && i % stride === 0) steps.push(step);
    before = value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (steps.length === 0) return 0;
  steps.sort((a, b) => a - b);
  return Math.max(0.5 * steps[steps.length >> 1]!, 5e-4 * (high - low));
}

/** Legs of one direction each; neighbouring legs share their turning point. Missing values are passed over. */
function findLegs(x: Float64Array): Leg[] {
  const n = x.length;
  const tolerance = turnTolerance(x);
  if (tolerance === 0) return n > 0 ? [{ start: 0, last: n - 1, direction: 'hold' }] : [];
  const legs: Leg[] = [];
  let direction = 0;
  let start = 0;
  let extreme = 0;
  while (extreme < n && !Number.isFinite(x[extreme])) extreme++;
  let lowest = extreme;
  let highest = extreme;
  for (let i = extreme + 1; i < n; i++) {
    const value = x[i]!;
    if (!Number.isFinite(value)) continue;
    if (direction === 0) {
      if (value > x[highest]!) highest = i;
      if (value < x[lowest]!) lowest = i;
      if (value - x[lowest]! > tolerance) direction = 1;
      else if (x[highest]! - value > tolerance) direction = -1;
      if (direction !== 0) extreme = i;
      continue;
    }
    // Rows that repeat the extreme belong to the leg that reached it.
    if ((value - x[extreme]!) * direction >= 0) extreme = i;
    else if ((x[extreme]! - value) * direction > tolerance) {
      legs.push({ start, last: extreme, direction: direction > 0 ? 'up' : 'down' });
      start = extreme;
      direction = -direction;
      extreme = i;
    }
  }
  legs.push({ start, last: n - 1, direction: direction > 0 ? 'up' : direction < 0 ? 'down' : 'hold' });
  return legs;
}

/**
 * True when the column was swept: it goes through its range in legs of many points rather than jittering around levels.
 * Fewer than three points per leg on average is noise; so is a column that hardly ever changes.
 */
export function isSwept(x: Float64Array): boolean {
  if (x.length < 2) return false;
  const legs = findLegs(x).filter((leg) => leg.direction !== 'hold');
  if (legs.length === 0) return false;
  let moving = 0;
  let total = 0;
  const tolerance = 1e-9;
  let before = Number.NaN;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (!Number.isFinite(value)) continue;
    if (Number.isFinite(before)) {
      total++;
      if (Math.abs(value - before) > tolerance * Math.max(Math.abs(value), Math.abs(before))) moving++;
    }
    before = value;
  }
  const shortest = x.length < 12 ? 2 : 5;
  return x.length / legs.length >= shortest && moving >= 0.02 * total && isSpread(x);
}

/** A sweep visits its whole range: no single tenth of the range holds more than 80 % of the points (a pulse train does). */
function isSpread(x: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return false;
  const bins = new Int32Array(10);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (!Number.isFinite(value)) continue;
    // the value lies inside the range, so that cutting off the fraction is rounding down
    bins[Math.min(9, ((10 * (value - low)) / (high - low)) | 0)]!++;
    count++;
  }
  const filled = bins.filter((n) => n > 0).length;
  return Math.max(...bins) <= 0.8 * count && (filled >= 6 || count < 12);
}

/**
 * Branches of a swept column as the file has them: a leg per direction, never sorted. A new cycle begins with a leg in the first
 * direction that goes on beyond the value the sweep started at.
 */
export function findBranches(x: Float64Array, stepped?: SweepBranch['stepped']): readonly SweepBranch[] {
  const legs = findLegs(x);
  const first = legs[0];
  if (!first) return [];
  let origin = 0;
  while (origin < x.length && !Number.isFinite(x[origin])) origin++;
  const from = x[origin] ?? 0;
  const sign = first.direction === 'down' ? -1 : 1;
  const margin = 2 * turnTolerance(x);
  let cycle = 0;
  return legs.map((leg, index) => {
    const end = lastFinite(x, leg.start, leg.last);
    if (index > 0 && leg.direction === first.direction && (end - from) * sign > margin) cycle++;
    return {
      index,
      cycle,
      direction: leg.direction,
      polarity: polarityOf(x, leg),
      start: leg.start,
      end: leg.last + 1,
      ...(stepped ? { stepped } : {}),
    };
  });
}

function lastFinite(x: Float64Array, start: number, last: number): number {
  for (let i = last; i >= start; i--) if (Number.isFinite(x[i])) return x[i]!;
  return Number.NaN;
}

function polarityOf(x: Float64Array, leg: Leg): 1 | -1 {
  let largest = 0;
  for (let i = leg.start; i <= leg.last; i++) {
    const value = x[i]!;
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  return largest < 0 ? -1 : 1;
}
