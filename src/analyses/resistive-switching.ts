import { type Issue, info, warning } from '../base/issues.ts';
import type { Conditioned } from '../conditioning/conditioned.ts';
import { bounded, determined, type QuantityContext, refused } from '../model/build-quantity.ts';
import type { QuantityId } from '../model/quantities.ts';
import type { Overlay, Quantity } from '../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from './analysis.ts';
import { describeCompliance } from './compliance-record.ts';
import { currentAt, type SwitchingEvent } from './event-search.ts';
import { describeForming } from './forming-voltage.ts';
import {
  defineResetVoltages,
  findCurrentPeak,
  findFall,
  isInteriorPeak,
  RESET_CONVENTIONS,
} from './reset-definitions.ts';
import { type DefinedVoltage, defineSetVoltages, SET_CONVENTIONS } from './set-definitions.ts';
import { missingLegs } from './sweep-legs.ts';
import { explainNoEvent, isGradualChange } from './switching-refusals.ts';
import { type LegSwitching, readVoltageOf, surveySwitching } from './switching-survey.ts';
import { resolveTemperature } from './temperature.ts';

const IDS = [
  'setVoltage',
  'resetVoltage',
  'setCurrent',
  'resetCurrent',
  'resetPower',
  'resetWidth',
  'formingVoltage',
  'complianceCurrent',
  'currentOvershoot',
] as const satisfies readonly QuantityId[];

interface Survey {
  readonly input: AnalysisInput;
  readonly conditioned: Conditioned;
  readonly legs: readonly LegSwitching[];
  readonly temperatureReasons: readonly Issue[];
  readonly inputs: Quantity['inputs'];
}

/**
 * SET, RESET and forming events of every leg by every definition of METHODS 2.1, each confirmed against the exponential
 * onset of a junction: a diode never gives a SET, a gradual memristor gives none either and says so.
 */
export const resistiveSwitching: Analysis = defineAnalysis({
  id: 'resistive-switching',
  version: 1,
  label: 'Resistive switching',
  kinds: ['iv'],
  quantities: IDS,
  options: [
    {
      id: 'setConvention',
      label: 'V_SET in force',
      type: 'choice',
      default: 'steepest-step',
      choices: SET_CONVENTIONS,
    },
    {
      id: 'resetConvention',
      label: 'V_RESET in force',
      type: 'choice',
      default: 'steepest-drop',
      choices: RESET_CONVENTIONS,
    },
  ],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const temperature = resolveTemperature(input.conditions);
    const all = conditioned
      ? surveySwitching(
          conditioned,
          readVoltageOf(input.conditions.readVoltage?.value),
          temperature.thermalVoltage_V,
        )
      : [];
    const legs = all.filter((one) => input.branches === 'all' || input.branches.includes(one.leg.name));
    if (!conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: IDS.map((id) => refused(id, reasons, { method: 'events' })),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const survey: Survey = {
      input,
      conditioned,
      legs,
      temperatureReasons: temperature.reasons,
      inputs: { temperature_K: temperature.given },
    };
    return {
      quantities: [
        ...legsToReport(legs, 'set').flatMap((one) => describeSet(survey, one)),
        ...legsToReport(legs, 'reset').flatMap((one) => describeReset(survey, one)),
        describeForming(legs),
        ...describeCompliance(input.conditions, conditioned.compliance, legs),
        refused(
          'currentOvershoot',
          [
            warning(
              'INPUT_MISSING',
              'DC data cannot show an overshoot: a transient of the SET event is needed.',
              {
                subject: 'transient',
              },
            ),
          ],
          { method: 'transient' },
        ),
      ],
      fits: [],
      overlays: legs.flatMap(drawEvents),
      issues: [],
    };
  },
});

/** Legs with events; in a cycle without one the legs of the signs that switch elsewhere; without any event all of them. */
function legsToReport(legs: readonly LegSwitching[], kind: 'set' | 'reset'): readonly LegSwitching[] {
  const signs = new Set(legs.filter((one) => one[kind].length > 0).map((one) => one.leg.polarity));
  return signs.size === 0 ? legs : legs.filter((one) => signs.has(one.leg.polarity));
}

function headOf(
  survey: Survey,
  one: LegSwitching,
  method: string,
  convention: string | null,
): QuantityContext {
  return { branch: one.leg.name, cycle: one.leg.cycle, method, convention, inputs: survey.inputs };
}

function order(defined: readonly DefinedVoltage[], chosen: unknown): readonly DefinedVoltage[] {
  return [
    ...defined.filter((d) => d.convention === chosen),
    ...defined.filter((d) => d.convention !== chosen),
  ];
}

