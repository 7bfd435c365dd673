import { fitLine } from '../../../fitting/index.ts';
import type { EventCurve, SwitchingEvent } from './event-search.ts';

/** One reading of V_SET by one definition [V, magnitude]; null where the definition finds nothing. */
export interface DefinedVoltage {
  readonly convention: string;
  readonly voltage_V: number | null;
  /** Only a limit, by the nature of the definition. */
  readonly bound?: 'upper';
  /** Why there is nothing. */
  readonly missing?: string;
}

export const SET_CONVENTIONS = [
  'steepest-step',
  'max-dlnI/dV',
  'max-dI/dV',
  'max-curvature',
  'factor-1.5',
  'factor-2',
  'factor-10',
  'decade-over-hrs',
  'tenth-of-compliance',
  'first-in-compliance',
  'chord-separation',
  'charge-flux',
] as const;

/**
 * V_SET by every definition of METHODS 2.1 on the points of the leg as measured, the confirmed steepest step first.
 * @param compliance_A limit in force on this sign; null = none known
 */
export function defineSetVoltages(
  curve: EventCurve,
  event: SwitchingEvent,
  compliance_A: number | null,
): readonly DefinedVoltage[] {
  const free = findFreeEnd(curve, event);
  const steps = curve.v.length - 1;
  const logStep = (k: number): number => Math.log(level(curve, k + 1) / level(curve, k));
  const usable = (k: number): boolean =>
    k < free && curve.v[k]! >= 0.5 * curve.step_V && curve.v[k + 1]! > curve.v[k]!;
  const steepestLog = findLargest(steps, (k) =>
    usable(k) ? logStep(k) / (curve.v[k + 1]! - curve.v[k]!) : Number.NaN,
  );
  const steepest = findLargest(steps, (k) =>
    usable(k) ? (curve.i[k + 1]! - curve.i[k]!) / (curve.v[k + 1]! - curve.v[k]!) : Number.NaN,
  );
  const bend = findLargest(steps, (k) => (k > 0 && usable(k) ? logStep(k) - logStep(k - 1) : Number.NaN));
  const middle = (k: number | null): number | null =>
    k === null ? null : 0.5 * (curve.v[k]! + curve.v[k + 1]!);
  const clipped = curve.clipped.indexOf(1);
  return [
    { convention: 'steepest-step', voltage_V: 0.5 * (event.interval_V[0] + event.interval_V[1]) },
    { convention: 'max-dlnI/dV', voltage_V: middle(steepestLog) },
    { convention: 'max-dI/dV', voltage_V: middle(steepest) },
    { convention: 'max-curvature', voltage_V: bend === null ? null : curve.v[bend]! },
    ...[1.5, 2, 10].map((factor) => firstFactor(curve, factor)),
    overHighState(curve, event),
    tenthOfCompliance(curve, compliance_A),
    {
      convention: 'first-in-compliance',
      voltage_V: clipped < 0 ? null : curve.v[clipped]!,
      bound: 'upper',
      missing: 'no point of the leg lies at the current limit',
    },
    { convention: 'chord-separation', voltage_V: chordSeparation(curve, free) },
    { convention: 'charge-flux', voltage_V: chargeFlux(curve, free) },
  ];
}

/** Current above the floor, for logarithms. */
function level(curve: EventCurve, k: number): number {
  return Math.max(curve.i[k]!, curve.floor_A);
}

/** First clipped point, else the first point at or after the end of the event's window. */
function findFreeEnd(curve: EventCurve, event: SwitchingEvent): number {
  const clipped = curve.clipped.indexOf(1);
  if (clipped > 0) return clipped;
  const end = curve.v.findIndex((v) => v >= event.end_V);
  return end < 0 ? curve.v.length - 1 : end;
}

function findLargest(count: number, measure: (k: number) => number): number | null {
  let best: number | null = null;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    const value = measure(k);
    if (value > largest) {
      largest = value;
      best = k;
    }
  }
  return best;
}

