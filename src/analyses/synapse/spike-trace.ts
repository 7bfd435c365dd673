import { median, secondDifferenceNoise } from '../../../fitting/index.ts';
import { type Column, type Curve, columnOf } from '../../model/curve.ts';
import type { Unit } from '../../units/units.ts';

/** A stimulus pulse: rows from its first to one past its last sample. */
export interface Spike {
  readonly start: number;
  readonly end: number;
}

/** A response with the spikes that caused it; the response is taken positive (`sign`). */
export interface SpikeTrace {
  readonly time: Float64Array;
  readonly stimulus: Column;
  readonly response: Column;
  /** sign (y - baseline), unit of the channel. */
  readonly signal: Float64Array;
  readonly sign: 1 | -1;
  readonly spikes: readonly Spike[];
  /** Median before the first spike; null where there are too few samples. */
  readonly baseline: number;
  readonly baselineSamples: number;
  readonly noise: number;
  readonly unit: Unit;
}

const RESPONSE = /[ei]psc|[ei]psp|\bpsc|\bpsp|post ?synap|response|conductance|photocurrent/i;
const STIMULUS = /pre ?synap|spike|stimul|pulse|gate|drive/i;

/** Which column is the stimulus and which the response, by role, then by header. */
export function findSpikeColumns(curve: Curve): { stimulus: Column; response: Column } | null {
  const rest = curve.columns.filter((column) => column.role !== 'time');
  const words = (column: Column): string => column.label.replace(/[_\-.]+/g, ' ');
  const stimulus =
    rest.find((column) => column.role === 'stimulus') ??
    rest.find((column) => STIMULUS.test(words(column)) && !RESPONSE.test(words(column))) ??
    rest.find((column) => column.role === 'voltage');
  const response =
    rest.find((column) => column !== stimulus && RESPONSE.test(words(column))) ??
    rest.find((column) => column !== stimulus && (column.role === 'current' || column.role === 'light')) ??
    rest.find((column) => column !== stimulus);
  return stimulus && response ? { stimulus, response } : null;
}

/** Runs of the stimulus beyond half of its largest excursion from its rest level. */
function findSpikes(stimulus: Float64Array): Spike[] {
  const rest = median([...stimulus].filter(Number.isFinite));
  const largest = stimulus.reduce((most, v) => Math.max(most, Math.abs(v - rest)), 0);
  if (!(largest > 0)) return [];
  const spikes: Spike[] = [];
  let start = -1;
  for (let k = 0; k <= stimulus.length; k++) {
    const on = k < stimulus.length && Math.abs(stimulus[k]! - rest) > largest / 2;
    if (on && start < 0) start = k;
    if (!on && start >= 0) {
      spikes.push({ start, end: k });
      start = -1;
    }
  }
  return spikes;
}

/** Spikes and response of a waveform; null where there is no time, no stimulus or no response. */
export function readSpikeTrace(curve: Curve): SpikeTrace | null {
  const time = columnOf(curve, 'time');
  const columns = findSpikeColumns(curve);
  if (!time || !columns) return null;
  const { stimulus, response } = columns;
  const spikes = findSpikes(stimulus.data);
  const [first] = spikes;
  const before = first ? [...response.data.subarray(0, first.start)].filter(Number.isFinite) : [];
  const baseline = before.length > 0 ? median(before) : 0;
  const after = response.data.subarray(first?.start ?? 0);
  const up = after.reduce((most, y) => Math.max(most, y - baseline), 0);
  const down = after.reduce((most, y) => Math.max(most, baseline - y), 0);
  const sign = up >= down ? 1 : -1;
  return {
    time: time.data,
    stimulus,
    response,
    signal: response.data.map((y) => sign * (y - baseline)),
    sign,
    spikes,
    baseline,
    baselineSamples: before.length,
    noise: secondDifferenceNoise(response.data),
    unit: response.unit,
  };
}

/** The largest value of the three-point mean in a row range, and where; `clipped` where five equal samples make the top. */
export function findPeak(
  signal: Float64Array,
  from: number,
  to: number,
): { readonly row: number; readonly value: number; readonly clipped: boolean } {
  let row = from;
  let value = Number.NEGATIVE_INFINITY;
  for (let k = from; k < to; k++) {
    const mean =
      k > from && k < to - 1 ? (signal[k - 1]! + signal[k]! + signal[k + 1]!) / 3 : Number.NEGATIVE_INFINITY;
    if (mean > value) {
      value = mean;
      row = k;
    }
  }
  if (value === Number.NEGATIVE_INFINITY) return { row: from, value: signal[from] ?? 0, clipped: false };
  const top = signal[row]!;
  let equal = 1;
  for (let k = row - 1; k >= from && signal[k] === top; k--) equal++;
  for (let k = row + 1; k < to && signal[k] === top; k++) equal++;
  return { row, value, clipped: equal >= 5 };
}

/**
 * Height of a peak without the bias of picking the largest of many noisy samples: the peak of the even samples is read from the odd
 * ones beside it and the other way round. Falls back to the three-point mean on fewer than 9 samples.
 */
export function readPeakHeight(signal: Float64Array, from: number, to: number): number {
  if (to - from < 9) return findPeak(signal, from, to).value;
  const readings = [0, 1].map((parity) => {
    let row = from + 2 + parity;
    let best = Number.NEGATIVE_INFINITY;
    for (let k = from + 2 + parity; k < to - 2; k += 2) {
      const mean = (signal[k - 2]! + signal[k]! + signal[k + 2]!) / 3;
      if (mean > best) [best, row] = [mean, k];
    }
    return (signal[row - 1]! + signal[row + 1]!) / 2;
  });
  return (readings[0]! + readings[1]!) / 2;
}
