import { type Issue, warning } from '../../base/issues.ts';
import { type Column, columnOf } from '../../model/curve.ts';
import { measureTransition, type Transition } from '../../segments/edges.ts';
import { buildTrace, estimateNoise, findIndex, findQuantum, type Trace } from '../../segments/waveforms.ts';
import type { AnalysisInput } from '../analysis.ts';
import { condenseDecay } from './condense-trace.ts';
import { analyseChannel, type PulseChannel, type Stimulus } from './pulse-channels.ts';
import { SAMPLES_ON_EDGE } from './pulse-edges.ts';
import { seconds } from './pulse-records.ts';

/** The fall of one response, on a clock that starts when the drive ends. */
export interface DecayWindow {
  readonly column: Column;
  /** [s] since `origin`. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  /** Of each value in units of one sample's, where long records are averaged; null where none is. */
  readonly sigma: Float64Array | null;
  readonly origin: number;
  readonly end: number;
  /** -1 where the response was negated: it falls upwards. */
  readonly sign: 1 | -1;
  /** Start over noise. */
  readonly signalToNoise: number;
  readonly notes: readonly Issue[];
}

export type DecayWindowAnswer = DecayWindow | { readonly column: Column; readonly reason: Issue };

const LEAST_SAMPLES = 8;

/** From the end of the stimulus (else the last 90 % crossing of the fall, else the maximum) to the next rise or the end. */
export function findDecayWindow(
  input: AnalysisInput,
  column: Column,
  stimulus: Stimulus | null,
): DecayWindowAnswer {
  const upright = analyseChannel(input.measurement, column, stimulus, input.conditions);
  // a channel that rests high and dips: the return to its rest is the decay, not the way into the dip
  const dips = !('reason' in upright) && !upright.pulse && upright.levels.missing.join() === 'low';
  const negated = { ...column, data: column.data.map((v) => -v) };
  const channel = dips ? analyseChannel(input.measurement, negated, stimulus, input.conditions) : upright;
  if ('reason' in channel && channel.reason.code === 'NO_DATA') return channel;
  // without a drive only a fall from one state to the other says where a decay starts: noise has a maximum too
  if ('reason' in channel && channel.reason.code === 'NO_EDGE' && !stimulus) return channel;
  if (!('reason' in channel) && !channel.pulse && channel.levels.missing.length === 2)
    return {
      column,
      reason: warning(
        'NOT_SETTLED',
        `${column.label} has no plateau to fall from or to, and no stimulus says when a fall starts.`,
      ),
    };
  const time = columnOf(input.measurement.curve, 'time')!;
  const answered = 'reason' in channel ? null : channel;
  const trace: Trace = answered?.levels.trace ?? buildTrace(time.data, column.data);
  const sigma = answered?.levels.sigma ?? estimateNoise(trace.value, findQuantum(trace.value));
  const pulse = answered?.pulse ?? stimulus?.pulses[0] ?? null;
  const notes: Issue[] = [...(answered?.notes ?? [])];
  let origin: number;
  if (pulse) origin = pulse.fall;
  else {
    const index = answered ? answered.edges.findIndex((edge) => !edge.rising) : -1;
    const fall =
      answered && index >= 0 ? measureTransition(trace, answered.levels, answered.edges, index) : null;
    origin = fall ? fall.start : trace.time[findHighest(trace)]!;
    const why = answered && fall ? judgeFall(trace, answered, index, fall) : null;
    if (why) return { column, reason: why };
    notes.push(
      warning(
        'INPUT_MISSING',
        'No stimulus was recorded: times count from where the response starts to fall.',
        {
          subject: 'stimulus',
        },
      ),
    );
  }
  const next = answered?.edges.find((edge) => edge.rising && edge.time > origin);
  const end = next ? trace.time[next.a]! : trace.time.at(-1)!;
  const from = findIndex(trace.time, origin);
  const to = findIndex(trace.time, end) + (next ? 0 : 1);
  const window = condenseDecay(trace, from, to);
  if (window.time.length < LEAST_SAMPLES)
    return {
      column,
      reason: warning(
        'TOO_FEW_POINTS',
        `A decay needs ${LEAST_SAMPLES} samples after the end of the pulse; ${column.label} has ${window.time.length}.`,
      ),
    };
  const tail = window.value.subarray(Math.floor(0.8 * window.value.length));
  const background = tail.reduce((sum, v) => sum + v, 0) / tail.length;
  const head = Math.max(1, Math.min(5, Math.floor(window.value.length / 20)));
  const start = window.value.subarray(0, head).reduce((sum, v) => sum + v, 0) / head;
  return {
    column,
    time: window.time.map((t) => t - origin),
    value: window.value,
    sigma: window.sigma,
    origin,
    end,
    sign: dips !== (answered?.inverted ?? false) ? -1 : 1,
    signalToNoise: start === background ? 0 : Math.abs(start - background) / sigma,
    notes,
  };
}

/** From half to a tenth takes an exponential 2.7 times as long as from nine tenths to half; a ramp takes as long. */
const EXPONENTIAL = 1.5;

/** Why a fall that no drive explains is an edge and no decay: too few samples, or as steep at its end as at its start. */
function judgeFall(trace: Trace, channel: PulseChannel, index: number, fall: Transition): Issue | null {
  const { levels, edges, column } = channel;
  if (fall.samples < SAMPLES_ON_EDGE)
    return warning(
      'UNDERSAMPLED',
      `${fall.samples} samples lie on the fall of ${column.label}, ${SAMPLES_ON_EDGE} are needed: it takes less than ${seconds(fall.limit)}.`,
    );
  const upper = measureTransition(trace, levels, edges, index, [0.5, 0.9]);
  const lower = measureTransition(trace, levels, edges, index, [0.1, 0.5]);
  if (!upper || !lower || lower.duration >= EXPONENTIAL * upper.duration) return null;
  return warning(
    'REGIME',
    `${column.label} falls from 90 to 50 % in ${seconds(upper.duration)} and on to 10 % in ${seconds(lower.duration)}: an edge, no decay (an exponential takes 2.7 times as long).`,
    { hint: 'Record the stimulus, or fit a model of your own.' },
  );
}

function findHighest(trace: Trace): number {
  let best = 0;
  for (let i = 1; i < trace.value.length; i++) if (trace.value[i]! > trace.value[best]!) best = i;
  return best;
}
