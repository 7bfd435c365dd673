import type { FitReport, FittedParameter } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Given } from '../../model/inputs.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchFit, BranchName, Overlay, Quantity } from '../../model/quantity.ts';
import type { FitOptions } from '../../model/recipe.ts';
import {
  type Analysis,
  type AnalysisInput,
  type AnalysisOutput,
  defineAnalysis,
  recallOr,
} from '../analysis.ts';
import { dropRepeats, toIssue } from '../fit-issues.ts';
import { temperatureOfLeg } from '../leg-temperature.ts';
import {
  applyWindow,
  buildRisingCurve,
  missingInput,
  missingLegs,
  positiveInput,
  type RisingCurve,
  selectConductingLegs,
} from '../sweep-legs.ts';
import { resolveTemperature, type Temperature } from '../temperature.ts';
import { findSwitches, stopAtSwitch } from './below-switch.ts';
import { type DiodeFitOptions, fitDiode } from './diode-fit.ts';
import { drawDiodeFit } from './diode-overlay.ts';
import { checkDiodeData, type DiodeVerdicts, judgeDiode } from './diode-verdicts.ts';
import { fitShuntLine } from './shunt-line.ts';
import { shuntOfLine } from './shunt-record.ts';
import { fitTangent } from './tangent.ts';

const IDS = [
  'seriesResistance',
  'shuntResistance',
  'idealityFactor',
  'lnSaturationCurrent',
  'saturationCurrent',
  'photocurrent',
  'seriesResistanceArea',
] as const satisfies readonly QuantityId[];

interface LegFit {
  readonly input: AnalysisInput;
  readonly curve: RisingCurve;
  readonly report: FitReport;
  readonly verdicts: DiodeVerdicts;
  readonly temperature: Temperature;
  /** Reasons that touch every parameter of the leg. */
  readonly shared: readonly Issue[];
  readonly head: QuantityContext;
  readonly illuminated: boolean;
  /** What the user set of the parameters, if anything. */
  readonly byHand: FitOptions | undefined;
}

/**
 * Modified Shockley parameters per leg by the global fit (METHODS 1.1-1.3); R_p of the straight start follows as a second
 * record. n is apparent: two or more junctions, barriers and ionic drops add up in it.
 */
