import { type Issue, warning } from '../base/issues.ts';
import type { Conditioned, Leg } from '../conditioning/conditioned.ts';
import { FIT_MASK, type LegPoints, pickLegPoints, toRisingPoints } from '../conditioning/leg-points.ts';
import type { Conditions, Given } from '../model/inputs.ts';
import type { FitWindow } from '../model/recipe.ts';
import { sweepStep } from '../segments/sweeps.ts';
import type { AnalysisInput } from './analysis.ts';

/** One leg as magnitudes with |V| rising, masked points left out: what diode-like analyses work on. */
export interface RisingCurve {
  readonly leg: Leg;
  readonly points: LegPoints;
  /** s V and s I, |V| rising. */
  readonly v: Float64Array;
  readonly i: Float64Array;
  /** Usual step of the sweep [V]. */
  readonly step_V: number;
  /** Points of the leg left out because they were clipped. */
  readonly clipped: number;
}

/** Legs the caller asked for, in measured order. */
export function selectLegs(input: AnalysisInput): readonly Leg[] {
  const legs = input.conditioned?.legs ?? [];
  return input.branches === 'all' ? legs : legs.filter((leg) => input.branches.includes(leg.name));
}

/** Asked legs on the conducting side; all where the side is not decided. */
export function selectConductingLegs(input: AnalysisInput): readonly Leg[] {
  const polarity = input.conditioned?.polarity ?? null;
  return selectLegs(input).filter((leg) => polarity === null || leg.polarity === polarity);
}

export function buildRisingCurve(conditioned: Conditioned, leg: Leg, leaveOut = FIT_MASK): RisingCurve {
  const points = toRisingPoints(pickLegPoints(conditioned, leg, leaveOut));
  return {
    leg,
    points,
    v: points.voltage,
    i: points.current,
    step_V: sweepStep(conditioned.programmed.subarray(leg.start, leg.end)) ?? 0,
    clipped: points.leftOut.compliance,
  };
}

/** The part of a curve inside the window a user set for its leg (or for all); the whole curve without one. */
export function applyWindow(curve: RisingCurve, windows: readonly FitWindow[]): RisingCurve {
  const window =
    windows.find((one) => one.branch === curve.leg.name) ?? windows.find((one) => one.branch === '*');
  if (!window) return curve;
  const s = curve.leg.polarity;
  const low = Math.min(s * window.from, s * window.to);
  const high = Math.max(s * window.from, s * window.to);
  // a window of the other sign means the same range of |V|
  const [from, to] = high <= 0 ? [-high, -low] : [low, high];
  return filterCurve(curve, (k) => curve.v[k]! >= from - 1e-12 && curve.v[k]! <= to + 1e-12);
}

export function filterCurve(curve: RisingCurve, keep: (k: number) => boolean): RisingCurve {
  const kept: number[] = [];
  for (let k = 0; k < curve.v.length; k++) if (keep(k)) kept.push(k);
  const pick = (data: Float64Array): Float64Array => Float64Array.from(kept, (k) => data[k]!);
  const points: LegPoints = {
    ...curve.points,
    voltage: pick(curve.points.voltage),
    programmed: pick(curve.points.programmed),
    current: pick(curve.points.current),
    rows: Int32Array.from(kept, (k) => curve.points.rows[k]!),
    mask: Uint16Array.from(kept, (k) => curve.points.mask[k]!),
  };
  return { ...curve, points, v: points.voltage, i: points.current };
}

/** The leg carries no more than three times its floor: an open device, whose ratios and slopes mean nothing. */
export function explainDarkLeg(curve: RisingCurve): Issue | null {
  const largest = curve.i.reduce((most, i) => Math.max(most, Math.abs(i)), 0);
  if (curve.i.length === 0 || largest > 3 * curve.leg.floor_A) return null;
  return warning(
    'BELOW_NOISE_FLOOR',
    `The largest current of the leg, ${largest.toPrecision(2)} A, is within three times its floor of ${curve.leg.floor_A.toPrecision(2)} A: nothing conducts.`,
  );
}

export function missingLegs(input: AnalysisInput): Issue {
  const there = (input.conditioned?.legs ?? []).map((leg) => leg.name).join(', ') || 'none';
  const wanted = input.branches === 'all' ? 'any' : input.branches.join(', ');
  return warning('BRANCH_MISSING', `No leg to work on: wanted ${wanted}, the sweep has ${there}.`, {
    subject: wanted,
  });
}

/** A positive number among the conditions, with its origin. */
export function positiveInput(
  conditions: Conditions,
  name: 'area' | 'readVoltage' | 'thickness' | 'sweepRate',
): { readonly value: number; readonly given: Given } | null {
  const given = conditions[name];
  const value = Number(given?.value);
  return given && value > 0 ? { value, given } : null;
}

export function missingInput(name: string, what: string): Issue {
  return warning('INPUT_MISSING', `${what} needs the ${name}, which was not given.`, {
    subject: name,
    hint: `Set ${name} for the folder or the device.`,
  });
}
