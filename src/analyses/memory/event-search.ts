import { median } from '../../../fitting/index.ts';

/** One leg with |V| rising: programmed |V|, current in the leg's own sign, clipped points marked. */
export interface EventCurve {
  /** Voltage of the slopes [V]: programmed where stored. */
  readonly v: Float64Array;
  readonly i: Float64Array;
  readonly clipped: Uint8Array;
  /** Row of the measurement each point stands for. */
  readonly rows: Int32Array;
  readonly step_V: number;
  readonly floor_A: number;
  /** Only measured voltages are stored: V snaps back at SET, a slope is per max(dV, step). */
  readonly measuredOnly: boolean;
}

export type EventVerdict = 'abrupt' | 'gradual' | 'ambiguous' | 'rejected';

/** A rise (SET) or fall (RESET) of the conductance found on one leg (METHODS 2.1). */
export interface SwitchingEvent {
  readonly sign: 1 | -1;
  /** Voltages at the start and end of the window [V], and the interval that is reported. */
  readonly start_V: number;
  readonly end_V: number;
  readonly interval_V: readonly [number, number];
  /** Points of the searched curve: window, steepest step, interval. */
  readonly start: number;
  readonly end: number;
  readonly steepest: number;
  /** Sum of d ln G over the window. */
  readonly rise: number;
  /** [1/V] */
  readonly slope: number;
  readonly flatness: number;
  /** (G of the following leg over G of this one)^sign at the start of the window, and at the read voltage. */
  readonly openRatio: number | null;
  readonly readRatio: number | null;
  readonly verdict: EventVerdict;
}

const LARGEST_POINTS = 400;
const LN3 = Math.log(3);
/** No thermally activated junction with n >= 1 is steeper than q/kT; 20 % above it is a switch. */
const JUNCTION_MARGIN = 1.2;
const FLAT = 0.3;
const CONTRAST = 5;

/** Voltages |V| below half a step are dropped; more than 400 points are averaged into bins so that windows do not depend on the grid. */
export function binCurve(curve: EventCurve): EventCurve {
  const kept: number[] = [];
  for (let k = 0; k < curve.v.length; k++)
    if (curve.v[k]! >= 0.5 * curve.step_V && curve.v[k]! > 0) kept.push(k);
  const size = Math.ceil(kept.length / LARGEST_POINTS);
  const bins: number[][] = [];
  for (let k = 0; k < kept.length; k += size) bins.push(kept.slice(k, k + size));
  return {
    ...curve,
    v: Float64Array.from(bins, (bin) => bin.reduce((sum, k) => sum + curve.v[k]!, 0) / bin.length),
    i: Float64Array.from(bins, (bin) => median(bin.map((k) => curve.i[k]!))),
    clipped: Uint8Array.from(bins, (bin) => (bin.every((k) => curve.clipped[k] === 1) ? 1 : 0)),
    rows: Int32Array.from(bins, (bin) => curve.rows[bin[bin.length >> 1]!]!),
    step_V: curve.step_V * size,
  };
}

/**
 * Abrupt or gradual rises (`sign` 1) or falls (-1) of ln G on a leg with |V| rising, each confirmed against the exponential
 * onset of a junction (METHODS 2.1 and the pseudo-code of 13).
 * @param next the following leg of the same sign, |V| rising too; null where there is none
 * @returns all candidates with their verdicts in order of voltage
 */
export function searchEvents(
  leg: EventCurve,
  sign: 1 | -1,
  next: EventCurve | null,
  readVoltage_V: number,
  thermalVoltage_V: number,
): readonly SwitchingEvent[] {
  const curve = binCurve(leg);
  const n = curve.v.length;
  if (n < 4) return [];
  const y = curve.v.map((v, k) => sign * Math.log(Math.max(curve.i[k]!, curve.floor_A) / v));
  const { rises, slopes } = measureSteps(curve, y);
  const range = curve.v[n - 1]! - curve.v[0]!;
  const reach = Math.max(5, Math.ceil((0.025 * range) / curve.step_V));
  return mergeWindows(findWindows(rises, slopes, reach))
    .filter(([a, c]) => !isSpike(y, a, c))
    .map(([a, c]) => judge(curve, next, sign, y, slopes, a, c, readVoltage_V, thermalVoltage_V));
}

function measureSteps(curve: EventCurve, y: Float64Array): { rises: Float64Array; slopes: Float64Array } {
  const n = y.length - 1;
  const rises = new Float64Array(n);
  const slopes = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const bothClipped = curve.clipped[k] === 1 && curve.clipped[k + 1] === 1;
    const bothLost = curve.i[k]! < curve.floor_A && curve.i[k + 1]! < curve.floor_A;
    if (bothClipped || bothLost) continue;
    const dv = curve.v[k + 1]! - curve.v[k]!;
    rises[k] = y[k + 1]! - y[k]!;
    const width = curve.measuredOnly ? Math.max(Math.abs(dv), curve.step_V) : dv;
    slopes[k] = width > 0 ? rises[k]! / width : 0;
  }
  return { rises, slopes };
}

/** Windows [a, c] of points, longest first, whose every step is steep against the steps on both sides. */
function findWindows(rises: Float64Array, slopes: Float64Array, reach: number): [number, number][] {
  const windows: [number, number][] = [];
  const n = rises.length;
  for (let i = 0; i < n; ) {
    let hit = 0;
    for (let k = Math.min(reach, n - i); k >= 1 && hit === 0; k--) {
      let sum = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let m = i; m < i + k; m++) {
        sum += rises[m]!;
        least = Math.min(least, slopes[m]!);
      }
      if (sum < LN3 || !(least > 0)) continue;
      if (least > CONTRAST * Math.max(0, medianAround(slopes, i, i + k, 3 * reach))) hit = k;
    }
    if (hit > 0) windows.push([i, i + hit]);
    i += Math.max(1, hit);
  }
  return windows;
}

