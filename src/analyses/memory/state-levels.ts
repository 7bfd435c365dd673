import { type Issue, info, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Given } from '../../model/inputs.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { missingLegs } from '../sweep-legs.ts';
import { resolveTemperature } from '../temperature.ts';
import { readState } from './read-state.ts';
import { describeOnOff, describeStateRatio } from './state-ratios.ts';
import { explainLimit, headOf, logInterval, type Reading } from './state-reading.ts';
import { describeDifferential, describeNonlinearity } from './state-slopes.ts';
import { isGradualChange } from './switching-refusals.ts';
import { type LegSwitching, readVoltageOf, surveySwitching } from './switching-survey.ts';

const IDS = [
  'highResistance',
  'lowResistance',
  'onOffRatio',
  'stateRatio',
  'differentialResistance',
  'halfBiasNonlinearity',
] as const satisfies readonly QuantityId[];

/** Which leg holds which state, or why a pair of legs has no two states to read. */
type States =
  | { readonly high: Leg; readonly low: Leg; readonly reasons: readonly Issue[] }
  | { readonly high: Leg | null; readonly low: null; readonly why: Issue };

/**
 * Resistances of the two states at the read voltage and their ratio (METHODS 2.2): the state before a SET on the leg with
 * |V| rising, the state after it on the way back; after a RESET the other way round; the two legs of an analog device.
 */
export const stateLevels: Analysis = defineAnalysis({
  id: 'state-levels',
  version: 1,
  label: 'High and low resistance state',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const stated = input.conditions.readVoltage;
    const read_V = readVoltageOf(stated?.value);
    const given: Given = stated ?? { value: read_V, from: 'assumed' };
    const { thermalVoltage_V } = resolveTemperature(input.conditions);
    const legs = conditioned
      ? surveySwitching(conditioned, read_V, thermalVoltage_V).filter(
          (one) => input.branches === 'all' || input.branches.includes(one.leg.name),
        )
      : [];
    if (!conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: IDS.map((id) => refused(id, reasons, { method: 'chord' })),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    // the leg pair that switches to the low state comes first: it is the one a reader asks for
    const ordered = [...legs].sort((a, b) => a.leg.cycle - b.leg.cycle || rank(a) - rank(b));
    const readings = ordered.map((one): Reading => ({ conditioned, one, read_V, given }));
    return {
      quantities: readings.flatMap(describe),
      fits: [],
      overlays: readings.flatMap(drawStates),
      issues: [],
    };
  },
});

function rank(one: LegSwitching): number {
  return one.set.length > 0 ? 0 : one.reset.length > 0 ? 1 : 2;
}

function findStates({ one, read_V }: Reading): States {
  const { leg, nextLeg } = one;
  const s = leg.polarity;
  if (!nextLeg)
    return {
      high: one.set.length > 0 ? leg : null,
      low: null,
      why: warning(
        'BRANCH_MISSING',
        `The leg ${leg.name} is not followed by one back to 0 V: the other state is not measured.`,
        {
          subject: leg.name.replace('forward', 'reverse'),
        },
      ),
    };
  const set = one.set[0];
  const reset = one.reset[0];
  if (set && reset)
    return {
      high: leg,
      low: null,
      why: warning(
        'AMBIGUOUS',
        `The leg switches both ways (${(s * set.interval_V[0]).toFixed(2)} and ${(s * reset.interval_V[0]).toFixed(2)} V): no low state is left at ${read_V} V.`,
      ),
    };
  if (set) {
    if (set.readRatio !== null && set.readRatio < 3)
      return {
        high: leg,
        low: null,
        why: warning(
          'NO_SWITCHING',
          `Volatile: after the switch at ${(s * set.interval_V[0]).toFixed(2)} V the conductance at ${read_V} V is ${set.readRatio.toPrecision(3)} times that before; no low state is kept.`,
        ),
      };
    const disturb =
      read_V > 0.5 * set.interval_V[0]
        ? [
            warning(
              'REGIME',
              `Disturb risk: the read voltage of ${read_V} V exceeds half of V_SET (${set.interval_V[0].toFixed(2)} V).`,
            ),
          ]
        : [];
    return { high: leg, low: nextLeg, reasons: disturb };
  }
  if (reset) return { high: nextLeg, low: leg, reasons: [] };
  if (isGradualChange(one) && one.stateRatio)
    return one.stateRatio.ratio > 1
      ? { high: leg, low: nextLeg, reasons: [] }
      : { high: nextLeg, low: leg, reasons: [] };
  const ratio = one.stateRatio
    ? `the two legs differ by a factor of ${one.stateRatio.ratio.toPrecision(3)} at ${(s * one.stateRatio.voltage_V).toFixed(2)} V`
    : 'no voltage has both legs above the noise floor';
  return {
    high: null,
    low: null,
    why: warning('NO_SWITCHING', `State unchanged: ${ratio} (3 needed).`),
  };
}

