import { median } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchFit, Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput, listMissing } from '../given-inputs.ts';
import { missingLegs, selectLegs } from '../sweep-legs.ts';
import { additiveLaw } from './additive-law.ts';
import {
  evaluateSegments,
  findLegStates,
  LASTING_DECADES,
  type Regime,
  type RegimeSurvey,
  readParameter,
  surveyRegimes,
} from './regimes.ts';

const IDS = [
  'regimeCount',
  'regimeSlope',
  'transitionVoltage',
  'ohmicResistance',
  'conductivity',
] as const satisfies readonly QuantityId[];

const SEGMENTED = 'segmented line';
const ADDITIVE = 'additive law';

const interval = (value: number, u: number): readonly [number, number] => [
  value - 1.96 * u,
  value + 1.96 * u,
];
const volts = (v: number): string => `${v.toPrecision(3)} V`;

function describe(regime: Regime): string {
  return `${regime.slope.toFixed(2)} ± ${regime.slopeError.toPrecision(2)} from ${volts(regime.from)} to ${volts(regime.to)}`;
}

interface OhmicPart {
  readonly resistance: number;
  readonly error: number;
  readonly from: number;
  readonly to: number;
  readonly method: string;
}

/** R_0 of the first ohmic segment: median of V/I over it, with the scatter of the line it lies on. */
function measureOhmic(survey: RegimeSurvey): OhmicPart | null {
  const ohmic = survey.regimes.find(
    (regime) => regime.label === 'ohmic' && regime.decades >= LASTING_DECADES,
  );
  if (!ohmic) return null;
  const logs: number[] = [];
  for (let k = 0; k < survey.voltage.length; k++) {
    const v = survey.voltage[k]!;
    if (v < ohmic.from * (1 - 1e-9) || v > ohmic.to * (1 + 1e-9)) continue;
    logs.push(Math.log10(v) - survey.logCurrent[k]!);
  }
  if (logs.length === 0) return null;
  const resistance = 10 ** median(logs);
  const { rss } = survey.segmentation.chosen;
  const scatter = Math.sqrt(rss / Math.max(1, survey.voltage.length - 2));
  // the slope is not exactly 1: its distance over half the segment is part of what R_0 can mean
  const bend = (Math.abs(ohmic.slope - 1) * ohmic.decades) / Math.sqrt(12);
  const u = Math.LN10 * Math.hypot(scatter / Math.sqrt(logs.length), bend);
  return { resistance, error: resistance * u, from: ohmic.from, to: ohmic.to, method: SEGMENTED };
}

function reportConductivity(
  input: AnalysisInput,
  survey: RegimeSurvey,
  part: OhmicPart | null,
  why: readonly Issue[],
) {
  const context = { branch: survey.leg.name, cycle: survey.leg.cycle, method: part?.method ?? SEGMENTED };
  const needed = ['thickness', 'area'] as const;
  const inputs = collectInputs(input.conditions, needed);
  const missing = listMissing(input.conditions, needed, 'The conductivity');
  const [firstMissing, ...rest] = missing;
  const [firstWhy, ...moreWhy] = why;
  if (!part) {
    const reason = firstWhy ?? warning('REGIME_NOT_FOUND', 'No ohmic stretch was found.');
    return refused('conductivity', [reason, ...moreWhy], { ...context, inputs });
  }
  if (firstMissing) return refused('conductivity', [firstMissing, ...rest], { ...context, inputs });
  if (survey.filament)
    return refused(
      'conductivity',
      [
        warning(
          'REGIME',
          'The leg is a low-resistance state: the area of its filament is not the area given.',
        ),
      ],
      { ...context, inputs },
    );
  const thickness = findInput(input.conditions, 'thickness')!;
  const area = findInput(input.conditions, 'area')!;
  const value = thickness.value / (part.resistance * area.value);
  const u = value * Math.hypot(part.error / part.resistance, thickness.relative, area.relative);
  return determined('conductivity', {
    ...context,
    value,
    standardUncertainty: u,
    interval95: interval(value, u),
    inputs,
    reasons: [...why],
  });
}

