import { type Issue, info, warning } from '../../base/issues.ts';
import type { Conditioned, Leg } from '../../conditioning/conditioned.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { readState } from '../memory/read-state.ts';
import { type LegSwitching, surveySwitching } from '../memory/switching-survey.ts';
import { buildRisingCurve, selectLegs } from '../sweep-legs.ts';
import { resolveTemperature } from '../temperature.ts';

/**
 * RR(V0) = |I(+V0)|/|I(-V0)| of legs of the same direction at the largest |V0| both signs reach unclipped (METHODS 1.7).
 * A quadrant in which the device switches has no rectification: refused.
 */
export const rectification: Analysis = defineAnalysis({
  id: 'rectification',
  version: 1,
  label: 'Rectification ratio',
  kinds: ['iv'],
  quantities: ['rectificationRatio'],
  options: [
    {
      id: 'voltage',
      label: 'Voltage V_0 [V]',
      type: 'number',
      default: 0,
      range: [0, 1000],
      help: '0: the largest both signs reach.',
    },
  ],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const legs = selectLegs(input);
    const done = (quantities: readonly Quantity[]): AnalysisOutput => ({
      quantities,
      fits: [],
      overlays: [],
      issues: [],
    });
    const pairs = (['forward', 'reverse'] as const).flatMap((direction) => {
      const positive = legs.find((leg) => leg.polarity > 0 && leg.direction === direction);
      const negative = legs.find((leg) => leg.polarity < 0 && leg.direction === direction);
      return positive && negative ? [{ positive, negative }] : [];
    });
    if (!conditioned || pairs.length === 0) {
      const names = legs.map((leg) => leg.name).join(', ') || 'none';
      const reason = warning(
        'BRANCH_MISSING',
        `A rectification ratio needs legs of the same direction on both signs; the sweep has: ${names}.`,
      );
      return done([refused('rectificationRatio', [reason], { method: 'chord' })]);
    }
    const { thermalVoltage_V } = resolveTemperature(input.conditions);
    const survey = surveySwitching(conditioned, 0.1, thermalVoltage_V);
    const wanted = Number(input.options['voltage'] ?? 0);
    return done(
      pairs.map(({ positive, negative }) => compare(conditioned, survey, positive, negative, wanted)),
    );
  },
});

function compare(
  conditioned: Conditioned,
  survey: readonly LegSwitching[],
  positive: Leg,
  negative: Leg,
  wanted_V: number,
): Quantity {
  const head: QuantityContext = { branch: positive.name, cycle: positive.cycle, method: 'chord' };
  const switched = survey.find(
    (one) =>
      (one.leg === positive ||
        one.leg === negative ||
        one.nextLeg === positive ||
        one.nextLeg === negative) &&
      one.set.length + one.reset.length > 0,
  );
  if (switched) {
    const event = switched.set[0] ?? switched.reset[0]!;
    const at = switched.leg.polarity * 0.5 * (event.interval_V[0] + event.interval_V[1]);
    return refused(
      'rectificationRatio',
      [
        warning(
          'REGIME',
          `The device switches in this quadrant (at ${at.toFixed(2)} V): no rectification ratio.`,
        ),
      ],
      head,
    );
  }
  const tops = [positive, negative].map((leg) => {
    const { v } = buildRisingCurve(conditioned, leg);
    return v.reduce((most, one) => Math.max(most, one), 0);
  });
  const common = Math.min(...tops);
  const voltage = wanted_V > 0 ? wanted_V : common;
  const where: QuantityContext = { ...head, range: { role: 'voltage', from: -voltage, to: voltage } };
  if (voltage > common * (1 + 1e-9))
    return refused(
      'rectificationRatio',
      [
        warning(
          'RANGE_NOT_REACHED',
          `V_0 = ${voltage} V is not reached unclipped on both signs (${tops.map((v) => v.toPrecision(3)).join(' and ')} V).`,
        ),
      ],
      where,
    );
  const on = readState(conditioned, positive, voltage);
  const off = readState(conditioned, negative, voltage);
  const current = (state: typeof on, leg: Leg): number =>
    state.kind === 'value' ? voltage / state.resistance_ohm : leg.floor_A;
  const ratio = current(on, positive) / current(off, negative);
  const side = ratio >= 1 ? '+' : '-';
  const note: Issue = info('NOTE', `At ${voltage.toPrecision(4)} V the ${side}V side conducts more.`);
  if (on.kind === 'value' && off.kind === 'value') {
    const relative =
      on.relative === null || off.relative === null ? null : Math.hypot(on.relative, off.relative);
    return determined('rectificationRatio', {
      ...where,
      value: ratio,
      standardUncertainty: relative === null ? null : relative * ratio,
      interval95:
        relative === null ? null : [ratio * Math.exp(-1.96 * relative), ratio * Math.exp(1.96 * relative)],
      reasons: [note],
    });
  }
  if (on.kind === 'value' && off.kind === 'below-floor')
    return bounded('rectificationRatio', 'lower', ratio, [floorReason('-', off.floor_A), note], where);
  if (off.kind === 'value' && on.kind === 'below-floor')
    return bounded('rectificationRatio', 'upper', ratio, [floorReason('+', on.floor_A), note], where);
  return refused(
    'rectificationRatio',
    [
      warning(
        'BELOW_NOISE_FLOOR',
        `Neither side shows a current above its floor at ${voltage.toPrecision(3)} V.`,
      ),
    ],
    where,
  );
}

function floorReason(side: string, floor_A: number): Issue {
  return warning(
    'BELOW_NOISE_FLOOR',
    `The current at ${side}V_0 is below the floor of ${floor_A.toPrecision(2)} A.`,
  );
}
