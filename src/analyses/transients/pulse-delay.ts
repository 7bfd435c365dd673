import type { FitReport } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import { bounded } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { findLastCrossing, type Transition } from '../../segments/edges.ts';
import { findIndex } from '../../segments/waveforms.ts';
import type { AnalysisInput } from '../analysis.ts';
import { collectInputs, findChoice, findInput } from '../given-inputs.ts';
import { findCircuitTime } from './circuit-time.ts';
import type { PulseChannel, Stimulus } from './pulse-channels.ts';
import { findLevelOnset, findNoiseOnset, type Onset } from './pulse-onset.ts';
import { type ChannelRecords, seconds } from './pulse-records.ts';

/** Onsets of METHODS 4.4, the fitted one first: the choice alone changes a mobility by 1.8. */
const ONSETS = ['fit', '1%', '2%', '5%', '10%', '3sigma', '5sigma'] as const;
type OnsetName = (typeof ONSETS)[number];

/** A delay of this many samples or fewer is not resolved. */
const RESOLVED_SAMPLES = 2;
/** Below this many samples the skew between the channels matters. */
const SKEW_SAMPLES = 10;
const CIRCUIT_TIMES = 3;

export interface TimedEdges {
  readonly first: Transition | null;
  readonly fall: Transition | null;
  readonly fitted: { readonly report: FitReport; readonly onset: Onset } | null;
}

/** Start of the delay on the drive: its 50 % or 10 % point, or its first sample above 5 noise widths. */
function findReference(stimulus: Stimulus, rise: number, choice: string): number | null {
  const { trace, levels } = stimulus;
  if (choice === '50%') return rise;
  if (choice === '10%') {
    const last = findIndex(trace.time, rise);
    const t = findLastCrossing(trace, levels.low + 0.1 * levels.amplitude, 0, last);
    return Number.isFinite(t) ? t : null;
  }
  const first = findIndex(trace.time, rise);
  for (let i = first; i > 0; i--)
    if (trace.value[i - 1]! <= levels.low + 5 * Math.max(levels.sigma, 1e-3 * levels.amplitude))
      return trace.time[i]!;
  return null;
}

/** An edge of the drive without a sample on it may lie anywhere between two samples; one with samples is interpolated. */
function estimateEdgeError(stimulus: Stimulus, rise: number): number {
  const { trace, levels } = stimulus;
  const at = findIndex(trace.time, rise);
  for (let i = Math.max(0, at - 1); i <= Math.min(trace.value.length - 1, at + 1); i++) {
    const share = (trace.value[i]! - levels.low) / levels.amplitude;
    if (share > 0.1 && share < 0.9) return 0;
  }
  return trace.interval_s / Math.sqrt(12);
}

function measureOnset(name: OnsetName, channel: PulseChannel, edges: TimedEdges, from: number): Onset | null {
  if (!edges.first) return null;
  if (name === 'fit') return edges.fitted?.onset ?? null;
  if (name === '3sigma' || name === '5sigma') return findNoiseOnset(channel.levels, Number(name[0]), from);
  return findLevelOnset(channel.levels, edges.first, Number(name.slice(0, -1)) / 100, from);
}

