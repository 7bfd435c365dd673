import { localPolynomial, median } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { EvidencePlot, Quantity } from '../../model/quantity.ts';
import {
  type Analysis,
  type AnalysisInput,
  type AnalysisOutput,
  defineAnalysis,
  earlierQuantity,
} from '../analysis.ts';
import { temperatureOfLeg } from '../leg-temperature.ts';
import {
  buildRisingCurve,
  explainDarkLeg,
  filterCurve,
  missingInput,
  missingLegs,
  positiveInput,
  type RisingCurve,
  selectConductingLegs,
} from '../sweep-legs.ts';
import { resolveTemperature, type Temperature } from '../temperature.ts';
import { findSwitches, stopAtSwitch } from './below-switch.ts';
import { drawChecks, drawNorde } from './differential-evidence.ts';
import { computeBarrier, findNordeMinimum, type NordeMinimum } from './norde.ts';
import { checkSeries, type SeriesCheck } from './series-checks.ts';
import { widenByScatter } from './series-scatter.ts';
import { fitShuntLine } from './shunt-line.ts';
import { fitTangent } from './tangent.ts';

const IDS = ['seriesResistance', 'idealityFactor', 'barrierHeight'] as const satisfies readonly QuantityId[];

const DISAGREE = 0.2;
const TOP_SHARE = 0.2;
const SLOPE_ERROR = 0.01;

interface CheckedLeg {
  readonly input: AnalysisInput;
  readonly curve: RisingCurve;
  readonly temperature: Temperature;
  readonly checks: readonly SeriesCheck[];
  readonly shunt_S: number;
  readonly richardson: number;
  readonly head: QuantityContext;
  readonly notes: readonly Issue[];
}

/** R_s and n by derivatives of the series-limited range, beside the global fit (METHODS 1.6): Cheung, dV/dI, Werner, Norde. */
export const differentialChecks: Analysis = defineAnalysis({
  id: 'differential-checks',
  version: 4,
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
    const { thermalVoltage_V } = resolveTemperature(input.conditions);
    const switches = findSwitches(conditioned, thermalVoltage_V);
    const evidence: EvidencePlot[] = [];
    const quantities = legs.flatMap((leg) => {
      const temperature = temperatureOfLeg(input, leg);
      const whole = buildRisingCurve(conditioned, leg);
      const { curve, notes } = stopAtSwitch(whole, switches.get(leg)?.set_V, 'range of the lines');
      const checks = runChecks(curve);
      const checked: CheckedLeg = {
        input,
        curve,
        notes,
        temperature,
        checks: checks.lines,
        shunt_S: checks.shunt_S,
        richardson: Number(input.options['richardsonConstant'] ?? 0),
        head: {
          branch: leg.name,
          cycle: leg.cycle,
          method: 'differential',
          inputs: { temperature_K: temperature.given },
        },
      };
      if (!explainDarkLeg(curve)) evidence.push(...drawLeg(checked));
      return describeLeg(checked);
    });
    return { quantities, fits: [], overlays: [], issues: [], evidence };
  },
});

interface Checks {
  readonly lines: readonly SeriesCheck[];
  /** 1/R_p of the straight start [S]; 0 where there is none. */
  readonly shunt_S: number;
}

/** The four lines on the top fifth of the range; the slope is a local parabola of I. */
function runChecks(whole: RisingCurve): Checks {
  const curve = dropForeignApex(whole);
  const { v, i } = curve;
  const top = v.at(-1) ?? 0;
  const from = top - TOP_SHARE * (top - (v[0] ?? 0));
  const tangent = fitTangent(v, i, TOP_SHARE);
  const turnOn = 'turnOn_V' in tangent && tangent.turnOn_V > 0 ? tangent.turnOn_V : 0.5 * top;
  const shunt = fitShuntLine(v, i, turnOn, curve.leg.floor_A);
  const shunt_S = shunt.resistance_ohm === null ? 0 : 1 / shunt.resistance_ohm;
  const kept = Array.from(v.keys()).filter((k) => v[k]! >= from - 1e-9);
  const minimumSpan = 3 * curve.step_V;
  const window = findWindow(v, i, kept, minimumSpan);
  // the part that the windows of the kept points reach into: the repetitions need no more
  const first = Math.max(0, kept[0]! - window);
  const reach = v.subarray(first);
  const draw = (current: Float64Array): readonly SeriesCheck[] => {
    const slope = differentiate(
      reach,
      current,
      kept.map((k) => k - first),
      window,
      minimumSpan,
    );
    const usable = kept.map((k) => k - first).filter((k) => Number.isFinite(slope[k]!));
    const pick = (data: Float64Array): Float64Array => Float64Array.from(usable, (k) => data[k]!);
    return checkSeries(pick(reach), pick(current), pick(slope), shunt_S);
  };
  const measured = i.subarray(first);
  return { lines: kept.length === 0 ? [] : widenByScatter(draw(measured), measured, draw), shunt_S };
}

