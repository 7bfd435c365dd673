import { columnExponent, showUnit } from '../../units/prefixes.ts';
import type { Unit } from '../../units/units.ts';
import type { AxisSpec, Values } from '../figure.ts';
import { chooseStep } from '../layout/ticks-linear.ts';

/** Automatic domains and units of axes (STYLE 3), from the data alone. */
type Domain = readonly [number, number];

/** Smallest and largest finite value over some columns; null where there is none. */
export function rangeOf(...columns: readonly Values[]): Domain | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const v = column[i]!;
      if (!Number.isFinite(v)) continue;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  return low <= high ? [low, high] : null;
}

/** Six digits: a sweep that ends at 7.9999999 V ends at 8 V. */
function roundEnd(value: number): number {
  return Number(value.toPrecision(6));
}

/** A domain that is not empty: equal ends part by a tenth, or by 1 about 0. */
function widen([low, high]: Domain): Domain {
  if (high > low) return [low, high];
  const half = Math.abs(low) * 0.1 || 1;
  return [low - half, high + half];
}

/** A sweep's end is meant to be a round value: the reading is taken to one this near, as a share of the span, outwards and inwards. */
const ROUND_WITHIN = { outwards: 0.012, inwards: 0.005 } as const;

/** The drive: the ends of the sweep, exact or at the round value the reading stands for. */
export function driveDomain(...columns: readonly Values[]): Domain {
  const [low, high] = widen(rangeOf(...columns) ?? [0, 1]);
  const { step, parts } = chooseStep(low, high, 5);
  const minor = step / Math.max(1, parts);
  const snap = (end: number, outwards: 1 | -1): number => {
    const round = Math.round(end / minor) * minor;
    const within = (round - end) * outwards > 0 ? ROUND_WITHIN.outwards : ROUND_WITHIN.inwards;
    return roundEnd(Math.abs(round - end) < within * (high - low) ? round : end);
  };
  return [snap(low, -1), snap(high, 1)];
}

/** Share of points within 1 % of the range of 0: such data lie on the axis and need air below. */
function shareAtZero(columns: readonly Values[], size: number): number {
  let [near, count] = [0, 0];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      if (!Number.isFinite(column[i]!)) continue;
      count++;
      if (Math.abs(column[i]!) < 0.01 * size) near++;
    }
  }
  return count > 0 ? near / count : 0;
}

/** A linear response: 4 % air and out to the next minor tick; from 0 (or 4 % below, where data lie at 0) when all are positive. */
export function linearDomain(...columns: readonly Values[]): Domain {
  const [low, high] = widen(rangeOf(...columns) ?? [0, 1]);
  const size = high - low;
  const pad = 0.04 * size;
  const { step, parts } = chooseStep(low - pad, high + pad, 5);
  const minor = step / Math.max(1, parts);
  const up = roundEnd(Math.ceil((high + pad) / minor - 1e-9) * minor);
  if (low >= -0.02 * size && low < 0.25 * size) {
    return shareAtZero(columns, size) > 0.1 || low < 0 ? [-0.04 * up, up] : [0, up];
  }
  return [roundEnd(Math.floor((low - pad) / minor + 1e-9) * minor), up];
}

/** log10 of the positive values in rising order. */
function sortedDecades(columns: readonly Values[]): Float64Array {
  const decades: number[] = [];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      if (column[i]! > 0 && Number.isFinite(column[i]!)) decades.push(Math.log10(column[i]!));
    }
  }
  return Float64Array.from(decades).sort();
}

/** Fewer values are all shown. */
const STRAYS_FROM = 20;
/** One decade below the least 2 % of a response is shown: the dips at 0 V would open more. */
const DIP_SHARE = 0.02;
/** The least 3 % of a drive, and at least one of five (the reading at 0 V), are left off where more than a decade parts them from the rest. */
export const GAP_SHARE = 0.03;
const GAP_FROM = 5;

/** Whole decades around the positive values of a response, at most `most`. Null where nothing is positive. */
export function logDomain(columns: readonly Values[], most = 10): Domain | null {
  const decades = sortedDecades(columns);
  const n = decades.length;
  if (n === 0) return null;
  const bulk = decades[Math.min(n - 1, Math.max(1, Math.floor((n - 1) * DIP_SHARE)))]!;
  const low = n >= STRAYS_FROM ? Math.max(decades[0]!, bulk - 1) : decades[0]!;
  const top = Math.ceil(decades[n - 1]! - 1e-9);
  const bottom = Math.max(top - most, Math.floor(low + 1e-9));
  return [10 ** Math.min(bottom, top - 1), 10 ** top];
}

/**
 * A log axis for a drive: its own ends with 4 % air, not whole decades. Null where nothing is positive.
 * @param share of readings that may be left off below a gap; 0: none
 */
export function logDriveDomain(columns: readonly Values[], share = 0): Domain | null {
  const decades = sortedDecades(columns);
  const n = decades.length;
  if (n === 0) return null;
  let first = 0;
  if (share > 0 && n >= GAP_FROM) {
    for (let i = Math.max(1, Math.floor(n * share)); i > 0 && first === 0; i--) {
      if (decades[i]! - decades[i - 1]! > 1) first = i;
    }
  }
  const [low, high] = [decades[first]!, decades[n - 1]!];
  const pad = Math.max(0.03, 0.04 * (high - low));
  return [10 ** (low - pad), 10 ** (high + pad)];
}

/** The prefix that keeps the labels of a linear axis within 0.1 .. 1000, as `unit` and `scale` of an axis. */
export function scaledUnit(unit: Unit, domain: Domain): Pick<AxisSpec, 'unit' | 'scale'> {
  const size = Math.max(Math.abs(domain[0]), Math.abs(domain[1]));
  const exponent = columnExponent([size], unit);
  const text = unit === 'arb' ? 'arb' : showUnit(unit, exponent);
  return { ...(text ? { unit: text } : {}), scale: 10 ** -exponent };
}

/** The prefix of a log axis: that of its middle, so that most decades are plain numbers. */
export function scaledLogUnit(unit: Unit, [low, high]: Domain): Pick<AxisSpec, 'unit' | 'scale'> {
  const middle = Math.sqrt(low * high);
  return scaledUnit(unit, [middle, middle]);
}

/**
 * Domains of two axes over one frame: zero and every major tick at equal heights, 4 to 6 equal steps on both.
 * @param above headroom of the second axis, so that the curves part. @default 1.25
 */
export function alignedDomains(first: number, second: number, above = 1.25) {
  const stepOf = (most: number, steps: number): number => {
    const raw = most / steps;
    const power = 10 ** Math.floor(Math.log10(raw));
    return power * ([1, 2, 2.5, 4, 5, 10].find((lead) => lead * power >= raw * (1 - 1e-9)) ?? 10);
  };
  let best = { cost: Number.POSITIVE_INFINITY, steps: 5, a: 1, b: 1 };
  for (const steps of [4, 5, 6]) {
    const a = stepOf(first * 1.02, steps);
    const b = stepOf(second * above, steps);
    const cost = (a * steps) / first + (b * steps) / second + 0.03 * Math.abs(steps - 5);
    if (cost < best.cost) best = { cost, steps, a, b };
  }
  const domain = (step: number): Domain => [-0.04 * step * best.steps, step * best.steps];
  return { y: domain(best.a), step: best.a, y2: domain(best.b), step2: best.b };
}
