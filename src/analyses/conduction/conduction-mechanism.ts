import { BOLTZMANN_J_PER_K, computeAkaikeWeights, ELEMENTARY_CHARGE_C } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { determined, refused, stated } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Evidence, EvidenceRanking, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput, listMissing } from '../given-inputs.ts';
import { temperatureOfLeg } from '../leg-temperature.ts';
import { buildRisingCurve, missingLegs, type RisingCurve, selectLegs } from '../sweep-legs.ts';
import type { Temperature } from '../temperature.ts';
import {
  fitMechanisms,
  type MechanismFit,
  POWER_LAW,
  RICHARDSON,
  readFowlerNordheimBarrier,
  readPooleFrenkelPermittivity,
  readSchottkyPermittivity,
} from './field-mechanisms.ts';
import { findLayerVoltage } from './layer-voltage.ts';
import { findLegStates, type RegimeSurvey, surveyRegimes } from './regimes.ts';
import { describeTrapDepth, listTemperatures, type PooleFrenkelLine } from './trap-depth.ts';

const IDS = [
  'conductionMechanism',
  'mechanismWeight',
  'extractedPermittivity',
  'barrierHeight',
  'trapDepth',
  'hopDistance',
] as const satisfies readonly QuantityId[];

/** Answered leg by leg; the depth of the traps rests on all legs of one name. */
const LEG_IDS = IDS.filter((id) => id !== 'trapDepth');

const METHOD = 'least squares of ln J';
const LEAST_POINTS = 10;
const LEAST_SPAN = 2;
const WINNING_WEIGHT = 0.9;
const WINNING_GAIN = 4;
const BARRIER_EV = [0.1, 5] as const;
const HOP_M = [1e-10, 1e-8] as const;
const OPTICAL_WINDOW = [1.5, 12] as const;

interface Judged {
  readonly fit: MechanismFit;
  /** Why the parameters are not physical; null where they are. */
  readonly failure: Issue | null;
  /** Parameter that was checked, with its relative uncertainty. */
  readonly parameter: {
    readonly id: 'extractedPermittivity' | 'barrierHeight' | 'hopDistance';
    readonly value: number;
    readonly relative: number;
    /** Power of the thickness in it: the field is the voltage over it. */
    readonly perThickness: number;
  } | null;
}

function findOpticalWindow(input: AnalysisInput): readonly [number, number] {
  const given = findInput(input.conditions, 'opticalPermittivity');
  return given ? [0.7 * given.value, 1.3 * given.value] : OPTICAL_WINDOW;
}

/** The physical check of METHODS 3.3 on a fitted mechanism. */
function judge(input: AnalysisInput, fit: MechanismFit, temperature_K: number): Judged {
  const { name, line } = fit;
  if (!line || name === POWER_LAW) return { fit, failure: null, parameter: null };
  const slopeError = Math.abs((line.slopeError ?? Number.NaN) / line.slope);
  const wrongSign = (sign: string): Issue =>
    warning('MODEL_REJECTED', `${name}: the slope ${line.slope.toPrecision(3)} is not ${sign}.`);
  if (name === 'Schottky' || name === 'Poole-Frenkel') {
    if (!(line.slope > 0)) return { fit, failure: wrongSign('positive'), parameter: null };
    const value =
      name === 'Schottky'
        ? readSchottkyPermittivity(line.slope, temperature_K)
        : readPooleFrenkelPermittivity(line.slope, temperature_K);
    const [low, high] = findOpticalWindow(input);
    const failure =
      value >= low && value <= high
        ? null
        : warning(
            'PERMITTIVITY_IMPLAUSIBLE',
            `${name}: the slope gives an optical permittivity of ${value.toPrecision(3)}, outside ${low.toPrecision(2)} to ${high.toPrecision(3)}.`,
          );
    return {
      fit,
      failure,
      parameter: { id: 'extractedPermittivity', value, relative: 2 * slopeError, perThickness: 1 },
    };
  }
  if (name === 'Fowler-Nordheim') {
    if (!(line.slope < 0)) return { fit, failure: wrongSign('negative'), parameter: null };
    const value = readFowlerNordheimBarrier(line.slope, 1);
    const failure =
      value >= BARRIER_EV[0] && value <= BARRIER_EV[1]
        ? null
        : warning(
            'MODEL_REJECTED',
            `${name}: a barrier of ${value.toPrecision(3)} eV lies outside ${BARRIER_EV.join(' to ')} eV.`,
          );
    return {
      fit,
      failure,
      parameter: { id: 'barrierHeight', value, relative: (2 / 3) * slopeError, perThickness: 2 / 3 },
    };
  }
  if (!(line.slope > 0)) return { fit, failure: wrongSign('positive'), parameter: null };
  const value = (line.slope * BOLTZMANN_J_PER_K * temperature_K) / ELEMENTARY_CHARGE_C;
  const failure =
    value >= HOP_M[0] && value <= HOP_M[1]
      ? null
      : warning(
          'MODEL_REJECTED',
          `${name}: a distance of ${(value * 1e9).toPrecision(3)} nm lies outside 0.1 to 10 nm.`,
        );
  return { fit, failure, parameter: { id: 'hopDistance', value, relative: slopeError, perThickness: 1 } };
}

