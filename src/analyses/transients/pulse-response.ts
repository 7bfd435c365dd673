import type { FitReport } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import { refused } from '../../model/build-quantity.ts';
import { columnOf } from '../../model/curve.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchFit, Overlay, Quantity } from '../../model/quantity.ts';
import { measureTransition, type Transition } from '../../segments/edges.ts';
import { findFurtherStates } from '../../segments/plateaus.ts';
import type { StateLevels } from '../../segments/waveforms.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { drawChannelLeftOut } from '../masked-points.ts';
import { reportCircuit } from './circuit-time.ts';
import {
  analyseChannel,
  findStimulus,
  type PulseChannel,
  type Stimulus,
  selectResponses,
} from './pulse-channels.ts';
import { reportDelays } from './pulse-delay.ts';
import { REFERENCES, reportEdge, SAMPLES_ON_EDGE, timeEdges } from './pulse-edges.ts';
import { fitOnset } from './pulse-onset.ts';
import { drawChannel, drawFit } from './pulse-overlays.ts';
import { type ChannelRecords, createChannelRecords } from './pulse-records.ts';
import { reportRhythm } from './pulse-rhythm.ts';
import { reportShape } from './pulse-shape.ts';

const CHANNEL_IDS = [
  'lowLevel',
  'highLevel',
  'riseTime',
  'fallTime',
  'delayTime',
  'turnOffDelayTime',
  'overshoot',
  'undershoot',
  'settlingTime',
  'pulseWidth',
  'dutyCycle',
  'period',
  'frequency',
  'jitter',
  'bandwidth',
] as const satisfies readonly QuantityId[];
const CIRCUIT_IDS = ['capacitance', 'circuitTime'] as const;

/** BW = ln 9/(2 pi t_r), only where the edge is that of one pole. */
function reportBandwidth(
  records: ChannelRecords,
  rise: Quantity | undefined,
  fit: FitReport | null,
): Quantity {
  const name = 'one pole, from the rise time';
  if (!rise || typeof rise.value !== 'number' || rise.status === 'refused' || rise.status === 'bound')
    return records.refuse('bandwidth', name, [
      ...((rise?.reasons ?? []) as readonly Issue[]),
      warning('NO_EDGE', 'No rise time to take a bandwidth from.'),
    ] as unknown as readonly [Issue, ...Issue[]]);
  const rejected = fit?.verdicts.find((verdict) => verdict.code === 'MODEL_REJECTED');
  if (!fit || rejected)
    return records.refuse('bandwidth', name, [
      warning('MODEL_REJECTED', rejected?.message ?? 'The edge could not be fitted by one pole.'),
    ]);
  const value = Math.log(9) / (2 * Math.PI * rise.value);
  return records.give('bandwidth', name, value, (value * (rise.standardUncertainty ?? 0)) / rise.value, {
    convention: 'electrical -3 dB (0.7071)',
  });
}

/** What stands against timing the edges: a state that is no plateau, a plateau that still moves, a clipped one. */
function judgeLevels(channel: PulseChannel): { blocked: Issue[]; shared: Issue[] } {
  const { levels } = channel;
  const blocked: Issue[] = [];
  const shared: Issue[] = [...channel.notes];
  if (levels.missing.length > 0)
    blocked.push(
      warning(
        'NOT_SETTLED',
        `No ${levels.missing.join(' and no ')} plateau: the level is the extreme of the record (${levels.low.toPrecision(3)} to ${levels.high.toPrecision(3)}).`,
      ),
    );
  for (const side of ['low', 'high'] as const) {
    const drift = levels.drift[side];
    if (drift !== null)
      blocked.push(
        warning(
          'NOT_SETTLED',
          `The ${side} plateau still moves by ${(100 * drift).toPrecision(2)} % of the amplitude between its last two tenths.`,
          { hint: 'Use a longer pulse, or the fitted asymptote.' },
        ),
      );
  }
  const further = levels.method === 'histogram' ? findFurtherStates(levels.trace, levels) : [];
  if (further.length > 0)
    blocked.push(
      warning(
        'AMBIGUOUS',
        `The record also rests at ${further.map(({ level }) => level.toPrecision(3)).join(', ')} ${channel.column.unit} beside ${levels.low.toPrecision(3)} and ${levels.high.toPrecision(3)}: its edges lead between ${further.length + 2} states.`,
        { hint: 'Set levels to the two states that are meant (LOW:HIGH).' },
      ),
    );
  if (levels.saturated.length > 0)
    shared.push(
      warning(
        'SATURATED',
        `The ${levels.saturated.join(' and the ')} end of the record sits at the end of its range.`,
      ),
    );
  return { blocked, shared };
}

