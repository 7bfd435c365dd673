import { type Issue, info, warning } from '../../base/issues.ts';
import type { Conditioned } from '../../conditioning/conditioned.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import type { SwitchingEvent } from './event-search.ts';
import type { DefinedVoltage } from './set-definitions.ts';
import type { LegSwitching } from './switching-survey.ts';

export interface Survey {
  readonly input: AnalysisInput;
  readonly conditioned: Conditioned;
  readonly legs: readonly LegSwitching[];
  readonly temperatureReasons: readonly Issue[];
  readonly inputs: Quantity['inputs'];
}

export function headOf(
  survey: Survey,
  one: LegSwitching,
  method: string,
  convention: string | null,
): QuantityContext {
  return { branch: one.leg.name, cycle: one.leg.cycle, method, convention, inputs: survey.inputs };
}

export function order(defined: readonly DefinedVoltage[], chosen: unknown): readonly DefinedVoltage[] {
  return [
    ...defined.filter((d) => d.convention === chosen),
    ...defined.filter((d) => d.convention !== chosen),
  ];
}

export function describeDefined(
  id: 'setVoltage' | 'resetVoltage',
  defined: DefinedVoltage,
  one: LegSwitching,
  event: SwitchingEvent,
  head: QuantityContext,
  reasons: readonly Issue[],
): Quantity {
  const s = one.leg.polarity;
  if (defined.voltage_V === null)
    return refused(
      id,
      [
        warning(
          'RANGE_NOT_REACHED',
          `${defined.convention}: ${defined.missing ?? 'nothing found on this leg'}.`,
        ),
      ],
      head,
    );
  const value = s * defined.voltage_V;
  if (defined.bound)
    return bounded(
      id,
      s > 0 ? 'upper' : 'lower',
      value,
      [
        info(
          'COMPLIANCE_CLIPPED',
          `First point at the current limit: V_SET lies below ${value.toFixed(3)} V.`,
        ),
      ],
      head,
    );
  const width = event.interval_V[1] - event.interval_V[0];
  return determined(id, {
    ...head,
    value,
    // midpoint of a grid interval: a uniform distribution over it
    standardUncertainty: width / Math.sqrt(12),
    interval95: [value - 0.475 * width, value + 0.475 * width],
    range: { role: 'voltage', from: s * event.start_V, to: s * event.end_V },
    reasons,
  });
}

export function eventReasons(
  one: LegSwitching,
  event: SwitchingEvent,
  events: readonly SwitchingEvent[],
  defined: readonly DefinedVoltage[],
): Issue[] {
  const s = one.leg.polarity;
  const reasons: Issue[] = [];
  if (events.length > 1)
    reasons.push(
      warning(
        'MULTIPLE_EVENTS',
        `${events.length} events on this leg, at ${events.map((e) => (s * 0.5 * (e.interval_V[0] + e.interval_V[1])).toFixed(3)).join(', ')} V; the largest change is reported.`,
      ),
    );
  if (event.verdict === 'gradual')
    reasons.push(
      warning(
        'NO_SWITCHING',
        `Gradual: ${event.slope.toPrecision(3)} per V is no steeper than a junction, but the next leg has G changed by a factor of ${(event.readRatio ?? Number.NaN).toPrecision(3)}.`,
        { subject: 'gradual' },
      ),
    );
  const spread = defined.filter((d) => d.voltage_V !== null && !d.bound).map((d) => d.voltage_V!);
  if (spread.length > 1)
    reasons.push(
      info(
        'NOTE',
        `The definitions offered span ${(s * Math.min(...spread)).toFixed(3)} to ${(s * Math.max(...spread)).toFixed(3)} V.`,
      ),
    );
  return reasons;
}