/** The apex is measured before the way back begins: a device with hysteresis still has its old state there. */
function dropForeignApex(curve: RisingCurve): RisingCurve {
  if (curve.leg.direction === 'forward' || curve.v.length < 2) return curve;
  return filterCurve(curve, (k) => k < curve.v.length - 1);
}

/** A window that grows from 7 points until the slope is known to 1 %, or spans an eighth of the leg. */
function findWindow(v: Float64Array, i: Float64Array, kept: readonly number[], minimumSpan: number): number {
  for (let window = 7; ; window = 2 * Math.round(0.7 * window) + 1) {
    const { first, firstError } = localPolynomial(v, i, { window, minimumSpan });
    const errors = kept.map((k) => firstError[k]! / Math.abs(first[k]!)).filter(Number.isFinite);
    const wide = 1.4 * window > v.length / 8;
    if (wide || errors.length === 0 || median(errors) < SLOPE_ERROR) return window;
  }
}

/** dI/dV; one-sided windows at the end are the worst known: left out where enough inner points stay. */
function differentiate(
  v: Float64Array,
  i: Float64Array,
  kept: readonly number[],
  window: number,
  minimumSpan: number,
): Float64Array {
  const { first, nearEnd } = localPolynomial(v, i, { window, minimumSpan });
  const inner = kept.filter((k) => nearEnd[k] === 0);
  return inner.length >= 6 ? first.map((one, k) => (nearEnd[k] === 0 ? one : Number.NaN)) : first;
}

function describeLeg(leg: CheckedLeg): Quantity[] {
  const { checks, curve, head, temperature } = leg;
  const dark = explainDarkLeg(curve);
  if (dark) return IDS.map((id) => refused(id, [dark], head));
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
    method: check.method,
    points: check.x.length,
    value: check.resistance_ohm,
    error: check.resistanceError_ohm,
  }));
  const ideality = checks
    .filter((check) => check.slope_V !== null)
    .map((check) => ({
      method: check.method,
      points: check.x.length,
      value: check.slope_V! / temperature.thermalVoltage_V,
      error: check.slopeError_V === null ? null : check.slopeError_V / temperature.thermalVoltage_V,
    }));
  const [forSeries, forIdeality] = [
    judgeAgreement(leg, 'seriesResistance', [
      ...series,
      ...(norde.minimum ? [{ method: 'norde', value: norde.minimum.resistance_ohm, error: null }] : []),
    ]),
    judgeAgreement(leg, 'idealityFactor', ideality),
  ];
  return [
    ...describeMethods(leg, 'seriesResistance', series, forSeries),
    norde.series(forSeries),
    ...describeMethods(leg, 'idealityFactor', ideality, forIdeality),
    norde.barrier,
  ];
}

interface MethodValue {
  readonly method: string;
  readonly value: number;
  readonly error: number | null;
}

function isSure({ value, error }: MethodValue): boolean {
  return value > 0 && (error === null || error <= value);
}

/** Whether the methods and the fit agree within 20 %, and what the global fit holds against its own value: a check is no better. */
function judgeAgreement(
  leg: CheckedLeg,
  id: 'seriesResistance' | 'idealityFactor',
  found: readonly MethodValue[],
): readonly Issue[] {
  const named = found.filter(isSure).map(({ method, value }) => ({ name: method, value }));
  const fitted = fittedValue(leg, id);
  if (fitted !== null) named.push({ name: 'fit', value: fitted });
  const values = named.map(({ value }) => value);
  const spread = Math.max(...values) / Math.min(...values) - 1;
  const list = named.map(({ name, value }) => `${name} ${value.toPrecision(4)}`).join(', ');
  const agreement: Issue =
    Math.min(...values) <= 0 || spread > DISAGREE
      ? warning('METHODS_DISAGREE', `The methods differ by more than 20 %: ${list}.`, { subject: id })
      : info('NOTE', `The methods agree within ${(100 * spread).toFixed(1)} %: ${list}.`);
  const verdict = leg.input.earlier
    .filter((result) => result.analysis === 'diode-parameters')
    .flatMap((result) => result.quantities)
    .find((one) => one.id === id && one.branch === leg.curve.leg.name)
    ?.reasons.find(({ severity }) => severity !== 'info');
  return verdict
    ? [agreement, warning(verdict.code, `Of the global fit: ${verdict.message}`, { subject: id })]
    : [agreement];
}

