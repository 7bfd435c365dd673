import { secondDifferenceNoise } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { buildRisingCurve, explainDarkLeg, type RisingCurve, selectLegs } from '../sweep-legs.ts';
import { findLevelCrossing } from './crossing.ts';
import { compareLegs, findLegCrossings, type LegComparison } from './leg-comparison.ts';
import { doubled } from './turn-on-leg.ts';

const IDS = [
  'hysteresisIndex',
  'hysteresisArea',
  'hysteresisVoltage',
  'legCrossingVoltage',
] as const satisfies readonly QuantityId[];

const LEVELS = [
  { convention: 'at-1mA', current_A: 1e-3 },
  { convention: 'at-0.1mA', current_A: 1e-4 },
] as const;

/** Hysteresis between the way out and the way back of each sign (METHODS 1.5): positive where the way back conducts more. */
export const hysteresis: Analysis = defineAnalysis({
  id: 'hysteresis',
  version: 3,
  label: 'Hysteresis',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const legs = selectLegs(input);
    const quantities = legs.flatMap((leg, k): Quantity[] => {
      const back = legs[k + 1];
      if (!conditioned || leg.direction !== 'forward') return [];
      if (!back || back.polarity !== leg.polarity || back.direction !== 'reverse') return [];
      return describeLoop(buildRisingCurve(conditioned, leg), buildRisingCurve(conditioned, back));
    });
    if (quantities.length > 0) return { quantities, fits: [], overlays: [], issues: [] };
    const names = legs.map((leg) => leg.name).join(', ') || 'none';
    const reason = warning(
      'BRANCH_MISSING',
      `Hysteresis needs a way out and a way back of one sign; the sweep has: ${names}.`,
      {
        subject: 'reverse',
      },
    );
    return {
      quantities: IDS.map((id) => refused(id, [reason], { method: 'legs' })),
      fits: [],
      overlays: [],
      issues: [],
    };
  },
});

function describeLoop(out: RisingCurve, back: RisingCurve): Quantity[] {
  const s = out.leg.polarity;
  const head: QuantityContext = { branch: out.leg.name, cycle: out.leg.cycle, method: 'legs' };
  const dark = explainDarkLeg(out) ?? explainDarkLeg(back);
  if (dark) return IDS.map((id) => refused(id, [dark], head));
  const loop = compareLegs(out.v, out.i, back.v, back.i);
  if (!loop) {
    const clipped = out.clipped + back.clipped;
    const reason =
      clipped > 0
        ? warning(
            'COMPLIANCE_CLIPPED',
            `The legs share fewer than 5 points after ${clipped} clipped ones were left out.`,
          )
        : warning(
            'TOO_FEW_POINTS',
            `The legs share fewer than 5 points (${out.v.length} and ${back.v.length}).`,
          );
    return IDS.map((id) => refused(id, [reason], head));
  }
  const where: QuantityContext = {
    ...head,
    range: { role: 'voltage', from: s * loop.v[0]!, to: s * loop.top_V },
    points: loop.v.length,
  };
  const u = areaUncertainties(loop);
  return [
    ...describeIndices(loop, where, u),
    determined('hysteresisArea', {
      ...where,
      convention: 'loop',
      value: loop.loopArea,
      standardUncertainty: Math.hypot(u.out, u.back),
    }),
    ...LEVELS.map((level) => describeShift(out, back, where, level)),
    ...describeCrossings(loop, out, where),
  ];
}

/** Standard uncertainties of the two areas from the relative scatter of each leg [V A]. */
function areaUncertainties(loop: LegComparison): { out: number; back: number } {
  const one = (i: Float64Array): number => {
    const relative = relativeScatter(i);
    let squares = 0;
    for (let k = 1; k < i.length; k++) squares += ((loop.v[k]! - loop.v[k - 1]!) * i[k]!) ** 2;
    return relative * Math.sqrt(squares);
  };
  return { out: one(loop.out), back: one(loop.back) };
}