/** A fitted step is offered only where it describes the edge, starts from the low state and its height is determined and plausible. */
function isTrusted(fit: FitReport, levels: StateLevels): boolean {
  const height = fit.parameters.find((parameter) => parameter.id === 'amplitude');
  const offset = fit.parameters.find((parameter) => parameter.id === 'offset');
  const rejected = fit.verdicts.some((verdict) => verdict.code === 'MODEL_REJECTED');
  const starts =
    levels.missing.includes('low') ||
    (offset !== undefined &&
      Math.abs(offset.value - levels.low) <=
        Math.max(0.05 * levels.amplitude, 3 * levels.sigma, 3 * (offset.standardError ?? 0)));
  return (
    !rejected &&
    starts &&
    height !== undefined &&
    height.standardError !== null &&
    height.standardError < 0.3 * Math.abs(height.value) &&
    Math.abs(height.value) < 5 * levels.amplitude
  );
}

function reportLevels(
  records: ChannelRecords,
  channel: PulseChannel,
  blocked: readonly Issue[],
  shared: readonly Issue[],
  fit: FitReport | null,
): Quantity[] {
  const { levels, inverted } = channel;
  const sign = inverted ? -1 : 1;
  const [low, high] = inverted ? [levels.high, levels.low] : [levels.low, levels.high];
  const [lowError, highError] = inverted
    ? [levels.highError, levels.lowError]
    : [levels.lowError, levels.highError];
  const name = levels.method === 'plateau' ? 'gated plateau' : levels.method;
  const about = (side: 'low' | 'high'): Issue[] => [
    ...blocked.filter(
      (issue) =>
        issue.code === 'AMBIGUOUS' ||
        issue.message.includes(`${inverted ? (side === 'low' ? 'high' : 'low') : side}`),
    ),
    ...shared,
  ];
  const quantities = [
    records.give('lowLevel', name, sign * low, lowError, { convention: name, reasons: about('low') }),
    records.give('highLevel', name, sign * high, highError, { convention: name, reasons: about('high') }),
  ];
  const drifting = levels.drift.high !== null || levels.missing.includes('high');
  const offset = fit?.parameters.find((parameter) => parameter.id === 'offset');
  const amplitude = fit?.parameters.find((parameter) => parameter.id === 'amplitude');
  if (
    drifting &&
    fit &&
    levels.missing.length < 2 &&
    isTrusted(fit, levels) &&
    offset &&
    amplitude &&
    amplitude.standardError !== null &&
    !inverted
  )
    quantities.push(
      records.give(
        'highLevel',
        'step response',
        offset.value + amplitude.value,
        Math.hypot(amplitude.standardError, offset.standardError ?? 0),
        { convention: 'fitted asymptote', reasons: [...blocked] },
      ),
    );
  return quantities;
}

/** Start of the edge after a rise [s]: its last crossing of 90 %, else the end of the record. */
function findPlateauEnd(channel: PulseChannel, rise: Transition): number {
  const index = channel.edges.indexOf(rise.edge) + 1;
  const { levels, edges } = channel;
  const next = index < edges.length ? measureTransition(levels.trace, levels, edges, index) : null;
  return next ? next.start - 0.1 * next.duration : levels.trace.time.at(-1)!;
}

interface ChannelOutput {
  readonly quantities: Quantity[];
  readonly fits: BranchFit[];
  readonly overlays: Overlay[];
}

