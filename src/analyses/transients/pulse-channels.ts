import { type Issue, info, warning } from '../../base/issues.ts';
import { type Column, columnOf } from '../../model/curve.ts';
import type { Conditions } from '../../model/inputs.ts';
import type { Measurement } from '../../model/measurement.ts';
import { type Edge, findEdges, measureSpacing, type Spacing } from '../../segments/edges.ts';
import { foldPeriods } from '../../segments/folding.ts';
import {
  analyseLevels,
  buildTrace,
  chooseLevels,
  hasAmplitude,
  measurePlateaus,
  type StateLevels,
  type StimulusPulse,
  type Trace,
} from '../../segments/waveforms.ts';
import { findChoice } from '../given-inputs.ts';

/** When the drive is on, from its 50 % crossings. */
export interface Stimulus {
  readonly label: string;
  readonly pulses: readonly StimulusPulse[];
  readonly spacing: Spacing | null;
  readonly trace: Trace;
  readonly levels: StateLevels;
}

/** One response, ready to be timed: levels, edges, and the pulse it answers. */
export interface PulseChannel {
  readonly column: Column;
  /** The record, or the mean of its periods; negated where the response falls when the drive rises. */
  readonly levels: StateLevels;
  readonly inverted: boolean;
  readonly edges: readonly Edge[];
  readonly spacing: Spacing | null;
  readonly pulse: StimulusPulse | null;
  /** Of the whole record, before any folding. */
  readonly wholeEdges: readonly Edge[];
  readonly wholeLevels: StateLevels;
  readonly periods: number;
  readonly notes: readonly Issue[];
}

/** Levels of a channel that has nothing to be timed, with the reason. */
export interface SilentChannel {
  readonly column: Column;
  readonly reason: Issue;
}

/** The columns that answer: everything but time and the stimulus; the stimulus itself where nothing else was recorded. */
export function selectResponses(measurement: Measurement): readonly Column[] {
  const order = ['light', 'current', 'voltage', 'other', 'intensity', 'resistance'];
  const responses = measurement.curve.columns.filter((column) => order.includes(column.role));
  const sorted = [...responses].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const stimulus = columnOf(measurement.curve, 'stimulus');
  return sorted.length > 0 || !stimulus ? sorted : [stimulus];
}

/** Pulses of the stimulus column; the drive is on where it is farther from 0. Null without one, or without an edge. */
export function findStimulus(measurement: Measurement): Stimulus | null {
  const time = columnOf(measurement.curve, 'time');
  const column = columnOf(measurement.curve, 'stimulus');
  if (!time || !column) return null;
  const trace = buildTrace(time.data, column.data);
  if (trace.value.length < 4) return null;
  const raw = analyseLevels(trace, true);
  if (!raw || !hasAmplitude(raw)) return null;
  const negative = Math.abs(raw.low) > Math.abs(raw.high);
  const levels = negative ? analyseLevels({ ...trace, value: trace.value.map((v) => -v) }, true)! : raw;
  const edges = findEdges(levels.trace, levels);
  const pulses: StimulusPulse[] = [];
  const start = trace.time[0]!;
  const end = trace.time.at(-1)!;
  for (let k = 0; k < edges.length; k++) {
    const edge = edges[k]!;
    if (!edge.rising) continue;
    pulses.push({
      before: k > 0 ? edges[k - 1]!.time : start,
      rise: edge.time,
      fall: edges[k + 1]?.time ?? end,
    });
  }
  // a record that starts in the on state still has a fall to time
  if (pulses.length === 0 && edges.length > 0)
    pulses.push({ before: start, rise: start, fall: edges[0]!.time });
  return pulses.length > 0
    ? { label: column.label, pulses, spacing: measureSpacing(edges), trace: levels.trace, levels }
    : null;
}

/** `LOW:HIGH` in the unit of the channel. */
function parseLevels(text: string): { low: number; high: number } | null {
  const [low, high, more] = text.split(':').map(Number);
  return low !== undefined && high !== undefined && more === undefined && high > low ? { low, high } : null;
}

