import type { Conditioned, Leg } from '../conditioning/conditioned.ts';
import { MASK } from '../conditioning/conditioned.ts';

export type SweepShape = 'memory' | 'light-emitting-memory' | 'diode';

/** Legs that differ by this factor at low bias hold a state (METHODS 2.1). */
const STATE_FACTOR = 3;
/** A jump of the conductance that counts as an event for the choice of a recipe. */
const EVENT = Math.log(3);
/** Events take place within this share of the voltage range of their leg. */
const EVENT_SPAN = 0.06;

interface Point {
  readonly v: number;
  readonly y: number;
}

/** ln of the conductance against |V| in order of rising |V|; rows at the noise floor and in a glitch are left out. */
function conductancePoints(sweep: Conditioned, leg: Leg): readonly Point[] {
  const points: Point[] = [];
  const skip = MASK.sentinel | MASK.excluded | MASK.glitch | MASK.noiseFloor;
  for (let row = leg.start; row < leg.end; row++) {
    const v = Math.abs(sweep.voltage[row]!);
    const i = Math.abs(sweep.current[row]!);
    if ((sweep.mask[row]! & skip) !== 0 || !(v > 0) || !(i > 0)) continue;
    points.push({ v, y: Math.log(i / v) });
  }
  return leg.direction === 'forward' ? points : points.reverse();
}

/** Mean ln G within a fraction of the voltage range; NaN where there is no point. */
function meanBetween(points: readonly Point[], low: number, high: number): number {
  let sum = 0;
  let count = 0;
  for (const point of points) {
    if (point.v < low || point.v > high) continue;
    sum += point.y;
    count += 1;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** Largest rise and, after it, largest fall of ln G within a narrow window of the leg. */
function findJumps(points: readonly Point[]): { readonly rise: number; readonly fallAfter: number } {
  const span = EVENT_SPAN * (points.at(-1)?.v ?? 0);
  let rise = 0;
  let fallAfter = 0;
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length && points[j]!.v - points[i]!.v <= span; j++) {
      const change = points[j]!.y - points[i]!.y;
      if (change > rise) {
        rise = change;
        fallAfter = 0; // only what follows the largest rise counts
      } else if (-change > fallAfter) fallAfter = -change;
    }
  }
  return { rise, fallAfter };
}

/** ln of the ratio of the two legs of one sign at the lowest voltages both have; 0 where it cannot be told. */
function stateRatio(forward: readonly Point[], reverse: readonly Point[]): number {
  if (forward.length < 5 || reverse.length < 5) return 0;
  const top = Math.min(forward.at(-1)!.v, reverse.at(-1)!.v);
  const bottom = Math.max(forward[0]!.v, reverse[0]!.v);
  const high = Math.min(Math.max(bottom + 0.1 * top, 0.15 * top), top / 2);
  const difference = meanBetween(forward, bottom, high) - meanBetween(reverse, bottom, high);
  return Number.isFinite(difference) ? Math.abs(difference) : 0;
}

/** Down-sampled so that the pair search stays small on long legs. */
function thinPoints(points: readonly Point[]): readonly Point[] {
  const stride = Math.ceil(points.length / 400);
  return stride === 1 ? points : points.filter((_, index) => index % stride === 0);
}

/**
 * What a current-voltage sweep looks like. A light-emitting memory (two devices in opposite series) rises and falls again on one
 * and the same outward leg, on both signs; a memory keeps another state on the way back; the rest is treated as a diode.
 */
export function recogniseSweep(sweep: Conditioned): SweepShape {
  const bySign = ([1, -1] as const).map((polarity) => {
    const legs = sweep.legs.filter(
      (leg) => leg.polarity === polarity && leg.cycle === firstCycle(sweep, polarity),
    );
    const forward = legs.find((leg) => leg.direction === 'forward');
    const reverse = legs.find((leg) => leg.direction === 'reverse');
    const out = forward ? thinPoints(conductancePoints(sweep, forward)) : [];
    const back = reverse ? thinPoints(conductancePoints(sweep, reverse)) : [];
    return { jumps: findJumps(out), ratio: stateRatio(out, back), used: out.length > 0 };
  });
  const used = bySign.filter((sign) => sign.used);
  const rectangles = used.filter(({ jumps }) => jumps.rise > EVENT && jumps.fallAfter > EVENT);
  if (used.length > 0 && rectangles.length === used.length) return 'light-emitting-memory';
  const hasState = bySign.some(({ ratio }) => ratio > Math.log(STATE_FACTOR));
  return hasState ? 'memory' : 'diode';
}

function firstCycle(sweep: Conditioned, polarity: 1 | -1): number {
  return sweep.legs.find((leg) => leg.polarity === polarity && leg.direction === 'forward')?.cycle ?? 0;
}