function reportChannel(
  input: AnalysisInput,
  records: ChannelRecords,
  channel: PulseChannel,
  stimulus: Stimulus | null,
): ChannelOutput {
  const { blocked, shared } = judgeLevels(channel);
  const rise = timeEdges(channel, true, REFERENCES['10:90']);
  const fall = timeEdges(channel, false, REFERENCES['10:90']);
  const first = rise?.transitions[0] ?? null;
  const fitted =
    first && first.samples >= SAMPLES_ON_EDGE
      ? fitOnset(channel.levels, first, channel.pulse, findPlateauEnd(channel, first))
      : null;
  const rises = reportEdge(input, records, channel, true, blocked, shared);
  const tau = fitted?.report.parameters.find((parameter) => parameter.id === 'timeConstant');
  const plateaus = channel.levels.missing.length < 2;
  if (fitted && tau && tau.standardError !== null && plateaus && isTrusted(fitted.report, channel.levels)) {
    rises.push(
      records.give('riseTime', 'step response', Math.log(9) * tau.value, Math.log(9) * tau.standardError, {
        convention: 'model fit, ln 9 τ',
        reasons: shared,
      }),
    );
  }
  const quantities = [
    ...reportLevels(records, channel, blocked, shared, fitted?.report ?? null),
    ...rises,
    ...reportEdge(input, records, channel, false, blocked, shared),
    ...reportDelays(
      input,
      records,
      channel,
      stimulus,
      { first, fall: fall?.transitions[0] ?? null, fitted },
      shared,
    ),
    ...reportShape(records, channel, rise, fall, blocked, shared),
    ...reportRhythm(records, channel, rise, fall, shared),
    reportBandwidth(records, rises[0], fitted?.report ?? null),
  ];
  const overlays = drawChannel(channel, blocked.length > 0 ? null : rise, blocked.length > 0 ? null : fall);
  const fits: BranchFit[] = [];
  if (fitted) {
    overlays.push(drawFit(channel, fitted.report, fitted.from, fitted.to));
    fits.push({
      branch: null,
      cycle: null,
      report: fitted.report,
      window: { role: 'time', from: fitted.from, to: fitted.to },
    });
  }
  return { quantities, fits, overlays };
}

function run(input: AnalysisInput): AnalysisOutput {
  const responses = selectResponses(input.measurement);
  const stimulus = findStimulus(input.measurement);
  const quantities: Quantity[] = [];
  const fits: BranchFit[] = [];
  const overlays: Overlay[] = [];
  if (responses.length === 0) {
    const none = warning('NO_DATA', 'The waveform has no channel beside its time.');
    for (const id of CHANNEL_IDS) quantities.push(refused(id, [none], { method: 'levels and crossings' }));
  }
  for (const column of responses) {
    if (input.cancelled?.()) break;
    const records = createChannelRecords(responses.length > 1 ? column.label : null, column.unit);
    const channel = analyseChannel(input.measurement, column, stimulus, input.conditions);
    if ('reason' in channel) {
      for (const id of CHANNEL_IDS)
        quantities.push(records.refuse(id, 'levels and crossings', [channel.reason]));
      continue;
    }
    const output = reportChannel(input, records, channel, stimulus);
    quantities.push(...output.quantities);
    fits.push(...output.fits);
    overlays.push(...output.overlays);
    const time = columnOf(input.measurement.curve, 'time');
    if (time) overlays.push(...drawChannelLeftOut(time.data, channel));
  }
  quantities.push(...reportCircuit(input));
  return { quantities, fits, overlays, issues: [] };
}

/** Levels, edges, delays and rhythm of every response in a waveform (METHODS 4.1 to 4.5). */
export const pulseResponse: Analysis = defineAnalysis({
  id: 'pulse-response',
  version: 4,
  label: 'Pulse response',
  kinds: ['waveform'],
  quantities: [...CHANNEL_IDS, ...CIRCUIT_IDS],
  options: [],
  run,
});
