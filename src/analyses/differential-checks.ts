import { localPolynomial } from '../../fitting/index.ts';
import { type Issue, info, warning } from '../base/issues.ts';
import { determined, type QuantityContext, refused } from '../model/build-quantity.ts';
import type { QuantityId } from '../model/quantities.ts';
import type { Quantity } from '../model/quantity.ts';
import {
  type Analysis,
  type AnalysisInput,
  type AnalysisOutput,
  defineAnalysis,
  earlierQuantity,
} from './analysis.ts';
import { computeBarrier, findNordeMinimum } from './norde.ts';
import { checkSeries, type SeriesCheck } from './series-checks.ts';
import { fitShuntLine } from './shunt-line.ts';
import {
  buildRisingCurve,
  missingInput,
  missingLegs,
  positiveInput,
  type RisingCurve,
  selectConductingLegs,
} from './sweep-legs.ts';
import { fitTangent } from './tangent.ts';
import { resolveTemperature, type Temperature } from './temperature.ts';

const IDS = ['seriesResistance', 'idealityFactor', 'barrierHeight'] as const satisfies readonly QuantityId[];

const DISAGREE = 0.2;
const TOP_SHARE = 0.2;

interface CheckedLeg {
  readonly input: AnalysisInput;
  readonly curve: RisingCurve;
  readonly temperature: Temperature;
  readonly checks: readonly SeriesCheck[];
  readonly richardson: number;
  readonly head: QuantityContext;
}

/** R_s and n by derivatives of the series-limited range, beside the global fit (METHODS 1.6): Cheung, dV/dI, Werner, Norde. */
export const differentialChecks: Analysis = defineAnalysis({
  id: 'differential-checks',
  version: 1,
  label: 'Differential checks',
  kinds: ['iv'],
  quantities: IDS,
  options: [
    {
      id: 'richardsonConstant',
      label: 'Effective Richardson constant [A cm^-2 K^-2]',
      type: 'number',
      default: 0,
      range: [0, 1000],
      help: '0: unknown; a barrier height is then refused. The free-electron value is 120.173.',
    },
  ],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const legs = selectConductingLegs(input);
    if (!conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: IDS.map((id) => refused(id, reasons, { method: 'differential' })),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const temperature = resolveTemperature(input.conditions);
    const quantities = legs.flatMap((leg) => {
      const curve = buildRisingCurve(conditioned, leg);
      return describeLeg({
        input,
        curve,
        temperature,
        checks: runChecks(curve),
        richardson: Number(input.options['richardsonConstant'] ?? 0),
        head: {
          branch: leg.name,
          cycle: leg.cycle,
          method: 'differential',
          inputs: { temperature_K: temperature.given },
        },
      });
    });
    return { quantities, fits: [], overlays: [], issues: [] };
  },
});

/** The four lines on the top fifth of the range; the slope is a local parabola of I. */
function runChecks(curve: RisingCurve): readonly SeriesCheck[] {
  const { v, i } = curve;
  const top = v.at(-1) ?? 0;
  const from = top - TOP_SHARE * (top - (v[0] ?? 0));
  const tangent = fitTangent(v, i, TOP_SHARE);
  const turnOn = 'turnOn_V' in tangent && tangent.turnOn_V > 0 ? tangent.turnOn_V : 0.5 * top;
  const shunt = fitShuntLine(v, i, turnOn, curve.leg.floor_A);
  const slope = localPolynomial(v, i, { window: 7, minimumSpan: 3 * curve.step_V }).first;
  const kept = Array.from(v.keys()).filter((k) => v[k]! >= from - 1e-9 && Number.isFinite(slope[k]!));
  const pick = (data: Float64Array): Float64Array => Float64Array.from(kept, (k) => data[k]!);
  return checkSeries(
    pick(v),
    pick(i),
    pick(slope),
    shunt.resistance_ohm === null ? 0 : 1 / shunt.resistance_ohm,
  );
}

function describeLeg(leg: CheckedLeg): Quantity[] {
  const { checks, curve, head, temperature } = leg;
  if (checks.length === 0) {
    const clipped = curve.clipped > 0 ? ` (${curve.clipped} clipped points were left out)` : '';
    const why = warning(
      'TOO_FEW_POINTS',
      `No line of the series-limited range: ${curve.v.length} points on the leg, 4 rising ones needed in its top fifth${clipped}.`,
    );
    return IDS.map((id) => refused(id, [why], head));
  }
  const norde = describeNorde(leg);
  const series = checks.map((check) => ({
    check,
    value: check.resistance_ohm,
    error: check.resistanceError_ohm,
  }));
  const ideality = checks
    .filter((check) => check.slope_V !== null)
    .map((check) => ({
      check,
      value: check.slope_V! / temperature.thermalVoltage_V,
      error: check.slopeError_V === null ? null : check.slopeError_V / temperature.thermalVoltage_V,
    }));
  return [
    ...describeMethods(leg, 'seriesResistance', series, fittedValue(leg, 'seriesResistance')),
    ...norde.series,
    ...describeMethods(leg, 'idealityFactor', ideality, fittedValue(leg, 'idealityFactor')),
    norde.barrier,
  ];
}