/** The lines of the checks and Norde's function, with what the global fit makes of them. */
function drawLeg(leg: CheckedLeg): EvidencePlot[] {
  const { checks, temperature } = leg;
  const head = { branch: leg.curve.leg.name, cycle: leg.curve.leg.cycle };
  const resistance_ohm = fittedValue(leg, 'seriesResistance');
  const n = fittedValue(leg, 'idealityFactor');
  const lnSaturation = fittedValue(leg, 'lnSaturationCurrent');
  const thermal = temperature.thermalVoltage_V;
  const fit = resistance_ohm === null || n === null ? null : { resistance_ohm, slope_V: n * thermal };
  const ideality = idealityForNorde(leg);
  const junction = pickJunction(leg);
  if (checks.length === 0) return [];
  const norde =
    ideality > 0 && junction.v.length > 0
      ? [
          drawNorde(
            junction.v,
            junction.i,
            Math.ceil(ideality) + 1,
            thermal,
            fit && lnSaturation !== null ? { ...fit, lnSaturation } : null,
            head,
          ),
        ]
      : [];
  return [...drawChecks(checks, fit, head), ...norde];
}

/** n of the global fit, else of the first line that gives one. */
function idealityForNorde(leg: CheckedLeg): number {
  const slope = leg.checks.find((check) => check.slope_V !== null)?.slope_V ?? Number.NaN;
  return fittedValue(leg, 'idealityFactor') ?? slope / leg.temperature.thermalVoltage_V;
}

function fittedValue(
  { input, curve }: CheckedLeg,
  id: 'seriesResistance' | 'idealityFactor' | 'lnSaturationCurrent',
): number | null {
  const value = earlierQuantity(input.earlier, id, curve.leg.name)?.value;
  return typeof value === 'number' ? value : null;
}

function describeMethods(
  leg: CheckedLeg,
  id: 'seriesResistance' | 'idealityFactor',
  found: readonly (MethodValue & { readonly points: number })[],
  judged: readonly Issue[],
): Quantity[] {
  return found.map((one) => {
    const { method, value, error, points } = one;
    const head = { ...leg.head, convention: method, points };
    if (!isSure(one))
      return refused(
        id,
        [
          warning(
            'NOT_IDENTIFIABLE',
            `The line of ${method} gives ${value.toPrecision(3)} ± ${(error ?? 0).toPrecision(2)}: not determined by ${points} points.`,
            { subject: id },
          ),
        ],
        head,
      );
    return determined(id, {
      ...head,
      value,
      standardUncertainty: error,
      interval95: error === null ? null : [value - 1.96 * error, value + 1.96 * error],
      reasons: [...judged, ...leg.notes, ...leg.temperature.reasons],
    });
  });
}

/** The part where the junction leads: I - V/R_p above V/R_p (the leakage has a minimum of its own in Norde's function). */
function pickJunction({ curve, shunt_S }: CheckedLeg): { v: Float64Array; i: Float64Array } {
  const kept = Array.from(curve.v.keys()).filter(
    (k) => curve.i[k]! > 2 * shunt_S * curve.v[k]! && curve.v[k]! > 0,
  );
  return {
    v: Float64Array.from(kept, (k) => curve.v[k]!),
    i: Float64Array.from(kept, (k) => curve.i[k]! - shunt_S * curve.v[k]!),
  };
}

interface NordeAnswer {
  readonly minimum: NordeMinimum | null;
  readonly series: (judged: readonly Issue[]) => Quantity;
  readonly barrier: Quantity;
}

/** R_s at Norde's minimum, and the effective barrier where area and Richardson constant are given. */
function describeNorde(leg: CheckedLeg): NordeAnswer {
  const { temperature, input, richardson } = leg;
  const thermal = temperature.thermalVoltage_V;
  const head: QuantityContext = { ...leg.head, convention: 'norde' };
  const n = idealityForNorde(leg);
  const gamma = Math.ceil(n) + 1;
  const junction = pickJunction(leg);
  const minimum = n > 0 ? findNordeMinimum(junction.v, junction.i, gamma, n, thermal) : null;
  if (!minimum) {
    const why = warning(
      'RANGE_NOT_REACHED',
      `Norde's function for γ = ${gamma} (n = ${n.toPrecision(3)}) has no minimum inside ${(junction.v[0] ?? 0).toPrecision(2)} to ${(junction.v.at(-1) ?? 0).toPrecision(3)} V.`,
    );
    return {
      minimum,
      series: () => refused('seriesResistance', [why], head),
      barrier: refused('barrierHeight', [why], head),
    };
  }
  const at = info(
    'NOTE',
    `γ = ${gamma}, minimum at ${minimum.voltage_V.toPrecision(4)} V, ${minimum.current_A.toPrecision(4)} A.`,
  );
  const series = (judged: readonly Issue[]): Quantity =>
    determined('seriesResistance', {
      ...head,
      value: minimum.resistance_ohm,
      reasons: [...judged, at, ...leg.notes, ...temperature.reasons],
    });
  const area = positiveInput(input.conditions, 'area');
  if (!area)
    return {
      minimum,
      series,
      barrier: refused('barrierHeight', [missingInput('area', 'A barrier height')], head),
    };
  if (!(richardson > 0))
    return {
      minimum,
      series,
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
    minimum,
    series,
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
