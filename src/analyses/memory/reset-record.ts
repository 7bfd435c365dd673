import { type Issue, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { describeReading, measureReadingScatter } from '../reading-scatter.ts';
import type { SwitchingEvent } from './event-search.ts';
import {
  type CurrentPeak,
  defineResetVoltages,
  findCurrentPeak,
  findFall,
  isInteriorPeak,
} from './reset-definitions.ts';
import { describeDefined, eventReasons, headOf, order, type Survey } from './switching-record.ts';
import { explainNoEvent, isGradualChange } from './switching-refusals.ts';
import type { LegSwitching } from './switching-survey.ts';

export function describeReset(survey: Survey, one: LegSwitching): Quantity[] {
  const event = one.reset[0];
  return event ? describeDrop(survey, one, event) : describeNoDrop(survey, one);
}

function describeDrop(survey: Survey, one: LegSwitching, event: SwitchingEvent): Quantity[] {
  const defined = defineResetVoltages(one.curve, event);
  const chosen = survey.input.options['resetConvention'] ?? 'steepest-drop';
  const reasons = [...eventReasons(one, event, one.reset, defined), ...survey.temperatureReasons];
  const peak = findCurrentPeak(one.curve, event.end_V);
  const peakHead = headOf(survey, one, 'events', 'current-peak');
  const late = peak ? findFall(one.curve, peak, 0.1) : null;
  const early = peak ? findFall(one.curve, peak, 0.9) : null;
  return [
    ...order(defined, chosen).map((d, k) =>
      describeDefined(
        'resetVoltage',
        d,
        one,
        event,
        headOf(survey, one, 'events', d.convention),
        k === 0 ? reasons : [],
      ),
    ),
    ...(peak ? describePeak(one, peak, peakHead) : []),
    late === null || early === null
      ? refused(
          'resetWidth',
          [warning('RANGE_NOT_REACHED', 'The current does not fall to 10 % of its peak on this leg.')],
          headOf(survey, one, 'events', '90-10%'),
        )
      : determined('resetWidth', {
          ...headOf(survey, one, 'events', '90-10%'),
          value: late - early,
          // two crossings, each placed within a step of the grid
          standardUncertainty: one.curve.step_V / Math.sqrt(6),
        }),
  ];
}

/** No event: the reason, and where the current has a broad maximum on the way out, that maximum, flagged as what it is. */
function describeNoDrop(survey: Survey, one: LegSwitching): Quantity[] {
  const s = one.leg.polarity;
  const why = explainNoEvent(one, -1, s);
  const head = headOf(survey, one, 'events', 'steepest-drop');
  const peak = findCurrentPeak(one.curve);
  const refusals = [refused('resetVoltage', [why], head)];
  if (!peak || !isGradualChange(one) || !isInteriorPeak(one.curve, peak))
    return [
      ...refusals,
      ...(['resetCurrent', 'resetPower', 'resetWidth'] as const).map((id) => refused(id, [why], head)),
    ];
  const end = one.curve.i.at(-1)!;
  const broad = warning(
    'NO_SWITCHING',
    `A broad current maximum, not an event: |I| = ${peak.current_A.toPrecision(3)} A at ${(s * peak.voltage_V).toFixed(2)} V falls to ${end.toPrecision(3)} A at ${(s * one.curve.v.at(-1)!).toFixed(2)} V.`,
    { subject: 'gradual' },
  );
  const width_V = flatTop(one, peak.index);
  const peakHead = headOf(survey, one, 'events', 'current-peak');
  return [
    ...refusals,
    determined('resetVoltage', {
      ...peakHead,
      value: s * peak.voltage_V,
      standardUncertainty: width_V / Math.sqrt(12),
      reasons: [broad],
    }),
    ...describePeak(one, peak, peakHead, [broad]),
    refused('resetWidth', [why], headOf(survey, one, 'events', '90-10%')),
  ];
}

/** Current and power at the largest current of the way out. */
function describePeak(
  one: LegSwitching,
  peak: CurrentPeak,
  head: QuantityContext,
  reasons: readonly Issue[] = [],
): Quantity[] {
  const scatter = measureReadingScatter(one.curve.i.subarray(0, peak.index + 1), peak.index);
  const current = one.leg.polarity * peak.current_A;
  return [
    describeReading('resetCurrent', current, scatter, head, reasons),
    describeReading('resetPower', peak.current_A * peak.voltage_V, scatter, head, reasons),
  ];
}

/** Width over which the current stays within 1 % of its maximum: how well a broad maximum is placed. */
function flatTop(one: LegSwitching, peak: number): number {
  const { v, i } = one.curve;
  let from = peak;
  let to = peak;
  while (from > 0 && i[from - 1]! > 0.99 * i[peak]!) from--;
  while (to < v.length - 1 && i[to + 1]! > 0.99 * i[peak]!) to++;
  return Math.max(v[to]! - v[from]!, one.curve.step_V);
}