function describeSet(survey: Survey, one: LegSwitching): Quantity[] {
  const s = one.leg.polarity;
  const event = one.set[0];
  const head = headOf(survey, one, 'events', 'steepest-step');
  if (!event) {
    const hidden = hiddenByCompliance(survey, one);
    if (hidden)
      return [
        bounded('setVoltage', s > 0 ? 'upper' : 'lower', s * hidden.voltage_V, [hidden.issue], head),
        refused('setCurrent', [hidden.issue], head),
      ];
    const why = explainNoEvent(one, 1, s);
    return [refused('setVoltage', [why], head), refused('setCurrent', [why], head)];
  }
  const limit = s > 0 ? survey.conditioned.compliance.positive_A : survey.conditioned.compliance.negative_A;
  const defined = defineSetVoltages(one.curve, event, limit);
  const chosen = survey.input.options['setConvention'] ?? 'steepest-step';
  const reasons = [...eventReasons(one, event, one.set, defined), ...survey.temperatureReasons];
  const before = currentAt(one.curve, event.interval_V[0]);
  return [
    ...order(defined, chosen).map((d, k) =>
      describeDefined(
        'setVoltage',
        d,
        one,
        event,
        headOf(survey, one, 'events', d.convention),
        k === 0 ? reasons : [],
      ),
    ),
    determined('setCurrent', {
      ...headOf(survey, one, 'events', 'before-steepest-step'),
      value: before === null ? Number.NaN : s * before,
      reasons: [],
    }),
  ];
}

function describeDefined(
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

function eventReasons(
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

/** The limit is reached at or below the read voltage: the event, if there is one, is behind it. */
function hiddenByCompliance(survey: Survey, one: LegSwitching): { voltage_V: number; issue: Issue } | null {
  const first = one.curve.clipped.indexOf(1);
  if (first < 0) return null;
  const voltage_V = one.curve.v[first]!;
  const read = readVoltageOf(survey.input.conditions.readVoltage?.value);
  if (voltage_V > read + 1.5 * one.curve.step_V) return null;
  const value = one.leg.polarity * voltage_V;
  return {
    voltage_V,
    issue: warning(
      'COMPLIANCE_CLIPPED',
      `SET hidden by compliance: the limit is reached from ${value.toFixed(3)} V on; |V_SET| ≤ ${voltage_V.toFixed(3)} V.`,
    ),
  };
}

function describeReset(survey: Survey, one: LegSwitching): Quantity[] {
  const event = one.reset[0];
  return event ? describeDrop(survey, one, event) : describeNoDrop(survey, one);
}

function describeDrop(survey: Survey, one: LegSwitching, event: SwitchingEvent): Quantity[] {
  const s = one.leg.polarity;
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
    determined('resetCurrent', { ...peakHead, value: peak ? s * peak.current_A : Number.NaN }),
    determined('resetPower', { ...peakHead, value: peak ? peak.current_A * peak.voltage_V : Number.NaN }),
    late === null || early === null
      ? refused(
          'resetWidth',
          [warning('RANGE_NOT_REACHED', 'The current does not fall to 10 % of its peak on this leg.')],
          headOf(survey, one, 'events', '90-10%'),
        )
      : determined('resetWidth', { ...headOf(survey, one, 'events', '90-10%'), value: late - early }),
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
    determined('resetCurrent', { ...peakHead, value: s * peak.current_A, reasons: [broad] }),
    determined('resetPower', { ...peakHead, value: peak.current_A * peak.voltage_V, reasons: [broad] }),
    refused('resetWidth', [why], headOf(survey, one, 'events', '90-10%')),
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

function drawEvents(one: LegSwitching): Overlay[] {
  const s = one.leg.polarity;
  return [...one.set.slice(0, 1), ...one.reset.slice(0, 1)].map((event) => {
    const voltages = event.interval_V;
    const kind = event.sign > 0 ? 'SET' : 'RESET';
    return {
      id: `${kind.toLowerCase()}-${one.leg.name}-${one.leg.cycle}`,
      kind: 'event',
      label: `${kind} ${(s * 0.5 * (voltages[0] + voltages[1])).toFixed(2)} V`,
      branch: one.leg.name,
      x: { role: 'voltage', data: Float64Array.from(voltages, (v) => s * v) },
      y: { role: 'current', data: Float64Array.from(voltages, (v) => s * (currentAt(one.curve, v) ?? 0)) },
    };
  });
}
