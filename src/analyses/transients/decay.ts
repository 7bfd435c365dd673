import { type FittedParameter, MODELS } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchFit, Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { findChoice } from '../given-inputs.ts';
import { propagateFit, readParameters } from '../propagate.ts';
import {
  chooseDecay,
  computeMeanTime,
  DECAY_NAMES,
  type DecayChoice,
  type DecayFit,
  findTail,
  fitDecays,
} from './decay-models.ts';
import { type DecayWindow, findDecayWindow } from './decay-window.ts';
import { comparePowerLaw } from './power-law-decay.ts';
import { findStimulus, selectResponses } from './pulse-channels.ts';
import { type ChannelRecords, createChannelRecords, seconds } from './pulse-records.ts';

const IDS = [
  'decayTime',
  'decayTimeSlow',
  'breakTime',
  'stretchingExponent',
  'meanDecayTime',
] as const satisfies readonly QuantityId[];

/** Below this the start is too weak for more than one time constant. */
const LEAST_SIGNAL = 10;

/** The parameter of a fit that answers a quantity: bi-exponentials are ordered fast, slow. */
function findParameter(
  fit: DecayFit,
  id: 'decayTime' | 'decayTimeSlow' | 'breakTime' | 'stretchingExponent',
) {
  const { report, model } = fit;
  const by = (name: string) => report.parameters.find((parameter) => parameter.id === name);
  if (model !== 'biexponential-decay') return by(id);
  const [one, two] = [by('decayTime1'), by('decayTime2')];
  if (!one || !two) return undefined;
  const ordered = one.value <= two.value ? [one, two] : [two, one];
  return id === 'decayTime' ? ordered[0] : id === 'decayTimeSlow' ? ordered[1] : undefined;
}

const formatAicc = ({ report }: DecayFit): string =>
  report.aicc === null ? 'not known' : report.aicc.toFixed(1);

function describeRivals(choice: DecayChoice): Issue[] {
  if (choice.rivals.length === 0) return [];
  const names = [choice.chosen, ...choice.rivals].map(
    (fit) => `${DECAY_NAMES[fit.model]} (AICc ${formatAicc(fit)})`,
  );
  return [warning('AMBIGUOUS', `Models within 4 of one another in AICc: ${names.join(', ')}.`)];
}

function verdictsOf(fit: DecayFit): Issue[] {
  const reasons = fit.report.verdicts
    .filter((verdict) => verdict.code === 'MODEL_REJECTED' || verdict.code === 'BOUND_HIT')
    .map((verdict) => warning(verdict.code, verdict.message));
  const beta = fit.report.parameters.find((parameter) => parameter.id === 'stretchingExponent');
  if (beta && beta.value > 1 + 2 * (beta.standardError ?? Number.POSITIVE_INFINITY))
    reasons.push(
      warning(
        'REGIME',
        `An exponent of ${describeExponent(beta)} is an edge rounded off, not a spread of decay times (those have at most 1).`,
      ),
    );
  return reasons;
}

/** Why a fit that converged says nothing of a decay: its time is lost in its own uncertainty. */
function findUndetermined(window: DecayWindow, fit: DecayFit): Issue | null {
  const time = findParameter(fit, 'decayTime');
  if (!time) return null;
  const u = time.standardError;
  if (u !== null && u < Math.abs(time.value)) return null;
  return warning(
    'NOT_IDENTIFIABLE',
    `The fall of ${window.column.label} is no decay that could be timed: ${seconds(time.value)}${u === null ? '' : ` ± ${seconds(u)}`} from ${window.time.length} values.`,
  );
}

function describeExponent({ value, standardError, atBound }: FittedParameter): string {
  if (atBound !== null) return `${value.toFixed(3)}, the end of its range`;
  return standardError === null ? value.toFixed(3) : `${value.toFixed(3)} ± ${standardError.toFixed(3)}`;
}