function fittedValue({ input, curve }: CheckedLeg, id: 'seriesResistance' | 'idealityFactor'): number | null {
  const value = earlierQuantity(input.earlier, id, curve.leg.name)?.value;
  return typeof value === 'number' ? value : null;
}

function describeMethods(
  leg: CheckedLeg,
  id: 'seriesResistance' | 'idealityFactor',
  found: readonly { check: SeriesCheck; value: number; error: number | null }[],
  fitted: number | null,
): Quantity[] {
  const named = found.map(({ check, value }) => ({ name: check.method as string, value }));
  if (fitted !== null) named.push({ name: 'fit', value: fitted });
  const values = named.map(({ value }) => value);
  const spread = Math.max(...values) / Math.min(...values) - 1;
  const list = named.map(({ name, value }) => `${name} ${value.toPrecision(4)}`).join(', ');
  const agreement: Issue =
    Math.min(...values) <= 0 || spread > DISAGREE
      ? warning('METHODS_DISAGREE', `The methods differ by more than 20 %: ${list}.`, { subject: id })
      : info('NOTE', `The methods agree within ${(100 * spread).toFixed(1)} %: ${list}.`);
  return found.map(({ check, value, error }) =>
    determined(id, {
      ...leg.head,
      convention: check.method,
      value,
      standardUncertainty: error,
      interval95: error === null ? null : [value - 1.96 * error, value + 1.96 * error],
      points: check.x.length,
      reasons: [agreement, ...leg.temperature.reasons],
    }),
  );
}

/** R_s at Norde's minimum, and the effective barrier where area and Richardson constant are given. */
function describeNorde(leg: CheckedLeg): { series: Quantity[]; barrier: Quantity } {
  const { curve, temperature, input, richardson } = leg;
  const thermal = temperature.thermalVoltage_V;
  const head: QuantityContext = { ...leg.head, convention: 'norde' };
  const slope = leg.checks.find((check) => check.slope_V !== null)?.slope_V ?? Number.NaN;
  const n = fittedValue(leg, 'idealityFactor') ?? slope / thermal;
  const gamma = Math.ceil(n) + 1;
  const minimum = n > 0 ? findNordeMinimum(curve.v, curve.i, gamma, n, thermal) : null;
  if (!minimum) {
    const why = warning(
      'RANGE_NOT_REACHED',
      `Norde's function for γ = ${gamma} (n = ${n.toPrecision(3)}) has no minimum inside ${(curve.v[0] ?? 0).toPrecision(2)} to ${(curve.v.at(-1) ?? 0).toPrecision(3)} V.`,
    );
    return {
      series: [refused('seriesResistance', [why], head)],
      barrier: refused('barrierHeight', [why], head),
    };
  }
  const at = info(
    'NOTE',
    `γ = ${gamma}, minimum at ${minimum.voltage_V.toPrecision(4)} V, ${minimum.current_A.toPrecision(4)} A.`,
  );
  const series = determined('seriesResistance', {
    ...head,
    value: minimum.resistance_ohm,
    reasons: [at, ...temperature.reasons],
  });
  const area = positiveInput(input.conditions, 'area');
  if (!area)
    return {
      series: [series],
      barrier: refused('barrierHeight', [missingInput('area', 'A barrier height')], head),
    };
  if (!(richardson > 0))
    return {
      series: [series],
      barrier: refused(
        'barrierHeight',
        [
          warning(
            'INPUT_MISSING',
            'A barrier height needs the effective Richardson constant, which depends on the effective mass.',
            { subject: 'richardsonConstant' },
          ),
        ],
        head,
      ),
    };
  const emission_A = area.value * 1e4 * richardson * temperature.temperature_K ** 2;
  return {
    series: [series],
    barrier: determined('barrierHeight', {
      ...head,
      inputs: { ...head.inputs, area_m2: area.given },
      value: computeBarrier(minimum, gamma, n, thermal, emission_A),
      reasons: [
        info('NOTE', 'Effective: a cell with several junctions or ionic drops has no single barrier.'),
        at,
        ...temperature.reasons,
      ],
    }),
  };
}
