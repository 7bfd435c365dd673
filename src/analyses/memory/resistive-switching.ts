import { type Issue, warning } from '../../base/issues.ts';
import { bounded, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { describeReading, measureReadingScatter } from '../reading-scatter.ts';
import { missingLegs } from '../sweep-legs.ts';
import { resolveTemperature } from '../temperature.ts';
import { describeCompliance } from './compliance-record.ts';
import { currentAt, type SwitchingEvent } from './event-search.ts';
import { describeForming } from './forming-voltage.ts';
import { RESET_CONVENTIONS } from './reset-definitions.ts';
import { describeReset } from './reset-record.ts';
import { defineSetVoltages, SET_CONVENTIONS } from './set-definitions.ts';
import { describeDefined, eventReasons, headOf, order, type Survey } from './switching-record.ts';
import { explainNoEvent } from './switching-refusals.ts';
import { type LegSwitching, readVoltageOf, surveySwitching } from './switching-survey.ts';

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

/**
 * SET, RESET and forming events of every leg by every definition of METHODS 2.1, each confirmed against the exponential
 * onset of a junction: a diode never gives a SET, a gradual memristor gives none either and says so.
 */
export const resistiveSwitching: Analysis = defineAnalysis({
  id: 'resistive-switching',
  version: 2,
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
    describeSetCurrent(one, event, headOf(survey, one, 'events', 'before-steepest-step')),
  ];
}

/** Current just before the steepest step; below the floor only its limit is known. */
function describeSetCurrent(one: LegSwitching, event: SwitchingEvent, head: QuantityContext): Quantity {
  const { polarity: s, floor_A } = one.leg;
  const current = currentAt(one.curve, event.interval_V[0]) ?? Number.NaN;
  if (current <= floor_A)
    return bounded(
      'setCurrent',
      s > 0 ? 'upper' : 'lower',
      s * floor_A,
      [
        warning(
          'BELOW_NOISE_FLOOR',
          `Before the step ${current.toPrecision(2)} A flow, below the floor of ${floor_A.toPrecision(2)} A.`,
        ),
      ],
      head,
    );
  const below = one.curve.i.filter((_, k) => one.curve.v[k]! <= event.interval_V[0]);
  const scatter = measureReadingScatter(below, Number.POSITIVE_INFINITY);
  return describeReading('setCurrent', s * current, scatter, head);
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