function describe(reading: Reading): Quantity[] {
  const states = findStates(reading);
  if (states.low === null) {
    const high =
      states.high === null
        ? refused('highResistance', [states.why], headOf(reading, null, 'chord'))
        : describeResistance(reading, 'highResistance', states.high, []);
    return [
      high,
      refused('lowResistance', [states.why], headOf(reading, reading.one.nextLeg, 'chord')),
      refused('onOffRatio', [states.why], headOf(reading, null, 'resistance-ratio')),
      describeStateRatio(reading),
      ...(states.high ? [describeDifferential(reading, states.high, 'high-state')] : []),
      ...(states.high
        ? []
        : [refused('differentialResistance', [states.why], headOf(reading, null, 'high-state'))]),
      describeNonlinearity(reading, reading.one.leg),
    ];
  }
  return [
    describeResistance(reading, 'highResistance', states.high, states.reasons),
    ...describeSecondRead(reading, states.high),
    describeResistance(reading, 'lowResistance', states.low, states.reasons),
    describeOnOff(reading, states.high, states.low, states.reasons),
    describeStateRatio(reading),
    describeDifferential(reading, states.high, 'high-state'),
    describeDifferential(reading, states.low, 'low-state'),
    describeNonlinearity(reading, states.low),
  ];
}

function describeResistance(
  reading: Reading,
  id: 'highResistance' | 'lowResistance',
  leg: Leg,
  reasons: readonly Issue[],
  read_V: number = reading.read_V,
  convention = 'chord',
): Quantity {
  const v = leg.polarity * read_V;
  const head: QuantityContext = {
    ...headOf(reading, leg, convention),
    range: { role: 'voltage', from: v, to: v },
  };
  const state = readState(reading.conditioned, leg, read_V);
  if (state.kind === 'value')
    return determined(id, {
      ...head,
      value: state.resistance_ohm,
      standardUncertainty: state.relative === null ? null : state.relative * state.resistance_ohm,
      interval95: logInterval(state.resistance_ohm, state.relative),
      reasons,
    });
  const issue = explainLimit(state, read_V);
  if (state.kind === 'clipped') return bounded(id, 'upper', state.limit_ohm, [issue], head);
  if (state.kind === 'below-floor') return bounded(id, 'lower', state.limit_ohm, [issue], head);
  return refused(id, [issue], head);
}

/** A state that is not ohmic is given at twice the read voltage too, where that stays below the event. */
function describeSecondRead(reading: Reading, leg: Leg): Quantity[] {
  const twice = 2 * reading.read_V;
  const event = reading.one.set[0] ?? reading.one.reset[0];
  if (event && twice >= event.start_V) return [];
  const first = readState(reading.conditioned, leg, reading.read_V);
  const second = readState(reading.conditioned, leg, twice);
  if (first.kind !== 'value' || second.kind !== 'value') return [];
  if (Math.abs(second.resistance_ohm / first.resistance_ohm - 1) < 0.05) return [];
  const note = info(
    'NOTE',
    `The high-resistance state is not ohmic: ${first.resistance_ohm.toPrecision(3)} ohm at ${reading.read_V} V, ${second.resistance_ohm.toPrecision(3)} ohm at ${twice} V.`,
  );
  return [describeResistance(reading, 'highResistance', leg, [note], twice, 'chord-at-twice-read')];
}

function drawStates(reading: Reading): Overlay[] {
  const states = findStates(reading);
  if (states.low === null) return [];
  const s = reading.one.leg.polarity;
  return (
    [
      ['HRS', states.high],
      ['LRS', states.low],
    ] as const
  ).flatMap(([label, leg]): Overlay[] => {
    const state = readState(reading.conditioned, leg, reading.read_V);
    if (state.kind !== 'value') return [];
    const voltages = [s * 0.5 * reading.read_V, s * reading.read_V, s * 2 * reading.read_V];
    return [
      {
        id: `${label.toLowerCase()}-${leg.name}-${leg.cycle}`,
        kind: 'level',
        label: `${label} ${state.resistance_ohm.toPrecision(3)} ohm`,
        branch: leg.name,
        x: { role: 'voltage', data: Float64Array.from(voltages) },
        y: { role: 'current', data: Float64Array.from(voltages, (v) => v / state.resistance_ohm) },
      },
    ];
  });
}