interface Ranking {
  readonly judged: readonly Judged[];
  readonly weights: ReadonlyMap<string, number>;
  readonly winner: Judged | null;
  readonly why: Issue | null;
}

/** Akaike weights among the physical ones; a winner must hold 0.9 of them and be within 4 of the best fit of all. */
function rank(judged: readonly Judged[]): Ranking {
  const physical = judged.filter((one) => one.failure === null && one.fit.name !== POWER_LAW);
  const weights = computeAkaikeWeights(physical.map((one) => one.fit.aicc));
  const table = new Map(physical.map((one, i) => [one.fit.name as string, weights[i]!]));
  const [best] = [...judged].sort((a, b) => a.fit.aicc - b.fit.aicc);
  const [first] = [...physical].sort((a, b) => a.fit.aicc - b.fit.aicc);
  const list = [...judged]
    .sort((a, b) => a.fit.aicc - b.fit.aicc)
    .map((one) => `${one.fit.name} ${(one.fit.aicc - best!.fit.aicc).toFixed(1)}`)
    .join(', ');
  if (first && table.get(first.fit.name)! > WINNING_WEIGHT && first.fit.aicc - best!.fit.aicc < WINNING_GAIN)
    return { judged, weights: table, winner: first, why: null };
  const why =
    best?.failure && (!first || first.fit.aicc - best.fit.aicc >= WINNING_GAIN)
      ? { ...best.failure, message: `${best.failure.message} It is the best fit (AICc above it: ${list}).` }
      : warning('AMBIGUOUS', `No mechanism stands out; AICc above the best fit: ${list}.`);
  return { judged, weights: table, winner: null, why };
}

/** Currents of both signs within this factor are called symmetric. */
const SYMMETRIC = 1.5;

/** Whether the other sign of V conducts alike (METHODS 3.3): a bulk mechanism does, an interface of two different contacts does not. */
function noteSymmetry(input: AnalysisInput, { leg }: RegimeSurvey): readonly Issue[] {
  const other = input.conditioned!.legs.find(
    (one) => one.cycle === leg.cycle && one.polarity !== leg.polarity && one.direction === leg.direction,
  );
  if (!other) return [];
  const [a, b] = [leg, other].map((one) => buildRisingCurve(input.conditioned!, one));
  const top_V = Math.min(a!.v.at(-1) ?? 0, b!.v.at(-1) ?? 0);
  const at = ({ v, i }: RisingCurve): number =>
    i[v.findIndex((one) => one >= top_V * (1 - 1e-9))] ?? Number.NaN;
  const ratio = at(a!) / at(b!);
  if (!(ratio > 0) || !Number.isFinite(ratio)) return [];
  const factor = Math.max(ratio, 1 / ratio);
  return [
    info(
      'NOTE',
      factor < SYMMETRIC
        ? `The other sign of V conducts alike (factor ${factor.toFixed(2)} at ${top_V.toPrecision(3)} V): as of the bulk, such as Poole-Frenkel.`
        : `The other sign of V conducts differently (factor ${factor.toPrecision(3)} at ${top_V.toPrecision(3)} V): as of an interface, such as Schottky emission over unlike contacts.`,
    ),
  ];
}

/** Sentence beside a mechanism about the temperatures it was seen at. */
function noteTemperatures(temperatures_K: readonly number[]): Issue {
  const [lowest] = temperatures_K;
  return temperatures_K.length > 1
    ? info(
        'NOTE',
        `One of ${temperatures_K.length} temperatures from ${lowest!.toFixed(0)} to ${temperatures_K.at(-1)!.toFixed(0)} K: a mechanism is shown where all of them agree.`,
      )
    : warning(
        'SINGLE_TEMPERATURE',
        'One temperature only: the curve is compatible with the mechanism, which is not thereby shown.',
      );
}