function refuseExtra(choice: DecayChoice, id: 'decayTimeSlow' | 'breakTime' | 'stretchingExponent'): Issue {
  const owner = {
    decayTimeSlow: 'two-step-decay',
    breakTime: 'two-step-decay',
    stretchingExponent: 'stretched-decay',
  }[id];
  const fit = choice.fits.find((one) => one.model === owner);
  const name = DECAY_NAMES[choice.chosen.model];
  if (!fit) return warning('NOT_IDENTIFIABLE', `The decay is described by a ${name} alone.`, { subject: id });
  const parameter = findParameter(fit, id);
  const value = parameter
    ? ` (${id === 'stretchingExponent' ? describeExponent(parameter) : seconds(parameter.value)})`
    : '';
  const [own, other] = [choice.chosen.report.aicc, fit.report.aicc];
  const change = own === null || other === null ? '' : ` changes the AICc by ${(other - own).toFixed(1)}`;
  return warning(
    'NOT_IDENTIFIABLE',
    `A ${name} is reported: the ${DECAY_NAMES[fit.model]}${value}${change || ' was tried'}${fit.determined ? '' : ' with parameters it cannot determine'}.`,
    { subject: id },
  );
}

/**
 * Where the fast law of a two-step fall comes down to the break level (`breakLevel`, 3 % of the start), beside the break that the fit found:
 * papers read it off so, and the two agree where the level is that of the device (METHODS 4.7).
 */
function reportBreakLevel(
  input: AnalysisInput,
  records: ChannelRecords,
  { chosen }: DecayChoice,
  reasons: readonly Issue[],
): Quantity[] {
  const fast = chosen.model === 'two-step-decay' ? findParameter(chosen, 'decayTime') : undefined;
  if (!fast) return [];
  const level = Number(findChoice(input.conditions, 'breakLevel'));
  const factor = Math.log(1 / level);
  return [
    records.give(
      'breakTime',
      'fast decay',
      factor * fast.value,
      fast.standardError === null ? null : factor * fast.standardError,
      {
        convention: `fast decay down to ${(100 * level).toPrecision(3)} % of the start`,
        inputs: { breakLevel: input.conditions.breakLevel ?? { value: level, from: 'assumed' } },
        reasons,
      },
    ),
  ];
}

function reportDecay(
  input: AnalysisInput,
  records: ChannelRecords,
  window: DecayWindow,
  choice: DecayChoice,
): Quantity[] {
  const { chosen } = choice;
  const range = { role: 'time', from: window.origin, to: window.end } as const;
  const weak =
    window.signalToNoise < LEAST_SIGNAL
      ? [
          warning(
            'BELOW_NOISE_FLOOR',
            `The decay starts at ${window.signalToNoise.toFixed(1)} noise widths: below ${LEAST_SIGNAL} only a single exponential is fitted.`,
          ),
        ]
      : [];
  const shared = [...window.notes, ...weak];
  const power = comparePowerLaw(window, chosen);
  const quantities: Quantity[] = [];
  const listed = [chosen, ...choice.fits.filter((fit) => fit !== chosen && fit.determined)];
  for (const id of ['decayTime', 'decayTimeSlow', 'breakTime', 'stretchingExponent'] as const) {
    const answers = listed.filter((fit) => findParameter(fit, id) !== undefined);
    const own = findParameter(chosen, id);
    if (!own && id !== 'decayTime')
      quantities.push(
        records.refuse(id, DECAY_NAMES[chosen.model], [refuseExtra(choice, id), ...shared], { range }),
      );
    // models that were not chosen give their decay times as other conventions; what only they have stays refused
    for (const fit of own ? answers : []) {
      const parameter = findParameter(fit, id)!;
      const reasons = [
        ...shared,
        ...(fit === chosen
          ? [...describeRivals(choice), ...(id === 'decayTime' ? power : [])]
          : [info('NOTE', `Not the chosen model (AICc ${formatAicc(fit)} against ${formatAicc(chosen)}).`)]),
        ...verdictsOf(fit),
      ];
      quantities.push(
        records.give(id, 'least squares', parameter.value, parameter.standardError, {
          convention: DECAY_NAMES[fit.model],
          range,
          points: window.time.length,
          reasons,
        }),
      );
    }
  }
  quantities.push(...reportBreakLevel(input, records, choice, shared));
  for (const weighting of ['amplitude', 'intensity'] as const) {
    const value = computeMeanTime(chosen.model, readParameters(chosen.report), weighting);
    const u = propagateFit(chosen.report, (p) => computeMeanTime(chosen.model, p, weighting));
    quantities.push(
      records.give('meanDecayTime', DECAY_NAMES[chosen.model], value, u, {
        convention: `${weighting}-weighted`,
        range,
        reasons: shared,
      }),
    );
  }
  return quantities;
}