/** Turn-on delay by every definition of the onset, the one in force first, and the turn-off delay. */
export function reportDelays(
  input: AnalysisInput,
  records: ChannelRecords,
  channel: PulseChannel,
  stimulus: Stimulus | null,
  edges: TimedEdges,
  shared: readonly Issue[],
): Quantity[] {
  const { pulse, levels } = channel;
  if (!stimulus || !pulse) {
    const why = warning(
      'INPUT_MISSING',
      'A delay needs the stimulus: no column of the waveform has that role.',
      { subject: 'stimulus', hint: 'Give one channel the role stimulus.' },
    );
    return [
      records.refuse('delayTime', 'stimulus to onset', [why]),
      records.refuse('turnOffDelayTime', 'stimulus to 90 %', [why]),
    ];
  }
  const wish = findChoice(input.conditions, 'onset') as OnsetName;
  const names = [wish, ...ONSETS.filter((name) => name !== wish)];
  const reference = findChoice(input.conditions, 'delayReference');
  const start = findReference(stimulus, pulse.rise, reference);
  const skew = findInput(input.conditions, 'channelSkew');
  const inputs = collectInputs(input.conditions, ['channelSkew']);
  const interval = levels.trace.interval_s;
  const quantities: Quantity[] = [];
  for (const name of names) {
    const convention = `${reference} of the drive to onset by ${name}`;
    const onset = start === null ? null : measureOnset(name, channel, edges, pulse.rise);
    if (start === null || !onset) {
      quantities.push(
        records.refuse('delayTime', 'stimulus to onset', [refuseOnset(name, channel, edges)], {
          convention,
          inputs,
        }),
      );
      continue;
    }
    const value = onset.time - start - (skew?.value ?? 0);
    const u = Math.hypot(onset.error, estimateEdgeError(stimulus, pulse.rise));
    const reasons = [...shared, ...checkDelay(input, value, interval, skew !== null)];
    quantities.push(
      value <= RESOLVED_SAMPLES * interval
        ? bounded(
            'delayTime',
            'upper',
            RESOLVED_SAMPLES * interval,
            [
              warning(
                'UNDERSAMPLED',
                `The delay ${seconds(value)} is no more than ${RESOLVED_SAMPLES} samples of ${seconds(interval)}.`,
              ),
              ...reasons,
            ],
            { method: records.method('stimulus to onset'), convention, inputs },
          )
        : records.give('delayTime', 'stimulus to onset', value, u, { convention, inputs, reasons }),
    );
  }
  const off = edges.fall;
  quantities.push(
    off
      ? records.give(
          'turnOffDelayTime',
          'stimulus to 90 %',
          off.start - pulse.fall - (skew?.value ?? 0),
          Math.hypot(off.startError, interval / Math.sqrt(12)),
          {
            convention: '50 % of the drive to the last 90 % crossing',
            // the edge of the drive lies anywhere between two samples
            half95: Math.hypot(1.96 * off.startError, 0.475 * interval),
            inputs,
            reasons: shared,
          },
        )
      : records.refuse('turnOffDelayTime', 'stimulus to 90 %', [
          warning('NO_EDGE', 'No complete falling edge after the end of the stimulus.'),
        ]),
  );
  return quantities;
}

function refuseOnset(name: OnsetName, channel: PulseChannel, edges: TimedEdges): Issue {
  const { sigma, amplitude } = channel.levels;
  if (!edges.first) return warning('NO_EDGE', 'No complete rising edge after the stimulus.');
  if (name === 'fit')
    return warning(
      'NOT_CONVERGED',
      `The delayed rise could not be fitted to the edge (${edges.first.samples} samples on it).`,
    );
  return warning(
    'BELOW_NOISE_FLOOR',
    `The ${name} level is within 3 noise widths (${((300 * sigma) / amplitude).toPrecision(2)} % of the amplitude), or is never crossed.`,
  );
}

function checkDelay(input: AnalysisInput, delay: number, interval: number, skewKnown: boolean): Issue[] {
  const issues: Issue[] = [];
  const circuit = findCircuitTime(input);
  if (circuit && Number.isFinite(circuit.time) && delay <= CIRCUIT_TIMES * circuit.time)
    issues.push(
      warning(
        'INSTRUMENT_LIMITED',
        `RC-limited delay: ${seconds(delay)} is no more than 3 times the circuit's ${seconds(circuit.time)}.`,
      ),
    );
  if (!skewKnown && delay < SKEW_SAMPLES * interval)
    issues.push(
      warning(
        'INPUT_MISSING',
        `The delay is below ${SKEW_SAMPLES} samples of ${seconds(interval)} and the skew between the channels is not known.`,
        { subject: 'channelSkew', hint: 'Set channelSkew (0 where it was measured to be none).' },
      ),
    );
  return issues;
}
