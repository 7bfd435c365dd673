import { type FitReport, fitLine, fitModel, MODELS, median } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import { readParameters } from '../propagate.ts';
import { describeForm, explainDepression, explainSuperposition } from './pair-wording.ts';
import { findPeak, readPeakHeight, type SpikeTrace } from './spike-trace.ts';

/** METHODS 7: the baseline is a median of at least so many samples. */
const LEAST_BASELINE = 20;
/** Samples before a spike that say what is left of the response. */
const BEFORE = 12;
const LEAST_DECAY = 20;
/** Samples between the start of a response and its peak below which the peak is not sampled. */
const LEAST_RISE = 3;

interface Response {
  readonly peak: number;
  /** Level just before the spike. */
  readonly before: number;
  readonly row: number;
  readonly reasons: readonly Issue[];
}

/** The level at the start of a spike, by a line through the samples before it: what is left still decays. */
function extrapolate(signal: Float64Array, time: Float64Array, start: number): number {
  const from = Math.max(0, start - BEFORE);
  const line = fitLine(
    time.subarray(from, start).map((t) => t - time[start]!),
    signal.subarray(from, start),
  );
  return line ? line.intercept : median([...signal.subarray(from, start)]);
}

function readResponses(trace: SpikeTrace): Response[] {
  const { spikes, signal, time } = trace;
  return spikes.map((spike, k) => {
    const end = spikes[k + 1]?.start ?? signal.length;
    const peak = findPeak(signal, spike.start, end);
    const before = k === 0 ? 0 : extrapolate(signal, time, spike.start);
    const reasons: Issue[] = [];
    if (peak.clipped)
      reasons.push(
        warning('SATURATED', `The peak of response ${k + 1} is flat over 5 samples or more: it is clipped.`),
      );
    if (k + 1 < spikes.length && peak.row >= end - 2)
      reasons.push(
        warning(
          'AMBIGUOUS',
          `Pulse ${k + 2} starts at ${time[end]!.toPrecision(4)} s, before response ${k + 1} has its peak.`,
        ),
      );
    if (peak.row - spike.start < LEAST_RISE)
      reasons.push(
        warning(
          'UNDERSAMPLED',
          `Response ${k + 1} peaks ${peak.row - spike.start} samples after its pulse; its height is a lower limit.`,
        ),
      );
    return { peak: readPeakHeight(signal, spike.start, end), before, row: peak.row, reasons };
  });
}

function checkBaseline(trace: SpikeTrace): Issue[] {
  const n = trace.baselineSamples;
  if (n < LEAST_BASELINE)
    return [
      warning(
        'TOO_FEW_POINTS',
        `The baseline has ${n} samples before the first pulse; ${LEAST_BASELINE} are needed.`,
      ),
    ];
  const before = trace.response.data.subarray(0, trace.spikes[0]!.start);
  const half = Math.floor(before.length / 2);
  const drift = Math.abs(median([...before.subarray(half)]) - median([...before.subarray(0, half)]));
  // medians of two halves of white noise differ by 1.25 sigma sqrt(2/half)
  const limit = 3 * Math.max(trace.noise, 0) * Math.max(1, 1.25 * Math.sqrt(2 / half));
  return drift > limit && drift > 0
    ? [
        warning(
          'BASELINE_UNSTABLE',
          `The baseline drifts by ${drift.toPrecision(2)} ${trace.unit} before the first pulse, over three times its noise of ${trace.noise.toPrecision(2)}.`,
        ),
      ]
    : [];
}

/** Peaks of all responses, index of the first pair by both baselines, the residual, and the short-term share of the last decay. */
export function describeSpikeResponse(input: AnalysisInput, trace: SpikeTrace): Quantity[] {
  const baseline = checkBaseline(trace);
  const responses = readResponses(trace);
  const error = trace.noise / Math.sqrt(3);
  const peaks = responses.slice(0, 100).map((response, k) =>
    determined('responsePeak', {
      method: 'samples at the peak, its place from the others',
      convention: `pulse ${k + 1}, above the baseline`,
      unit: trace.unit,
      value: trace.sign * response.peak,
      standardUncertainty: Math.hypot(error, trace.noise / Math.sqrt(Math.max(1, trace.baselineSamples))),
      reasons: [...baseline, ...response.reasons],
    }),
  );
  return [...peaks, ...describePair(input, trace, responses, baseline), describeShare(trace)];
}

