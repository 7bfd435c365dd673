import { type Conditioned, type Leg, MASK } from '../../conditioning/conditioned.ts';
import { EVENT_MASK, pickLegPoints, toRisingPoints } from '../../conditioning/leg-points.ts';
import { sweepStep } from '../../segments/sweeps.ts';
import {
  currentAt,
  type EventCurve,
  lowestCommonVoltage,
  type SwitchingEvent,
  searchEvents,
} from './event-search.ts';

/** What one |V|-rising leg and the leg after it say about switching. */
export interface LegSwitching {
  readonly leg: Leg;
  readonly curve: EventCurve;
  /** The following leg of the same sign. */
  readonly next: EventCurve | null;
  readonly nextLeg: Leg | null;
  /** All candidates, rejected ones too. */
  readonly candidates: readonly SwitchingEvent[];
  /** Accepted, largest change first. */
  readonly set: readonly SwitchingEvent[];
  readonly reset: readonly SwitchingEvent[];
  /** G of the following leg over G of this one where nothing switches: the mark of an analog device. */
  readonly stateRatio: { readonly ratio: number; readonly voltage_V: number } | null;
}

const DEFAULT_READ_V = 0.1;

export function readVoltageOf(value: number | string | undefined): number {
  const given = Math.abs(Number(value));
  return given > 0 ? given : DEFAULT_READ_V;
}

/** Events on every |V|-rising leg of a sweep, with the leg that follows it. */
export function surveySwitching(
  conditioned: Conditioned,
  readVoltage_V: number,
  thermalVoltage_V: number,
): readonly LegSwitching[] {
  const { legs } = conditioned;
  return legs.flatMap((leg, k) => {
    if (leg.direction !== 'forward') return [];
    const after = legs[k + 1];
    const nextLeg = after && after.polarity === leg.polarity && after.direction === 'reverse' ? after : null;
    const curve = buildEventCurve(conditioned, leg);
    const next = nextLeg ? buildEventCurve(conditioned, nextLeg) : null;
    const rises = searchEvents(curve, 1, next, readVoltage_V, thermalVoltage_V);
    const falls = searchEvents(curve, -1, next, readVoltage_V, thermalVoltage_V);
    return [
      {
        leg,
        curve,
        next,
        nextLeg,
        candidates: [...rises, ...falls],
        set: acceptEvents(rises),
        reset: acceptEvents(falls),
        stateRatio: next ? compareStates(curve, next, readVoltage_V) : null,
      },
    ];
  });
}

function acceptEvents(events: readonly SwitchingEvent[]): readonly SwitchingEvent[] {
  return events
    .filter((event) => event.verdict === 'abrupt' || event.verdict === 'gradual')
    .sort((a, b) => b.rise - a.rise);
}

/** Points of a leg for the event search: |V| rising, clipped points kept and marked. */
export function buildEventCurve(conditioned: Conditioned, leg: Leg): EventCurve {
  const points = toRisingPoints(pickLegPoints(conditioned, leg, EVENT_MASK));
  const limit = leg.polarity > 0 ? conditioned.compliance.positive_A : conditioned.compliance.negative_A;
  return {
    v: points.programmed,
    i: points.current,
    clipped: Uint8Array.from(points.mask, (mask) => ((mask & MASK.compliance) !== 0 ? 1 : 0)),
    rows: points.rows,
    step_V: sweepStep(conditioned.programmed.subarray(leg.start, leg.end)) ?? 0,
    // a floor above the limit would hide everything: an offset that large is no floor of this leg
    floor_A: limit === null ? leg.floor_A : Math.min(leg.floor_A, 0.1 * limit),
    measuredOnly: !conditioned.hasProgrammed,
  };
}

/** Ratio of the two legs at the read voltage, else at the lowest |V| up to a third of the range where both are above their floors. */
function compareStates(
  curve: EventCurve,
  next: EventCurve,
  readVoltage_V: number,
): LegSwitching['stateRatio'] {
  const top = curve.v.reduce((most, v) => Math.max(most, v), 0);
  const candidates = [
    Math.max(readVoltage_V, lowestCommonVoltage(curve, next)),
    ...Array.from(curve.v).filter((v) => v > readVoltage_V && v <= top / 3),
  ];
  for (const voltage_V of candidates) {
    const here = currentAt(curve, voltage_V);
    const there = currentAt(next, voltage_V);
    if (here === null || there === null) continue;
    if (here > curve.floor_A && there > next.floor_A) return { ratio: there / here, voltage_V };
  }
  return null;
}