function measureLevels(
  trace: Trace,
  pulses: readonly StimulusPulse[],
  conditions: Conditions,
): { levels: StateLevels; inverted: boolean } | null {
  const wish = findChoice(conditions, 'levels');
  const given = parseLevels(wish);
  if (given) return { levels: chooseLevels(trace, given), inverted: false };
  if (wish === 'min-max') return { levels: chooseLevels(trace, 'min-max'), inverted: false };
  const gated = wish !== 'histogram' && pulses.length > 0 ? measurePlateaus(trace, pulses) : null;
  if (!gated) {
    const levels = analyseLevels(trace);
    return levels && { levels, inverted: false };
  }
  if (!gated.inverted) return { levels: gated, inverted: false };
  const turned = measurePlateaus({ ...trace, value: trace.value.map((v) => -v) }, pulses);
  return turned && { levels: turned, inverted: true };
}

/** Levels, edges and folding of one response (METHODS 4.1, 4.2). */
export function analyseChannel(
  measurement: Measurement,
  column: Column,
  stimulus: Stimulus | null,
  conditions: Conditions,
): PulseChannel | SilentChannel {
  const time = columnOf(measurement.curve, 'time');
  const silent = (code: Issue['code'], message: string): SilentChannel => ({
    column,
    reason: warning(code, message),
  });
  if (!time) return silent('NO_DATA', 'The waveform has no time column.');
  const trace = buildTrace(time.data, column.data);
  if (trace.value.length < 4)
    return silent(
      'NO_DATA',
      `${column.label} has ${trace.value.length} samples with a time and a value; 4 are needed.`,
    );
  const pulses = column.role === 'stimulus' ? [] : (stimulus?.pulses ?? []);
  const whole = measureLevels(trace, pulses, conditions);
  if (!whole) return silent('NO_DATA', `${column.label} has too few samples to tell two levels.`);
  const notes: Issue[] = [];
  let { levels } = whole;
  let pulse = pulses[0] ?? null;
  let periods = 1;
  const period = stimulus?.spacing && !isIrregular(stimulus.spacing) ? stimulus.spacing.period : Number.NaN;
  const folded = pulses.length >= 2 ? foldPeriods(levels.trace, pulses, period, levels.sigma) : null;
  if (folded) {
    const again = measureLevels(folded.trace, [folded.pulse], { ...conditions });
    if (again && !again.inverted) {
      levels = { ...again.levels, sigma: Math.min(again.levels.sigma, whole.levels.sigma) };
      pulse = folded.pulse;
      periods = folded.periods;
      notes.push(
        info(
          'NOTE',
          `Mean of ${folded.periods} periods${folded.firstExcluded ? '; the first differs by more than 3 standard deviations and is left out' : ''}.`,
        ),
      );
    }
  }
  const describe = (of: StateLevels): string =>
    `${of.amplitude.toPrecision(3)} against a noise of ${of.sigma.toPrecision(2)} (${column.unit})`;
  if (!hasAmplitude(levels))
    return silent(
      'NO_EDGE',
      `${column.label} has an amplitude of ${describe(levels)}: less than ten noise widths.`,
    );
  const edges = findEdges(levels.trace, levels);
  const wholeEdges = folded ? findEdges(whole.levels.trace, whole.levels) : edges;
  const spacing = measureSpacing(wholeEdges);
  if (levels.missing.length > 0 && spacing && isIrregular(spacing))
    return silent(
      'NO_EDGE',
      `${column.label} has no ${levels.missing.join(' and no ')} state and crossings at ${spacing.shortest.toPrecision(3)} to ${spacing.longest.toPrecision(3)} s from one another: no pulses of a period.`,
    );
  if (edges.length === 0)
    return silent(
      'NO_EDGE',
      `${column.label} never changes its state (levels ${levels.low.toPrecision(3)} and ${levels.high.toPrecision(3)} ${column.unit}).`,
    );
  if (levels.glitches > 0)
    notes.push(info('NOTE', `${levels.glitches} samples far outside the two states are masked as glitches.`));
  return {
    column,
    levels,
    inverted: whole.inverted,
    edges,
    spacing,
    pulse,
    wholeEdges,
    wholeLevels: whole.levels,
    periods,
    notes,
  };
}

export function isIrregular(spacing: Spacing): boolean {
  return spacing.longest / spacing.shortest > 1.5;
}