function describePair(
  input: AnalysisInput,
  trace: SpikeTrace,
  responses: readonly Response[],
  baseline: readonly Issue[],
): Quantity[] {
  const { form, interval, offset } = describeForm(input);
  const head: QuantityContext = { method: 'peaks of a trace' };
  const [one, two] = responses;
  if (!one || !two || !(one.peak > 0)) {
    const why = warning('TOO_FEW_POINTS', `A pair needs two pulses; the trace has ${responses.length}.`);
    return [refused('pairedPulseIndex', [why], head), refused('residualIndex', [why], head)];
  }
  const { time, spikes } = trace;
  // a pulse reaches half a sample beyond its first and its last sample
  const step_s = time[spikes[0]!.start + 1]! - time[spikes[0]!.start]!;
  const from = interval === 'end-to-start' ? time[spikes[0]!.end - 1]! + step_s : time[spikes[0]!.start]!;
  const gap_s = time[spikes[1]!.start]! - from;
  const where = `${form}, ${gap_s.toPrecision(3)} s ${interval}`;
  const relative = trace.noise / Math.sqrt(3) / one.peak;
  const reasons = [...baseline, ...one.reasons, ...two.reasons];
  const index = two.peak / one.peak;
  const expected = 1 + two.before / one.peak;
  return [
    determined('pairedPulseIndex', {
      ...head,
      convention: `${where}, above the baseline`,
      value: index - offset,
      standardUncertainty: relative * Math.hypot(1, index),
      reasons: [...reasons, ...explainDepression(index), explainSuperposition(index, expected)],
    }),
    determined('pairedPulseIndex', {
      ...head,
      convention: `${where}, above the level before each pulse`,
      value: (two.peak - two.before) / one.peak - offset,
      standardUncertainty: relative * Math.hypot(1, index),
      reasons,
    }),
    determined('residualIndex', {
      method: 'superposition',
      convention: where,
      value: expected - offset,
      standardUncertainty: relative * Math.hypot(1, expected - 1),
      reasons,
    }),
  ];
}

/** A second exponential must lower the AICc by more than 4, with both its amplitudes and times determined. */
function fitDecay(time: Float64Array, value: Float64Array): FitReport | null {
  const [one, two] = (['exponential-decay', 'biexponential-decay'] as const).map((id) =>
    fitModel({
      model: MODELS.get(id)!,
      x: [time],
      y: value,
      weighting: { kind: 'none' },
      profile: 'never',
    }),
  ) as [FitReport, FitReport];
  const isGood = (report: FitReport): boolean => report.termination.startsWith('converged');
  const isSure = two.parameters.every(
    ({ id, value: v, standardError, atBound }) =>
      atBound === null && standardError !== null && (id === 'offset' || standardError < Math.abs(v)),
  );
  const gain = (one.aicc ?? Number.NaN) - (two.aicc ?? Number.NaN);
  if (isGood(two) && isSure && gain > 4) return two;
  return isGood(one) ? one : null;
}

/** Fast part of what is left to decay after the last pulse; the plateau is the long-term share. */
function describeShare(trace: SpikeTrace): Quantity {
  const { time, signal, spikes } = trace;
  const last = spikes.at(-1)!;
  const peak = findPeak(signal, last.start, signal.length);
  const start = Math.max(last.end, peak.row + 1);
  const head: QuantityContext = {
    method: 'decay after the last pulse',
    convention: 'fast amplitude over all amplitudes and the plateau',
    points: Math.max(0, signal.length - start),
  };
  if (signal.length - start < LEAST_DECAY)
    return refused(
      'shortTermShare',
      [
        warning(
          'TOO_FEW_POINTS',
          `The decay after the last pulse has ${Math.max(0, signal.length - start)} samples; ${LEAST_DECAY} are needed.`,
        ),
      ],
      head,
    );
  const t = time.slice(start).map((one) => one - time[start]!);
  const y = signal.slice(start);
  const report = fitDecay(t, y);
  if (!report)
    return refused(
      'shortTermShare',
      [warning('NOT_CONVERGED', 'No exponential decay fits the trace.')],
      head,
    );
  const p = readParameters(report);
  const plateau = p['offset'] ?? 0;
  const isDouble = report.model === 'biexponential-decay';
  const swap = isDouble && p['decayTime1']! > p['decayTime2']!;
  const fast = isDouble ? p[swap ? 'amplitude2' : 'amplitude1']! : p['amplitude']!;
  const slow = isDouble ? p[swap ? 'amplitude1' : 'amplitude2']! : 0;
  const total = fast + slow + plateau;
  return determined('shortTermShare', {
    ...head,
    value: fast / total,
    standardUncertainty: null,
    reasons: [
      info(
        'NOTE',
        isDouble
          ? `Bi-exponential: ${Math.min(p['decayTime1']!, p['decayTime2']!).toPrecision(3)} and ${Math.max(p['decayTime1']!, p['decayTime2']!).toPrecision(3)} s; plateau (long-term share) ${((100 * plateau) / total).toPrecision(3)} %.`
          : `Single exponential of ${p['decayTime']!.toPrecision(3)} s; plateau (long-term share) ${((100 * plateau) / total).toPrecision(3)} %.`,
      ),
    ],
  });
}
