import { warning } from '../../base/issues.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { describeReading, measureReadingScatter } from '../reading-scatter.ts';
import { currentAt, ratioAt, type SwitchingEvent } from './event-search.ts';
import type { LegSwitching } from './switching-survey.ts';

/**
 * Highest |V| below the window where ln(G_back/G_out) has fallen to half of its value at the window's start, between the two readings that
 * hold it: the middle of the step where the device lets go at once.
 */
export function findHoldVoltage(one: LegSwitching, event: SwitchingEvent): number | null {
  if (!one.next) return null;
  const start = ratioAt(one.curve, one.next, event.start_V, 1);
  if (start === null || !(start > 1)) return null;
  const half = 0.5 * Math.log(start);
  const below = Array.from(one.curve.v)
    .filter((v) => v > 0.5 * one.curve.step_V && v < event.start_V)
    .sort((a, b) => b - a);
  let above: { readonly v: number; readonly log: number } = { v: event.start_V, log: 2 * half };
  for (const v of below) {
    const ratio = ratioAt(one.curve, one.next, v, 1);
    if (ratio === null) continue;
    const log = Math.log(ratio);
    if (log <= half) return v + ((above.v - v) * (half - log)) / (above.log - log);
    above = { v, log };
  }
  return null;
}

export function describeThresholds(volatile: readonly LegSwitching[]): Quantity[] {
  const ids = ['thresholdVoltage', 'holdVoltage', 'selectivity'] as const;
  if (volatile.length === 0) {
    const why = warning('NO_SWITCHING', 'No volatile event: no leg switches on and returns by itself.');
    return ids.map((id) => refused(id, [why], { method: 'events' }));
  }
  return volatile.flatMap((one) => {
    const event = one.set[0]!;
    const s = one.leg.polarity;
    const [low, high] = event.interval_V;
    const head: QuantityContext = { branch: one.leg.name, cycle: one.leg.cycle, method: 'events' };
    const grid = (high - low) / Math.sqrt(12);
    const hold = findHoldVoltage(one, event);
    const back: QuantityContext = {
      ...head,
      branch: one.nextLeg?.name ?? one.leg.name,
      convention: 'half-log-ratio',
    };
    return [
      determined('thresholdVoltage', {
        ...head,
        convention: 'steepest-step',
        value: s * 0.5 * (low + high),
        standardUncertainty: grid,
        interval95: [
          s * 0.5 * (low + high) - 0.475 * (high - low),
          s * 0.5 * (low + high) + 0.475 * (high - low),
        ],
      }),
      hold === null
        ? refused(
            'holdVoltage',
            [warning('RANGE_NOT_REACHED', 'The way back never leaves the on state.')],
            back,
          )
        : determined('holdVoltage', {
            ...back,
            value: s * hold,
            standardUncertainty: grid,
            interval95: [s * hold - 0.475 * (high - low), s * hold + 0.475 * (high - low)],
          }),
      describeSelectivity(one, event, head),
    ];
  });
}

/** I just above the threshold over I at half of it on the way out (METHODS 2.10). */
function describeSelectivity(one: LegSwitching, event: SwitchingEvent, head: QuantityContext): Quantity {
  const where = { ...head, convention: 'after-threshold-over-half' };
  const middle = 0.5 * (event.interval_V[0] + event.interval_V[1]);
  const on = currentAt(one.curve, event.end_V);
  const half = currentAt(one.curve, 0.5 * middle);
  if (on === null || half === null)
    return refused(
      'selectivity',
      [warning('RANGE_NOT_REACHED', `The leg does not hold ${(0.5 * middle).toFixed(2)} V.`)],
      where,
    );
  const floor = one.curve.floor_A;
  const below = one.curve.i.filter((_, k) => one.curve.v[k]! <= event.start_V);
  if (half <= floor)
    return bounded(
      'selectivity',
      'lower',
      on / floor,
      [
        warning(
          'BELOW_NOISE_FLOOR',
          `At ${(0.5 * middle).toFixed(2)} V the current is below the floor of ${floor.toPrecision(2)} A.`,
        ),
      ],
      where,
    );
  // the reading behind the threshold has its own leg's relative scatter: there are too few on that side of the jump
  const scatter = measureReadingScatter(below, Number.POSITIVE_INFINITY);
  return describeReading('selectivity', on / half, scatter === null ? null : Math.SQRT2 * scatter, where);
}

export function drawHold(one: LegSwitching): Overlay[] {
  const event = one.set[0]!;
  const hold = findHoldVoltage(one, event);
  const current = hold === null || !one.next ? null : currentAt(one.next, hold);
  if (hold === null || current === null) return [];
  const s = one.leg.polarity;
  return [
    {
      id: `hold-${one.leg.name}-${one.leg.cycle}`,
      kind: 'event',
      label: `Hold ${(s * hold).toFixed(2)} V`,
      branch: one.nextLeg?.name ?? null,
      x: { role: 'voltage', data: Float64Array.of(s * hold) },
      y: { role: 'current', data: Float64Array.of(s * current) },
    },
  ];
}