/** Records where the additive law replaces the segments: R_0 and V_x, the breaks only listed. */
function reportAdditive(input: AnalysisInput, survey: RegimeSurvey): Quantity[] {
  const report = survey.additive!;
  const resistance = readParameter(report, 'ohmicResistance');
  const crossover = readParameter(report, 'transitionVoltage');
  const l = readParameter(report, 'exponent');
  const { leg, regimes } = survey;
  const first = survey.voltage[0]!;
  const last = survey.voltage.at(-1)!;
  const breaks = regimes.slice(1).map((regime) => volts(regime.from));
  const note = info(
    'NOTE',
    `A smooth sum of two laws describes the curve better than ${regimes.length} segment${regimes.length > 1 ? 's' : ''} (AICc lower by ${survey.gain!.toFixed(0)}; slopes ${regimes.map((regime) => regime.slope.toFixed(2)).join(', ')}${breaks.length > 0 ? `, breaks at ${breaks.join(', ')}` : ''}).`,
  );
  const reasons = [note, ...survey.notes];
  const context = { branch: leg.name, cycle: leg.cycle, method: ADDITIVE, points: survey.voltage.length };
  const middle = Math.min(last, Math.max(first, crossover.value));
  const slope = (value: number, error: number | null, label: string, from: number, to: number): Quantity =>
    determined('regimeSlope', {
      ...context,
      value,
      standardUncertainty: error,
      interval95: error === null ? null : interval(value, error),
      convention: label,
      range: { role: 'voltage', from: leg.polarity * from, to: leg.polarity * to },
      reasons: error === null ? [...reasons, info('NOTE', 'The slope is fixed by the law.')] : reasons,
    });
  const ohmic: OhmicPart = {
    resistance: resistance.value,
    error: resistance.error ?? Number.NaN,
    from: first,
    to: middle,
    method: ADDITIVE,
  };
  const upper = 1 + l.value;
  return [
    determined('regimeCount', { ...context, value: 2, reasons }),
    slope(1, null, 'ohmic', first, middle),
    slope(
      upper,
      l.fixed ? null : l.error,
      l.fixed ? 'Child or Mott-Gurney' : upper > 2.3 ? 'trap filling or injection' : 'free exponent',
      middle,
      last,
    ),
    determined('transitionVoltage', {
      ...context,
      value: leg.polarity * crossover.value,
      standardUncertainty: crossover.error,
      interval95: crossover.error === null ? null : interval(leg.polarity * crossover.value, crossover.error),
      convention: 'equal currents of both laws',
      reasons,
    }),
    determined('ohmicResistance', {
      ...context,
      value: resistance.value,
      standardUncertainty: resistance.error,
      interval95: resistance.interval95,
      range: { role: 'voltage', from: leg.polarity * first, to: leg.polarity * middle },
      reasons,
    }),
    reportConductivity(input, survey, ohmic, survey.notes),
  ];
}

/** Records of the segmented line: one slope a regime with its range, one transition a break. */
function reportSegments(input: AnalysisInput, survey: RegimeSurvey): Quantity[] {
  const { leg, regimes, segmentation } = survey;
  const context = { branch: leg.name, cycle: leg.cycle, method: SEGMENTED, points: survey.voltage.length };
  const lasting = regimes.some(
    (regime) =>
      regime.decades >= LASTING_DECADES &&
      ['ohmic', 'Child or Mott-Gurney', 'trap filling or injection'].includes(regime.label),
  );
  const single = regimes.length === 1 && !lasting ? regimes[0] : undefined;
  const nothing = warning(
    'REGIME_NOT_FOUND',
    single
      ? `Single power law ${describe(single)}: no regime of slope 1 or 2.`
      : `No regime of slope 1, 2 or above 2.3 lasts over ${LASTING_DECADES} decade: ${regimes.map(describe).join('; ')}.`,
  );
  const reasons = [...(lasting ? [] : [nothing]), ...survey.notes];
  const quantities: Quantity[] = [
    determined('regimeCount', { ...context, value: regimes.length, reasons }),
    ...regimes.map((regime) =>
      determined('regimeSlope', {
        ...context,
        value: regime.slope,
        standardUncertainty: regime.slopeError,
        interval95: interval(regime.slope, regime.slopeError),
        convention: regime.label,
        range: { role: 'voltage', from: leg.polarity * regime.from, to: leg.polarity * regime.to },
        reasons,
      }),
    ),
  ];
  const { breaks, breakErrors } = segmentation.chosen;
  if (breaks.length === 0)
    quantities.push(
      refused(
        'transitionVoltage',
        [warning('REGIME_NOT_FOUND', `No break of slope: ${describe(regimes[0]!)}.`)],
        context,
      ),
    );
  for (let k = 0; k < breaks.length; k++) {
    const value = leg.polarity * 10 ** breaks[k]!;
    const u = Math.abs(value) * Math.LN10 * breakErrors[k]!;
    quantities.push(
      determined('transitionVoltage', {
        ...context,
        value,
        standardUncertainty: u,
        interval95: interval(value, u),
        convention: `break ${k + 1}: slope ${regimes[k]!.slope.toFixed(2)} to ${regimes[k + 1]!.slope.toFixed(2)}`,
        reasons,
      }),
    );
  }
  const ohmic = measureOhmic(survey);
  const noOhmic = warning(
    'REGIME_NOT_FOUND',
    `No segment of slope 0.85 to 1.15 lasts over ${LASTING_DECADES} decade: ${regimes.map(describe).join('; ')}.`,
  );
  quantities.push(
    ohmic
      ? determined('ohmicResistance', {
          ...context,
          value: ohmic.resistance,
          standardUncertainty: ohmic.error,
          interval95: interval(ohmic.resistance, ohmic.error),
          range: { role: 'voltage', from: leg.polarity * ohmic.from, to: leg.polarity * ohmic.to },
          reasons: survey.notes,
        })
      : refused('ohmicResistance', [noOhmic, ...survey.notes], context),
    reportConductivity(input, survey, ohmic, ohmic ? survey.notes : [noOhmic]),
  );
  return quantities;
}

