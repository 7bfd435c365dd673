import { fitLine, secondDifferenceNoise } from '../../../fitting/index.ts';
import { currentAt, type EventCurve, type SwitchingEvent } from './event-search.ts';

/** One of the four regions of a two-device memory on one way out: rows of the searched curve and what they show. */
export interface Region {
  readonly name: 'I' | 'II' | 'III' | 'IV';
  readonly from_V: number;
  readonly to_V: number;
  readonly startCurrent_A: number;
  readonly endCurrent_A: number;
  readonly meanCurrent_A: number;
  /** V/I at the centre of the range. */
  readonly resistance_ohm: number | null;
  readonly slope: number | null;
  readonly slopeError: number | null;
  /** Relative standard uncertainty of one reading of the region; null where too few tell it. */
  readonly scatter: number | null;
  readonly points: number;
}

export interface Boundary {
  readonly name: 'I/II' | 'II/III' | 'III/IV';
  readonly voltage_V: number;
  readonly width_V: number;
  /** How it was found. */
  readonly from: 'event' | 'current-rise' | 'light';
}

/** I above the power law of region III by this factor: the light-emitting half carries 50 % of the current. */
const RISE = 2;
const CONSECUTIVE = 3;
const FIT_POINTS = 8;
const SEARCH_FROM = 15;
const LEAST_SCATTER = 8;

export interface RegionSearch {
  readonly boundaries: readonly Boundary[];
  readonly regions: readonly Region[];
  readonly missing: readonly string[];
}

/**
 * Regions I to IV of one way out (METHODS 7.1): the first SET is I/II, the first RESET after it II/III; III/IV is where the current
 * first exceeds twice the power law of region III for three points.
 * @param candidates all events of the leg, rejected ones too; @param resets the accepted falls
 * @param light_V threshold of the light on this leg [V], used only where the current shows no rise
 */
export function findRegions(
  curve: EventCurve,
  candidates: readonly SwitchingEvent[],
  resets: readonly SwitchingEvent[],
  light_V: number | null,
): RegionSearch {
  const falls = [...resets].sort((a, b) => a.interval_V[0] - b.interval_V[0]);
  const lastFall = falls.at(-1)?.interval_V[0] ?? Number.NEGATIVE_INFINITY;
  // on a coarse grid the rise alone is no steeper than a junction; a confirmed fall behind it makes it a switch
  const set = candidates
    .filter((event) => event.sign > 0 && (isAccepted(event) || event.interval_V[1] <= lastFall))
    .sort((a, b) => a.interval_V[0] - b.interval_V[0])[0];
  const reset = falls.find((event) => set && event.interval_V[0] > set.interval_V[0]);
  const boundaries: Boundary[] = [];
  if (set) boundaries.push(fromEvent('I/II', set));
  if (reset) boundaries.push(fromEvent('II/III', reset));
  const rise = set && reset ? findRise(curve, reset) : null;
  if (rise !== null)
    boundaries.push({ name: 'III/IV', voltage_V: rise, width_V: curve.step_V, from: 'current-rise' });
  else if (set && reset && light_V !== null)
    boundaries.push({ name: 'III/IV', voltage_V: light_V, width_V: curve.step_V, from: 'light' });
  const missing: string[] = [];
  if (!set) missing.push('I/II');
  if (!reset) missing.push('II/III');
  if (boundaries.length < 3) missing.push('III/IV');
  return { boundaries, regions: describeRegions(curve, boundaries, set, reset), missing };
}

function isAccepted(event: SwitchingEvent): boolean {
  return event.verdict === 'abrupt' || event.verdict === 'gradual';
}

function fromEvent(name: 'I/II' | 'II/III', event: SwitchingEvent): Boundary {
  const [low, high] = event.interval_V;
  return { name, voltage_V: 0.5 * (low + high), width_V: high - low, from: 'event' };
}

/** First of three consecutive points at twice ln I = a + b ln V of the first half of what lies before them. */
function findRise(curve: EventCurve, reset: SwitchingEvent): number | null {
  const { v, i } = curve;
  const after = v.findIndex((voltage) => voltage >= reset.interval_V[1] - 1e-9);
  if (after < 0) return null;
  const start = after + 2;
  const left = v.length - start;
  for (let k = start + Math.min(SEARCH_FROM, Math.floor(left / 4)); k + CONSECUTIVE <= v.length; k++) {
    const half = Math.max(FIT_POINTS, (k - start) >> 1);
    if (start + half > k) continue;
    const x: number[] = [];
    const y: number[] = [];
    for (let m = start; m < start + half; m++) {
      if (!(i[m]! > curve.floor_A)) continue;
      x.push(Math.log(v[m]!));
      y.push(Math.log(i[m]!));
    }
    const line = x.length >= FIT_POINTS ? fitLine(x, y) : null;
    if (!line) continue;
    let above = true;
    for (let m = k; m < k + CONSECUTIVE; m++) {
      above &&= i[m]! >= RISE * Math.exp(line.intercept + line.slope * Math.log(v[m]!));
    }
    if (above) return v[k]!;
  }
  return null;
}

function describeRegions(
  curve: EventCurve,
  boundaries: readonly Boundary[],
  set: SwitchingEvent | undefined,
  reset: SwitchingEvent | undefined,
): Region[] {
  if (!set || !reset || boundaries.length < 2) return [];
  const names = ['I', 'II', 'III', 'IV'] as const;
  const top = curve.v.at(-1)!;
  const rise = boundaries[2]?.voltage_V;
  const limits: [number, number][] = [
    [0, set.interval_V[0]],
    [set.interval_V[1], reset.interval_V[0]],
    [reset.interval_V[1], rise ?? top],
    ...(rise === undefined ? [] : [[rise, top] as [number, number]]),
  ];
  return limits.flatMap(([from, to], k) => {
    const region = describeRegion(curve, names[k]!, from, to);
    return region ? [region] : [];
  });
}

function describeRegion(curve: EventCurve, name: Region['name'], from: number, to: number): Region | null {
  const x: number[] = [];
  const y: number[] = [];
  for (let k = 0; k < curve.v.length; k++) {
    const voltage = curve.v[k]!;
    if (voltage < from - 1e-9 || voltage > to + 1e-9 || voltage < 0.5 * curve.step_V) continue;
    if (!(curve.i[k]! > curve.floor_A)) continue;
    x.push(Math.log(voltage));
    y.push(Math.log(curve.i[k]!));
  }
  if (x.length === 0) return null;
  const line = x.length >= 4 ? fitLine(x, y) : null;
  const centre = 0.5 * (Math.exp(x[0]!) + Math.exp(x.at(-1)!));
  const current = currentAt(curve, centre);
  return {
    name,
    from_V: Math.exp(x[0]!),
    to_V: Math.exp(x.at(-1)!),
    startCurrent_A: Math.exp(y[0]!),
    endCurrent_A: Math.exp(y.at(-1)!),
    meanCurrent_A: Math.exp(y.reduce((sum, one) => sum + one, 0) / y.length),
    resistance_ohm: current && current > curve.floor_A ? centre / current : null,
    slope: line?.slope ?? null,
    slopeError: line?.slopeError ?? null,
    scatter: y.length >= LEAST_SCATTER ? secondDifferenceNoise(y) : null,
    points: x.length,
  };
}