/** What the physical check of a mechanism said, for the table. */
function writeCheck({ fit, failure, parameter }: Judged): string {
  if (failure) return failure.message;
  if (!parameter) return '';
  const { id, value } = parameter;
  if (id === 'extractedPermittivity')
    return `optical permittivity ${value.toPrecision(3)}, inside its window`;
  if (id === 'barrierHeight') return `barrier ${value.toPrecision(3)} eV, inside 0.1 to 5 eV`;
  return `${fit.name} distance ${(value * 1e9).toPrecision(3)} nm, inside 0.1 to 10 nm`;
}

function tabulate({ judged, weights }: Ranking, survey: RegimeSurvey): EvidenceRanking {
  const sorted = [...judged].sort((a, b) => a.fit.aicc - b.fit.aicc);
  const best = sorted[0]?.fit.aicc ?? Number.NaN;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    kind: 'ranking',
    branch: survey.leg.name,
    cycle: survey.leg.cycle,
    rows: sorted.map((one) => ({
      name: one.fit.name,
      aicc: finite(one.fit.aicc),
      above: finite(one.fit.aicc - best),
      weight: weights.get(one.fit.name) ?? null,
      passes: one.failure === null,
      check: one.fit.name === POWER_LAW ? 'a free exponent, for comparison' : writeCheck(one),
    })),
  };
}

function report(
  input: AnalysisInput,
  survey: RegimeSurvey,
  temperature: Temperature,
  temperatures_K: readonly number[],
  evidence: Evidence[],
): { quantities: Quantity[]; line: PooleFrenkelLine | null } {
  const { leg } = survey;
  const base = { branch: leg.name, cycle: leg.cycle, method: METHOD };
  const refuseAll = (reasons: readonly [Issue, ...Issue[]]) => ({
    quantities: LEG_IDS.map((id) => refused(id, reasons, base)),
    line: null,
  });
  if (survey.filament)
    return refuseAll([
      warning(
        'REGIME',
        'The leg is a low-resistance state: a filament has no known area, and no current density.',
      ),
    ]);
  const needed = ['thickness', 'area'] as const;
  const layer = findLayerVoltage(input.conditions);
  const [missing, ...more] = [
    ...listMissing(input.conditions, needed, 'A field-driven mechanism'),
    ...layer.missing,
  ];
  if (missing) return refuseAll([missing, ...more]);
  const thickness = findInput(input.conditions, 'thickness')!.value;
  const area = findInput(input.conditions, 'area')!.value;
  const rows = [...survey.voltage.keys()].filter(
    (k) => survey.voltage[k]! >= 3 * temperature.thermalVoltage_V,
  );
  const field = Float64Array.from(rows, (k) => (layer.share * survey.voltage[k]!) / thickness);
  const logDensity = Float64Array.from(rows, (k) => survey.logCurrent[k]! * Math.LN10 - Math.log(area));
  const sigma = Float64Array.from(rows, (k) => survey.sigma[k]!);
  const span = field.length > 0 ? field.at(-1)! / field[0]! : 0;
  if (field.length < LEAST_POINTS || span < LEAST_SPAN)
    return refuseAll([
      warning(
        'TOO_FEW_POINTS',
        `${LEAST_POINTS} points over a factor ${LEAST_SPAN} of field are needed above 3 kT/q; there are ${field.length} over ${span.toPrecision(2)}.`,
      ),
    ]);
  const { temperature_K } = temperature;
  const relativeThickness = findInput(input.conditions, 'thickness')!.relative;
  const ranking = rank(
    fitMechanisms(field, logDensity, sigma).map((fit) => judge(input, fit, temperature_K)),
  );
  evidence.push(tabulate(ranking, survey));
  const context = {
    ...base,
    inputs: {
      ...collectInputs(input.conditions, [...needed, 'opticalPermittivity']),
      ...layer.inputs,
      temperature_K: temperature.given,
    },
    points: field.length,
    range: {
      role: 'voltage' as const,
      from: leg.polarity * survey.voltage[rows[0]!]!,
      to: leg.polarity * survey.voltage[rows.at(-1)!]!,
    },
  };
  const single = noteTemperatures(temperatures_K);
  const shared = [single, ...layer.reasons, ...temperature.reasons, ...survey.notes];
  const { winner, why } = ranking;
  const quantities: Quantity[] = [
    winner
      ? stated('conductionMechanism', winner.fit.name, {
          ...context,
          reasons: [...shared, ...noteSymmetry(input, survey)],
        })
      : refused('conductionMechanism', [why!, ...shared], context),
  ];
  const weighted = [...ranking.weights.entries()].sort((a, b) => b[1] - a[1]);
  for (const [name, value] of weighted)
    quantities.push(determined('mechanismWeight', { ...context, convention: name, value, reasons: shared }));
  if (weighted.length === 0) quantities.push(refused('mechanismWeight', [why ?? single, ...shared], context));
  for (const id of ['extractedPermittivity', 'barrierHeight', 'hopDistance'] as const) {
    const found = ranking.judged.filter((one) => one.parameter?.id === id);
    const best = [...found].sort((a, b) => a.fit.aicc - b.fit.aicc);
    for (const { fit, parameter, failure } of best)
      quantities.push(
        determined(id, {
          ...context,
          convention: id === 'barrierHeight' ? `${fit.name}, m_r = 1` : `read as ${fit.name}`,
          value: parameter!.value,
          standardUncertainty:
            parameter!.value * Math.hypot(parameter!.relative, parameter!.perThickness * relativeThickness),
          reasons: failure ? [failure, ...shared] : shared,
        }),
      );
    if (id === 'barrierHeight')
      quantities.push(reportSchottkyBarrier(ranking, temperature_K, context, shared));
    else if (best.length === 0) {
      const wrong = ranking.judged.find((one) => one.failure && one.parameter === null)?.failure;
      quantities.push(
        refused(id, [wrong ?? warning('MODEL_REJECTED', 'No slope of the right sign.'), ...shared], context),
      );
    }
  }
  const poole = ranking.judged.find(({ fit }) => fit.name === 'Poole-Frenkel');
  const line = poole?.fit.line;
  return {
    quantities,
    line: line
      ? {
          temperature_K,
          line,
          permittivity: poole.parameter?.value ?? Number.NaN,
          failure: poole.failure,
        }
      : null,
  };
}