const DRAWN_POINTS = 24;

/** Each segment, or the additive law, on equal steps of log V with the signs of the leg. */
function drawSurvey(survey: RegimeSurvey): Overlay[] {
  const s = survey.leg.polarity;
  const spread = (from: number, to: number, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
  const overlay = (
    id: string,
    kind: Overlay['kind'],
    label: string,
    voltage: Float64Array,
    current: Float64Array,
  ): Overlay => ({
    id,
    kind,
    label,
    branch: survey.leg.name,
    x: { role: 'voltage', data: voltage.map((v) => s * (v + survey.offset_V)) },
    y: { role: 'current', data: current.map((i) => s * i) },
  });
  if (survey.additive) {
    const voltage = spread(survey.voltage[0]!, survey.voltage.at(-1)!, 4 * DRAWN_POINTS);
    const current = new Float64Array(voltage.length);
    const p = Float64Array.from(survey.additive.parameters, (parameter) => parameter.value);
    additiveLaw.evaluate([voltage], p, current, {});
    return [
      overlay(
        'additive-law',
        'fit',
        'Ohmic + space charge',
        voltage,
        current.map((y) => 10 ** y),
      ),
    ];
  }
  return survey.regimes.map((regime, k) => {
    const voltage = spread(regime.from, regime.to, DRAWN_POINTS);
    const current = voltage.map((v) =>
      evaluateSegments(survey.segmentation.chosen, survey.segmentation.from, v),
    );
    return overlay(
      `regime-${k + 1}`,
      'segment',
      `Slope ${regime.slope.toFixed(2)} (${regime.label})`,
      voltage,
      current,
    );
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const legs = selectLegs(input);
  if (!input.conditioned || legs.length === 0)
    return {
      quantities: IDS.map((id) => refused(id, [missingLegs(input)], { method: SEGMENTED })),
      fits: [],
      overlays: [],
      issues: [],
    };
  const quantities: Quantity[] = [];
  const fits: BranchFit[] = [];
  const overlays: Overlay[] = [];
  const states = findLegStates(input);
  for (const leg of legs) {
    if (input.cancelled?.()) break;
    const answer = surveyRegimes(input, leg, states.get(leg.index));
    if (!answer.ok) {
      for (const id of IDS)
        quantities.push(
          refused(id, answer.reasons, { method: SEGMENTED, branch: leg.name, cycle: leg.cycle }),
        );
      continue;
    }
    const { survey } = answer;
    quantities.push(...(survey.additive ? reportAdditive(input, survey) : reportSegments(input, survey)));
    overlays.push(...drawSurvey(survey));
    if (survey.additive)
      fits.push({
        branch: leg.name,
        cycle: leg.cycle,
        report: survey.additive,
        window: {
          role: 'voltage',
          from: leg.polarity * survey.voltage[0]!,
          to: leg.polarity * survey.voltage.at(-1)!,
        },
      });
  }
  return { quantities, fits, overlays, issues: [] };
}

/** Power-law regimes of I(V) per leg, and the smooth ohmic + space-charge law where it is the better description (METHODS 3.1). */
export const conductionRegimes: Analysis = defineAnalysis({
  id: 'conduction-regimes',
  version: 3,
  label: 'Conduction regimes',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run,
});