function medianAround(slopes: Float64Array, from: number, to: number, count: number): number {
  const before = slopes.subarray(Math.max(0, from - count), from);
  const after = slopes.subarray(to, Math.min(slopes.length, to + count));
  return before.length + after.length > 0 ? median([...before, ...after]) : 0;
}

function mergeWindows(windows: readonly [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [a, c] of windows) {
    const last = merged.at(-1);
    if (last && a - last[1] <= 1) last[1] = c;
    else merged.push([a, c]);
  }
  return merged;
}

/** The conductance returns within five points: no state was reached. */
function isSpike(y: Float64Array, a: number, c: number): boolean {
  const before = median(y.subarray(Math.max(0, a - 4), a + 1));
  const after = median(y.subarray(c, Math.min(y.length, c + 5)));
  return !(after - before >= LN3);
}

function judge(
  curve: EventCurve,
  next: EventCurve | null,
  sign: 1 | -1,
  y: Float64Array,
  slopes: Float64Array,
  a: number,
  c: number,
  readVoltage_V: number,
  thermalVoltage_V: number,
): SwitchingEvent {
  let steepest = a;
  for (let k = a; k < c; k++) if (slopes[k]! > slopes[steepest]!) steepest = k;
  const slope = slopes[steepest]!;
  const flatness = measureFlatness(curve, slopes, c, curve.v[steepest]!);
  const openRatio = next ? ratioAt(curve, next, curve.v[a]!, sign) : null;
  // a read voltage inside or above the window compares nothing: the lowest common one then
  const wanted = readVoltage_V < curve.v[a]! ? readVoltage_V : 0;
  const common = next ? Math.max(wanted, lowestCommonVoltage(curve, next)) : wanted;
  const readRatio = next ? ratioAt(curve, next, common, sign) : null;
  const steep = slope >= JUNCTION_MARGIN / thermalVoltage_V;
  const flatAndOpen = flatness <= FLAT && openRatio !== null && openRatio >= 3;
  const verdict: EventVerdict =
    steep || flatAndOpen
      ? 'abrupt'
      : readRatio === null
        ? 'ambiguous'
        : readRatio >= 3
          ? 'gradual'
          : 'rejected';
  const at = sign > 0 ? steepest : steepestDrop(curve, c);
  return {
    sign,
    start: a,
    end: c,
    steepest: at,
    start_V: curve.v[a]!,
    end_V: curve.v[c]!,
    interval_V: [curve.v[at]!, curve.v[at + 1]!],
    rise: y[c]! - y[a]!,
    slope,
    flatness,
    openRatio,
    readRatio,
    verdict,
  };
}

/** Largest s (V - V_j) of the two steps after the window: a switched state is flat at once, a junction goes on. */
function measureFlatness(curve: EventCurve, slopes: Float64Array, c: number, from_V: number): number {
  let flatness = Number.NEGATIVE_INFINITY;
  for (const k of [c, c + 1]) {
    if (k >= slopes.length) return Number.POSITIVE_INFINITY;
    if (curve.clipped[k] === 1 || curve.clipped[k + 1] === 1) return Number.POSITIVE_INFINITY;
    flatness = Math.max(flatness, slopes[k]! * (0.5 * (curve.v[k]! + curve.v[k + 1]!) - from_V));
  }
  return flatness;
}

/** The step with the largest fall of |I| between the current maximum before the event and the end of its window. */
function steepestDrop(curve: EventCurve, c: number): number {
  let peak = 0;
  for (let k = 0; k <= c; k++) if (curve.i[k]! > curve.i[peak]!) peak = k;
  let best = Math.min(peak, curve.i.length - 2);
  for (let k = peak; k < c; k++) {
    if (curve.i[k]! - curve.i[k + 1]! > curve.i[best]! - curve.i[best + 1]!) best = k;
  }
  return best;
}

export function lowestCommonVoltage(a: EventCurve, b: EventCurve): number {
  const first = (curve: EventCurve): number => {
    for (const v of curve.v) if (v >= 0.5 * curve.step_V && v > 0) return v;
    return Number.POSITIVE_INFINITY;
  };
  return Math.max(first(a), first(b));
}

/** (G_next/G_this)^sign at a voltage, each conductance at least its own floor; null outside either leg. */
export function ratioAt(curve: EventCurve, next: EventCurve, voltage_V: number, sign: 1 | -1): number | null {
  const here = currentAt(curve, voltage_V);
  const there = currentAt(next, voltage_V);
  if (here === null || there === null) return null;
  return (Math.max(there, next.floor_A) / Math.max(here, curve.floor_A)) ** sign;
}

/** Current at a voltage by linear interpolation between neighbours, null outside the curve. */
export function currentAt(curve: EventCurve, voltage_V: number): number | null {
  const { v, i } = curve;
  for (let k = 1; k < v.length; k++) {
    const low = Math.min(v[k - 1]!, v[k]!);
    const high = Math.max(v[k - 1]!, v[k]!);
    if (voltage_V < low - 1e-9 || voltage_V > high + 1e-9) continue;
    const share = high > low ? (voltage_V - v[k - 1]!) / (v[k]! - v[k - 1]!) : 0;
    return i[k - 1]! + share * (i[k]! - i[k - 1]!);
  }
  return null;
}