function relativeScatter(i: Float64Array): number {
  const largest = i.reduce((most, value) => Math.max(most, value), 0);
  const logs = Array.from(i)
    .filter((value) => value > 1e-3 * largest)
    .map(Math.log);
  const scatter = secondDifferenceNoise(logs);
  return Number.isFinite(scatter) ? scatter : 0;
}

function describeIndices(
  loop: LegComparison,
  where: QuantityContext,
  u: { out: number; back: number },
): Quantity[] {
  const { outArea: f, backArea: r } = loop;
  const sum = f + r;
  const uSigned = (2 * Math.hypot(r * u.out, f * u.back)) / sum ** 2;
  const index = (convention: string, value: number, more: { u?: number; reasons?: readonly Issue[] } = {}) =>
    determined('hysteresisIndex', {
      ...where,
      convention,
      value,
      standardUncertainty: more.u ?? null,
      interval95: more.u === undefined ? null : [value - 1.96 * more.u, value + 1.96 * more.u],
      ...(more.reasons ? { reasons: more.reasons } : {}),
    });
  const half = nearestIndex(loop.v, 0.5 * loop.top_V);
  const ratio = loop.out[half]! / loop.back[half]!;
  const scale = loop.top_V * loop.largestCurrent_A;
  return [
    index('area', (r - f) / sum, { u: uSigned }),
    index('relative-area', (r - f) / r, { u: Math.hypot(u.out / r, (f * u.back) / r ** 2) }),
    index('normalised-loop', loop.loopArea / scale, {
      u: Math.hypot(Math.hypot(u.out, u.back), relativeScatter(loop.out) * loop.loopArea) / scale,
    }),
    index('at-half-voltage', 1 - ratio, {
      u: ratio * Math.hypot(relativeScatter(loop.out), relativeScatter(loop.back)),
    }),
  ];
}

function nearestIndex(v: Float64Array, at: number): number {
  let best = 0;
  for (let k = 1; k < v.length; k++) if (Math.abs(v[k]! - at) < Math.abs(v[best]! - at)) best = k;
  return best;
}

/** Distance of the legs at a current: V_out(I) - V_back(I). */
function describeShift(
  out: RisingCurve,
  back: RisingCurve,
  where: QuantityContext,
  level: (typeof LEVELS)[number],
): Quantity {
  const head = { ...where, convention: level.convention };
  const first = findLevelCrossing(out.v, out.i, level.current_A);
  const second = findLevelCrossing(back.v, back.i, level.current_A);
  if (!first || !second) {
    const largest = [out, back].map((curve) => curve.i.reduce((most, i) => Math.max(most, i), 0));
    return refused(
      'hysteresisVoltage',
      [
        warning(
          'RANGE_NOT_REACHED',
          `${level.current_A} A is not crossed on both legs (largest ${largest.map((i) => i.toPrecision(3)).join(' and ')} A).`,
        ),
      ],
      head,
    );
  }
  const u =
    first.standardUncertainty_V === null || second.standardUncertainty_V === null
      ? null
      : Math.hypot(first.standardUncertainty_V, second.standardUncertainty_V);
  const value = first.voltage_V - second.voltage_V;
  return determined('hysteresisVoltage', {
    ...head,
    value,
    standardUncertainty: u,
    interval95: doubled(value, u, first.degreesOfFreedom + second.degreesOfFreedom),
  });
}

function describeCrossings(loop: LegComparison, out: RisingCurve, where: QuantityContext): Quantity[] {
  const relative = Math.max(relativeScatter(loop.out), relativeScatter(loop.back));
  const floor = out.leg.floor_A;
  const crossings = findLegCrossings(loop, (current) => Math.max(floor, 4 * Math.SQRT2 * relative * current));
  if (crossings.length === 0)
    return [
      refused(
        'legCrossingVoltage',
        [
          warning(
            'RANGE_NOT_REACHED',
            `The legs do not cross between ${loop.v[0]!.toPrecision(3)} and ${loop.top_V.toPrecision(3)} V.`,
          ),
        ],
        where,
      ),
    ];
  return crossings.map((voltage) =>
    determined('legCrossingVoltage', {
      ...where,
      value: out.leg.polarity * voltage,
      standardUncertainty: out.step_V / Math.sqrt(12),
    }),
  );
}