function drawDecay(window: DecayWindow, fit: DecayFit): Overlay {
  const count = 200;
  const span = window.time.at(-1)!;
  const t = Float64Array.from({ length: count }, (_, i) => (span * i) / (count - 1));
  const y = new Float64Array(count);
  const p = Float64Array.from(fit.report.parameters, (parameter) => parameter.value);
  MODELS.get(fit.model)!.evaluate([t], p, y, fit.report.constants);
  const tail = findTail(fit);
  return {
    id: `decay-${window.column.label}`,
    kind: 'fit',
    label: `${DECAY_NAMES[fit.model]}${tail ? ` (τ₂ ${seconds(tail.time)})` : ''}`,
    branch: null,
    x: { role: 'time', data: t.map((at) => at + window.origin) },
    y: { role: window.column.role, data: y.map((v) => window.sign * v) },
  };
}

/** The decay of one response and the model it is described by; null where there is none. */
export function analyseDecay(window: DecayWindow): DecayChoice | null {
  return chooseDecay(fitDecays(window.time, window.value, window.sigma, window.signalToNoise < LEAST_SIGNAL));
}

function run(input: AnalysisInput): AnalysisOutput {
  const responses = selectResponses(input.measurement);
  const stimulus = findStimulus(input.measurement);
  const quantities: Quantity[] = [];
  const fits: BranchFit[] = [];
  const overlays: Overlay[] = [];
  if (responses.length === 0) {
    const none = warning('NO_DATA', 'The waveform has no channel beside its time.');
    for (const id of IDS) quantities.push(refused(id, [none], { method: 'least squares' }));
  }
  for (const column of responses) {
    if (input.cancelled?.()) break;
    const records = createChannelRecords(responses.length > 1 ? column.label : null, column.unit);
    const window = findDecayWindow(input, column, stimulus);
    if ('reason' in window) {
      for (const id of IDS) quantities.push(records.refuse(id, 'least squares', [window.reason]));
      continue;
    }
    // a response that never rises out of the noise has nothing to decay
    if (window.signalToNoise < 4) {
      const why = warning(
        'BELOW_NOISE_FLOOR',
        `${column.label} starts its fall ${window.signalToNoise.toFixed(1)} noise widths above its end: 4 are needed.`,
      );
      for (const id of IDS) quantities.push(records.refuse(id, 'least squares', [why]));
      continue;
    }
    const choice = analyseDecay(window);
    if (!choice) {
      const why = warning(
        'NOT_CONVERGED',
        `No decay model could be fitted to ${window.time.length} samples.`,
      );
      for (const id of IDS) quantities.push(records.refuse(id, 'least squares', [why]));
      continue;
    }
    const lost = findUndetermined(window, choice.chosen);
    if (lost) {
      for (const id of IDS)
        quantities.push(records.refuse(id, 'least squares', [lost, ...verdictsOf(choice.chosen)]));
      continue;
    }
    quantities.push(...reportDecay(input, records, window, choice));
    overlays.push(drawDecay(window, choice.chosen));
    fits.push({
      branch: null,
      cycle: null,
      report: choice.chosen.report,
      window: { role: 'time', from: window.origin, to: window.end },
    });
  }
  return { quantities, fits, overlays, issues: [] };
}

/** Single, bi-, stretched or two-step decay by AICc, with every mean that is in use (METHODS 4.7). */
export const decay: Analysis = defineAnalysis({
  id: 'decay',
  version: 5,
  label: 'Decay',
  kinds: ['waveform'],
  quantities: IDS,
  options: [],
  run,
});