export const diodeParameters: Analysis = defineAnalysis({
  id: 'diode-parameters',
  version: 2,
  label: 'Diode parameters',
  kinds: ['iv'],
  quantities: IDS,
  options: [
    {
      id: 'printedForm',
      label: 'Equation as printed, without -1',
      type: 'boolean',
      default: false,
      help: 'Only to reproduce texts that print it so: the current at 0 V is then not 0.',
    },
    {
      id: 'illuminated',
      label: 'Taken under light',
      type: 'boolean',
      default: false,
      help: 'Frees the photocurrent; a file named illuminated is taken so by itself.',
    },
    { id: 'robust', label: 'Robust against outliers', type: 'boolean', default: false },
    {
      id: 'secondOpinion',
      label: 'Second opinion',
      type: 'boolean',
      default: false,
      help: 'Fits again with an independent solver and compares.',
    },
  ],
  run(input: AnalysisInput): AnalysisOutput {
    const legs = selectConductingLegs(input);
    if (!input.conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: IDS.map((id) => refused(id, reasons, { method: 'modified-shockley' })),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const quantities: Quantity[] = [];
    const fits: BranchFit[] = [];
    const overlays: Overlay[] = [];
    const switches = findSwitches(input.conditioned, resolveTemperature(input.conditions).thermalVoltage_V);
    for (const leg of legs) {
      if (input.cancelled?.()) break;
      const temperature = temperatureOfLeg(input, leg);
      const whole = applyWindow(buildRisingCurve(input.conditioned, leg), input.windows);
      const { curve, notes } = stopAtSwitch(whole, switches.get(leg)?.set_V, 'fit');
      const head: QuantityContext = {
        branch: leg.name,
        cycle: leg.cycle,
        method: 'modified-shockley',
        convention: input.options['printedForm'] === true ? 'printed-form' : null,
        inputs: { temperature_K: temperature.given },
      };
      const unfit = checkDiodeData(curve);
      if (unfit) {
        quantities.push(...IDS.map((id) => refused(id, [unfit, ...notes], head)), shuntOfLine(curve, head));
        continue;
      }
      const byHand = optionsOf(input, leg.name);
      const options: DiodeFitOptions = {
        temperature_K: temperature.temperature_K,
        printedForm: input.options['printedForm'] === true,
        illuminated:
          input.options['illuminated'] === true ||
          saysIlluminated(input) ||
          byHand?.free.includes('photocurrent') === true,
        robust: input.options['robust'] === true,
        secondOpinion: input.options['secondOpinion'] === true,
        ...(byHand ? { byHand } : {}),
      };
      const { cancelled } = input;
      const report = recallOr(input, 'diode', [curve, options], () =>
        fitDiode(curve, cancelled ? { ...options, cancelled } : options),
      );
      const s = leg.polarity;
      const range = { role: 'voltage', from: s * curve.v[0]!, to: s * curve.v.at(-1)! } as const;
      const fit: LegFit = {
        input,
        curve,
        report,
        verdicts: judgeDiode(curve, report, temperature.thermalVoltage_V),
        temperature,
        shared: [...notes, ...clippedNote(curve), ...offsetNote(report), ...temperature.reasons],
        head: {
          ...head,
          inputs: { ...head.inputs, ...describeByHand(byHand) },
          range,
          points: report.points,
        },
        byHand,
        illuminated: options.illuminated,
      };
      quantities.push(...describeFit(fit));
      fits.push({ branch: leg.name, cycle: leg.cycle, report, window: range });
      if (report.parameters.length > 0) overlays.push(drawDiodeFit(curve, report, temperature.temperature_K));
    }
    return { quantities, fits, overlays, issues: [] };
  },
});

/** What was set by hand for a leg, its own before that for all. */
function optionsOf(input: AnalysisInput, branch: BranchName): FitOptions | undefined {
  const all = input.fitOptions ?? [];
  return all.find((one) => one.branch === branch) ?? all.find((one) => one.branch === '*');
}

/** Starts, held values, bounds and ties as inputs of the record, so that a number says what it rests on. */
function describeByHand(byHand: FitOptions | undefined): Record<string, Given> {
  if (!byHand) return {};
  const given = (prefix: string, values: Readonly<Record<string, number | string>>) =>
    Object.entries(values).map(([id, value]): [string, Given] => [
      `${prefix}_${id}`,
      { value, from: 'user' },
    ]);
  const bounds = Object.entries(byHand.bounds).map(([id, [low, high]]) => [id, `${low}:${high}`]);
  return Object.fromEntries([
    ...given('start', byHand.start),
    ...given('fixed', byHand.fixed),
    ...given('bounds', Object.fromEntries(bounds)),
    ...given('tied', byHand.ties),
  ]);
}

function clippedNote(curve: RisingCurve): readonly Issue[] {
  if (curve.clipped === 0) return [];
  return [info('COMPLIANCE_CLIPPED', `${curve.clipped} clipped points were left out of the fit.`)];
}

/** A zero offset that was fitted beside the parameters is said with its size. */
function offsetNote(report: FitReport): readonly Issue[] {
  const offset = report.parameters.find((parameter) => parameter.id === 'offset');
  if (!offset || offset.fixed) return [];
  return [
    info(
      'NOTE',
      `The current at 0 V stands out of the noise: a zero offset of ${offset.value.toPrecision(3)} A was fitted with the parameters.`,
    ),
  ];
}

function describeFit(fit: LegFit): Quantity[] {
  const { verdicts } = fit;
  return [
    describeSeries(fit),
    describeShunt(fit),
    fromParameter(fit, 'idealityFactor', verdicts.idealityFactor, verdicts.idealityUnresolved),
    lnSaturation(fit),
    fromParameter(fit, 'saturationCurrent', verdicts.idealityFactor, verdicts.idealityUnresolved),
    describePhotocurrent(fit),
    timesArea(fit),
    shuntOfLine(fit.curve, fit.head, fittedTurnOn(fit)),
  ];
}

function parameterOf(fit: LegFit, id: string): FittedParameter | undefined {
  return fit.report.parameters.find((parameter) => parameter.id === id);
}

/** Reasons of a parameter: its own verdicts, those on the data, then the shared ones. */
function reasonsFor(fit: LegFit, id: string, more: readonly Issue[]): readonly Issue[] {
  const own = parameterOf(fit, id)?.reasons.map(toIssue) ?? fit.report.verdicts.map(toIssue);
  return dropRepeats([...more, ...own, ...fit.shared]);
}

function fromParameter(
  fit: LegFit,
  id: 'seriesResistance' | 'shuntResistance' | 'idealityFactor' | 'saturationCurrent' | 'photocurrent',
  more: readonly Issue[],
  unresolved: boolean,
): Quantity {
  const held = heldByHand(fit, id, id);
  if (held) return held;
  const parameter = parameterOf(fit, id);
  const reasons = reasonsFor(fit, id, more);
  if (!parameter || parameter.status === 'refused' || unresolved)
    return refused(id, nonEmpty(reasons, id), fit.head);
  return determined(id, {
    ...fit.head,
    value: parameter.value,
    standardUncertainty: parameter.standardError,
    interval95: parameter.interval95,
    reasons,
  });
}

/** A parameter the user held is told as held: it was not determined from the data, whatever these could carry. */
function heldByHand(
  fit: LegFit,
  quantity: QuantityId,
  parameter: string,
  convert: (value: number) => number = (value) => value,
): Quantity | null {
  const value = fit.byHand?.fixed[parameter];
  if (value === undefined) return null;
  const told = warning('NOTE', 'The value was held by hand and not determined from the data.', {
    subject: parameter,
  });
  return determined(quantity, {
    ...fit.head,
    value: convert(value),
    standardUncertainty: null,
    interval95: null,
    reasons: [told, ...fit.shared],
  });
}

function nonEmpty(reasons: readonly Issue[], id: string): readonly [Issue, ...Issue[]] {
  const [first, ...rest] = reasons;
  return first
    ? [first, ...rest]
    : [warning('NOT_IDENTIFIABLE', 'The data do not determine this parameter.', { subject: id })];
}

/** R_s, or an upper limit from the slope of the last free points where its drop is never seen. */
function describeSeries(fit: LegFit): Quantity {
  const held = heldByHand(fit, 'seriesResistance', 'seriesResistance');
  if (held) return held;
  const { verdicts, curve } = fit;
  if (!verdicts.seriesUnresolved) {
    const parameter = parameterOf(fit, 'seriesResistance');
    if (parameter && parameter.status !== 'refused')
      return fromParameter(fit, 'seriesResistance', verdicts.seriesResistance, false);
  }
  const reasons = nonEmpty(
    reasonsFor(fit, 'seriesResistance', verdicts.seriesResistance).filter((r) => r.code !== 'BOUND_HIT'),
    'seriesResistance',
  );
  const tangent = fitTangent(curve.v, curve.i, 0.1);
  const limit = 'turnOn_V' in tangent ? tangent.resistance_ohm : Number.NaN;
  return bounded('seriesResistance', 'upper', limit, reasons, fit.head);
}

/** R_p, or a lower limit from the top of the low-voltage window and the noise floor. */
function describeShunt(fit: LegFit): Quantity {
  const held = heldByHand(fit, 'shuntResistance', 'shuntResistance');
  if (held) return held;
  const parameter = parameterOf(fit, 'shuntResistance');
  const { curve, verdicts } = fit;
  const floor_A = curve.leg.floor_A;
  if (parameter && parameter.status !== 'refused') {
    // a curved start means the leakage is not ohmic: the value stands, with the reason
    const line = fitShuntLine(curve.v, curve.i, fittedTurnOn(fit), floor_A);
    const curved =
      line.resistance_ohm !== null && line.curved
        ? [
            warning(
              'REGIME',
              `The leakage below ${line.top_V.toPrecision(2)} V is curved: space-charge or trap-limited, not ohmic.`,
            ),
          ]
        : [];
    return fromParameter(fit, 'shuntResistance', [...verdicts.shuntResistance, ...curved], false);
  }
  const top_V = 0.25 * fittedTurnOn(fit);
  return bounded(
    'shuntResistance',
    'lower',
    top_V / floor_A,
    nonEmpty(reasonsFor(fit, 'shuntResistance', []), 'shuntResistance'),
    fit.head,
  );
}

function lnSaturation(fit: LegFit): Quantity {
  const held = heldByHand(fit, 'lnSaturationCurrent', 'saturationCurrent', Math.log);
  if (held) return held;
  const parameter = parameterOf(fit, 'saturationCurrent');
  const reasons = reasonsFor(fit, 'saturationCurrent', fit.verdicts.idealityFactor);
  if (!parameter || parameter.status === 'refused' || fit.verdicts.idealityUnresolved)
    return refused('lnSaturationCurrent', nonEmpty(reasons, 'saturationCurrent'), fit.head);
  const interval = parameter.interval95;
  return determined('lnSaturationCurrent', {
    ...fit.head,
    value: Math.log(parameter.value),
    standardUncertainty: parameter.logStandardError ?? null,
    interval95: interval ? [Math.log(interval[0]), Math.log(interval[1])] : null,
    reasons,
  });
}

/** The name of the file says that the sweep was taken under light. */
function saysIlluminated({ measurement }: AnalysisInput): boolean {
  return /(?:^|[^a-z])(?:illuminated|under[ _-]light)(?:[^a-z]|$)/i.test(measurement.title);
}

function describePhotocurrent(fit: LegFit): Quantity {
  if (fit.illuminated) return fromParameter(fit, 'photocurrent', [], false);
  return refused(
    'photocurrent',
    [
      warning(
        'INPUT_MISSING',
        'The sweep is taken as dark: a photocurrent needs a sweep under light beside the dark one.',
        {
          subject: 'illuminated',
          hint: 'Set the option "taken under light" for the illuminated sweep.',
        },
      ),
    ],
    fit.head,
  );
}

function timesArea(fit: LegFit): Quantity {
  const series = describeSeries(fit);
  const area = positiveInput(fit.input.conditions, 'area');
  if (!area) return refused('seriesResistanceArea', [missingInput('area', 'R_s times area')], fit.head);
  const head = { ...fit.head, inputs: { ...fit.head.inputs, area_m2: area.given } };
  if (typeof series.value !== 'number' || series.status === 'bound')
    return refused('seriesResistanceArea', nonEmpty(series.reasons, 'seriesResistance'), head);
  const relative = Math.hypot(
    (series.standardUncertainty ?? 0) / series.value,
    (area.given.standardUncertainty ?? 0) / area.value,
  );
  const value = series.value * area.value;
  return determined('seriesResistanceArea', {
    ...head,
    value,
    standardUncertainty: series.standardUncertainty === null ? null : relative * value,
    interval95:
      series.standardUncertainty === null
        ? null
        : [value * (1 - 1.96 * relative), value * (1 + 1.96 * relative)],
    reasons: series.reasons,
  });
}

/** Turn-on of the fitted curve as far as the low-voltage window needs it. */
function fittedTurnOn(fit: LegFit): number {
  const tangent = fitTangent(fit.curve.v, fit.curve.i, 0.2);
  const top = fit.curve.v.at(-1) ?? 0;
  return 'turnOn_V' in tangent && tangent.turnOn_V > 0 ? tangent.turnOn_V : 0.5 * top;
}