/** phi_b of Schottky emission from the intercept with a free-electron mass. */
function reportSchottkyBarrier(
  ranking: Ranking,
  temperature_K: number,
  context: Parameters<typeof refused>[2],
  shared: readonly Issue[],
): Quantity {
  const one = ranking.judged.find(({ fit }) => fit.name === 'Schottky')!;
  const kT = (BOLTZMANN_J_PER_K * temperature_K) / ELEMENTARY_CHARGE_C;
  const value = kT * (Math.log(RICHARDSON * temperature_K ** 2) - one.fit.intercept);
  const outside =
    value >= BARRIER_EV[0] && value <= BARRIER_EV[1]
      ? []
      : [
          warning(
            'MODEL_REJECTED',
            `Schottky: a barrier of ${value.toPrecision(3)} eV lies outside ${BARRIER_EV.join(' to ')} eV.`,
          ),
        ];
  return determined('barrierHeight', {
    ...context,
    convention: 'Schottky, m_r = 1',
    value,
    standardUncertainty: one.fit.line?.interceptError == null ? null : kT * one.fit.line.interceptError,
    reasons: [...(one.failure ? [one.failure] : []), ...outside, ...shared],
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const legs = selectLegs(input);
  const evidence: Evidence[] = [];
  const give = (quantities: Quantity[]): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays: [],
    issues: [],
    evidence,
  });
  if (!input.conditioned || legs.length === 0)
    return give(IDS.map((id) => refused(id, [missingLegs(input)], { method: METHOD })));
  const states = findLegStates(input);
  const temperatures = legs.map((leg) => temperatureOfLeg(input, leg));
  const different = listTemperatures(temperatures.map(({ temperature_K }) => temperature_K));
  const quantities: Quantity[] = [];
  const lines = new Map<Leg['name'], PooleFrenkelLine[]>();
  for (const [k, leg] of legs.entries()) {
    if (input.cancelled?.()) break;
    const kept = lines.get(leg.name) ?? [];
    lines.set(leg.name, kept);
    const answer = surveyRegimes(input, leg, states.get(leg.index));
    if (!answer.ok) {
      for (const id of LEG_IDS)
        quantities.push(refused(id, answer.reasons, { branch: leg.name, cycle: leg.cycle, method: METHOD }));
      continue;
    }
    const found = report(input, answer.survey, temperatures[k]!, different, evidence);
    quantities.push(...found.quantities);
    if (found.line) kept.push(found.line);
  }
  for (const [branch, found] of lines) quantities.push(describeTrapDepth(found, { branch, method: METHOD }));
  return give(quantities);
}

/** Field-driven mechanisms ranked on the same points, with the physical check each must pass (METHODS 3.3). */
export const conductionMechanism: Analysis = defineAnalysis({
  id: 'conduction-mechanism',
  version: 3,
  label: 'Conduction mechanism',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run,
});
