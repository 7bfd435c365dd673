import { localPolynomial, thermalVoltage_V } from '../../fitting/index.ts';
import { type LegSwitching, readVoltageOf, surveySwitching } from '../analyses/memory/switching-survey.ts';
import { type Conditioned, type Leg, MASK } from '../conditioning/conditioned.ts';
import type { Conditions } from '../model/inputs.ts';

export type SweepShape = 'memory' | 'light-emitting-memory' | 'power-law' | 'diode';

/** Legs whose conductances differ by this factor at the read voltage hold a state (METHODS 2.1). */
const STATE_FACTOR = 3;
/**
 * Slope d ln I/d ln V that no regime of space charge reaches and every junction passes where it turns on: V/(n kT/q) is 16 for
 * the reference cell, trap filling seldom exceeds 8.
 */
const STEEPEST_POWER = 9;
/** Fewer tell nothing about a shape. */
const LEAST_POINTS = 6;
/** Ratio of the currents of both signs from which a curve is a diode's, however gently it rises. */
const RECTIFYING = 10;
const MINIMUM_SPAN = Math.log(3);
const ROOM_TEMPERATURE_K = 300;

/** A leg that switches on and off again while |V| rises: one device of an opposite pair sets, the other resets. */
function risesAndFalls({ set, reset }: LegSwitching): boolean {
  return set.some((on) => reset.some((off) => off.start_V > on.end_V - 1e-9));
}

function isMemory({ set, reset, stateRatio }: LegSwitching): boolean {
  if (set.length > 0 || reset.length > 0) return true;
  return stateRatio !== null && Math.abs(Math.log(stateRatio.ratio)) >= Math.log(STATE_FACTOR);
}

/** True where a leg spans enough of V and never rises faster than a power law of space charge. */
function isPowerLaw(sweep: Conditioned, leg: Leg): boolean {
  const skip = MASK.sentinel | MASK.excluded | MASK.glitch | MASK.noiseFloor | MASK.compliance;
  const lnV: number[] = [];
  const lnI: number[] = [];
  for (let row = leg.start; row < leg.end; row++) {
    const v = Math.abs(sweep.voltage[row]!);
    const i = Math.abs(sweep.current[row]!);
    if ((sweep.mask[row]! & skip) !== 0 || !(v > 0) || !(i > 0)) continue;
    lnV.push(Math.log(v));
    lnI.push(Math.log(i));
  }
  if (lnV.length < LEAST_POINTS) return false;
  if (Math.max(...lnV) - Math.min(...lnV) < MINIMUM_SPAN) return false;
  const { first } = localPolynomial(Float64Array.from(lnV), Float64Array.from(lnI), {
    window: lnV.length < 40 ? 3 : 9,
    minimumSpan: 0.1,
  });
  const steep = first.filter((slope) => slope > STEEPEST_POWER).length;
  return steep <= 0.02 * first.length;
}

/** The first leg of a sign as |V| and |I|, |V| rising. */
function pointsOf(sweep: Conditioned, polarity: 1 | -1): readonly (readonly [number, number])[] {
  const skip = MASK.sentinel | MASK.excluded | MASK.glitch | MASK.noiseFloor;
  const leg = sweep.legs.find((one) => one.polarity === polarity);
  if (!leg) return [];
  const points: [number, number][] = [];
  for (let row = leg.start; row < leg.end; row++) {
    if ((sweep.mask[row]! & skip) !== 0) continue;
    points.push([Math.abs(sweep.voltage[row]!), Math.abs(sweep.current[row]!)]);
  }
  return points.sort(([a], [b]) => a - b);
}

/** |I| at a |V| between two points, null outside of them. */
function currentBetween(points: readonly (readonly [number, number])[], voltage_V: number): number | null {
  const above = points.findIndex(([v]) => v >= voltage_V);
  if (above <= 0) return null;
  const [v0, i0] = points[above - 1]!;
  const [v1, i1] = points[above]!;
  return v1 > v0 ? i0 + ((i1 - i0) * (voltage_V - v0)) / (v1 - v0) : i1;
}

/** Conducts ten times better for one sign than for the other, at half or all of the voltage both reach. */
function isRectifying(sweep: Conditioned): boolean {
  const [plus = [], minus = []] = ([1, -1] as const).map((sign) => pointsOf(sweep, sign));
  const top = Math.min(plus.at(-1)?.[0] ?? 0, minus.at(-1)?.[0] ?? 0);
  return [0.5, 1].some((share) => {
    const a = currentBetween(plus, share * top);
    const b = currentBetween(minus, share * top);
    return a !== null && b !== null && a > 0 && b > 0 && Math.abs(Math.log(a / b)) >= Math.log(RECTIFYING);
  });
}

/**
 * What a current-voltage sweep looks like, by the events of METHODS 2.1 (a diode's rise is none). A light-emitting memory (two
 * devices in opposite series) sets and resets on one outward leg, on every sign it was swept to; a memory switches or keeps
 * another state on the way back; of the rest, what rises like a power of V is a matter of regimes, else it is a diode.
 */
export function recogniseSweep(sweep: Conditioned, conditions: Conditions = {}): SweepShape {
  const given = Number(conditions.temperature?.value);
  const temperature_K = given > 0 ? given : ROOM_TEMPERATURE_K;
  const readVoltage_V = readVoltageOf(conditions.readVoltage?.value);
  const survey = surveySwitching(sweep, readVoltage_V, thermalVoltage_V(temperature_K));
  const firstOf = ([1, -1] as const).flatMap((sign) => survey.find(({ leg }) => leg.polarity === sign) ?? []);
  if (firstOf.length > 0 && firstOf.every(risesAndFalls)) return 'light-emitting-memory';
  if (survey.some(isMemory)) return 'memory';
  const outward = sweep.legs.filter((leg) => leg.direction === 'forward');
  const legs = outward.length > 0 ? outward : sweep.legs;
  if (isRectifying(sweep)) return 'diode';
  return legs.length > 0 && legs.every((leg) => isPowerLaw(sweep, leg)) ? 'power-law' : 'diode';
}