/** Upper end of the first step whose conductance grows by the factor: fails on fine grids, where no single step does. */
function firstFactor(curve: EventCurve, factor: number): DefinedVoltage {
  const convention = `factor-${factor}`;
  for (let k = 0; k + 1 < curve.v.length; k++) {
    const [a, b] = [curve.v[k]!, curve.v[k + 1]!];
    if (a < 0.5 * curve.step_V || curve.i[k + 1]! < curve.floor_A) continue;
    if ((level(curve, k + 1) * a) / (level(curve, k) * b) >= factor) return { convention, voltage_V: b };
  }
  return {
    convention,
    voltage_V: null,
    missing: `no single step of ${curve.step_V.toPrecision(2)} V reaches it`,
  };
}

/** First current ten times above the power law of the high-resistance state at 0.25 to 0.75 of the event. */
function overHighState(curve: EventCurve, event: SwitchingEvent): DefinedVoltage {
  const convention = 'decade-over-hrs';
  const event_V = event.interval_V[0];
  const x: number[] = [];
  const y: number[] = [];
  for (let k = 0; k < curve.v.length; k++) {
    const v = curve.v[k]!;
    if (v < 0.25 * event_V || v > 0.75 * event_V || curve.i[k]! <= curve.floor_A) continue;
    x.push(Math.log(v));
    y.push(Math.log(curve.i[k]!));
  }
  const line = x.length >= 4 ? fitLine(x, y) : null;
  if (!line)
    return {
      convention,
      voltage_V: null,
      missing: `only ${x.length} points of the high-resistance state (4 needed)`,
    };
  for (let k = 0; k < curve.v.length; k++) {
    const v = curve.v[k]!;
    if (v <= 0.75 * event_V) continue;
    if (Math.log(level(curve, k)) >= line.intercept + line.slope * Math.log(v) + Math.LN10)
      return { convention, voltage_V: v };
  }
  return { convention, voltage_V: null, missing: 'the current never exceeds ten times the extrapolation' };
}

function tenthOfCompliance(curve: EventCurve, compliance_A: number | null): DefinedVoltage {
  const convention = 'tenth-of-compliance';
  if (compliance_A === null) return { convention, voltage_V: null, missing: 'no current limit is known' };
  const target = 0.1 * compliance_A;
  for (let k = 1; k < curve.v.length; k++) {
    if (!(curve.i[k]! >= target)) continue;
    const [low, high] = [level(curve, k - 1), level(curve, k)];
    if (low >= target) break;
    const share = Math.log(target / low) / Math.log(high / low);
    return { convention, voltage_V: curve.v[k - 1]! + share * (curve.v[k]! - curve.v[k - 1]!) };
  }
  return { convention, voltage_V: null, missing: `the current does not cross ${target.toPrecision(2)} A` };
}

/** Largest distance below the straight line from the first point to the end of the free part, both axes scaled to it. */
function chordSeparation(curve: EventCurve, free: number): number | null {
  const [v0, i0] = [curve.v[0]!, curve.i[0]!];
  const [dv, di] = [curve.v[free]! - v0, curve.i[free]! - i0];
  if (!(dv > 0) || !(di > 0)) return null;
  const best = findLargest(free + 1, (k) => (curve.v[k]! - v0) / dv - (curve.i[k]! - i0) / di);
  return best === null ? null : curve.v[best]!;
}

/** Knee of charge against flux, both relative to the end of the free part: the largest flux minus charge. */
function chargeFlux(curve: EventCurve, free: number): number | null {
  const charge = new Float64Array(free + 1);
  const flux = new Float64Array(free + 1);
  for (let k = 1; k <= free; k++) {
    // a ramp of constant rate: time goes with the voltage
    const dt = curve.v[k]! - curve.v[k - 1]!;
    charge[k] = charge[k - 1]! + 0.5 * dt * (curve.i[k]! + curve.i[k - 1]!);
    flux[k] = flux[k - 1]! + 0.5 * dt * (curve.v[k]! + curve.v[k - 1]!);
  }
  const [allCharge, allFlux] = [charge[free]!, flux[free]!];
  if (!(allCharge > 0) || !(allFlux > 0)) return null;
  const best = findLargest(free + 1, (k) => flux[k]! / allFlux - charge[k]! / allCharge);
  return best === null ? null : curve.v[best]!;
}
