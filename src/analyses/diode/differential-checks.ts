import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { EvidencePlot, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { temperatureOfLeg } from '../leg-temperature.ts';
import { buildRisingCurve, explainDarkLeg, missingLegs, selectConductingLegs } from '../sweep-legs.ts';
import { resolveTemperature } from '../temperature.ts';
import { findSwitches, stopAtSwitch } from './below-switch.ts';
import { type CheckedLeg, fittedValue } from './checked-leg.ts';
import { drawChecks, drawNorde } from './differential-evidence.ts';
import { describeNorde, idealityForNorde, pickJunction } from './norde-record.ts';
import { fitSeriesLines } from './series-lines.ts';

const IDS = ['seriesResistance', 'idealityFactor', 'barrierHeight'] as const satisfies readonly QuantityId[];

const DISAGREE = 0.2;

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
      const lines = fitSeriesLines(curve);
      const checked: CheckedLeg = {
        input,
        curve,
        notes,
        temperature,
        checks: lines.lines,
        shunt_S: lines.shunt_S,
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
