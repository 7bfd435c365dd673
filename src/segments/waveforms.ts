import { median, secondDifferenceNoise } from '../../fitting/index.ts';

/** A channel over time without gaps: rows of equal time averaged, rows without a number dropped. */
export interface Trace {
  /** [s], strictly rising. */
  readonly time: Float64Array;
  /** In the SI unit of the channel. */
  readonly value: Float64Array;
  /** Median step [s]. */
  readonly interval_s: number;
}

/**
 * Time and value as the analyses take them: NaN rows dropped, rows of equal time averaged (peak-detect pairs, rounded
 * clocks), a step back in time ends the record.
 */
export function buildTrace(time: Float64Array, value: Float64Array): Trace {
  const t = new Float64Array(time.length);
  const y = new Float64Array(time.length);
  let n = 0;
  let pooled = 0;
  for (let i = 0; i < time.length; i++) {
    const at = time[i]!;
    const v = value[i]!;
    if (!Number.isFinite(at) || !Number.isFinite(v)) continue;
    if (n > 0 && at < t[n - 1]!) break;
    if (n > 0 && at === t[n - 1]) {
      pooled++;
      y[n - 1]! += (v - y[n - 1]!) / pooled;
    } else {
      t[n] = at;
      y[n] = v;
      pooled = 1;
      n++;
    }
  }
  const steps = new Float64Array(Math.max(0, n - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = t[i + 1]! - t[i]!;
  return {
    time: t.slice(0, n),
    value: y.slice(0, n),
    interval_s: steps.length > 0 ? median(steps) : Number.NaN,
  };
}

/** Where a level comes from: a stimulus gates it, the histogram shows it, or the caller gave it. */
export type LevelMethod = 'plateau' | 'histogram' | 'min-max' | 'given';

export interface StateLevels {
  readonly low: number;
  readonly high: number;
  /** Standard uncertainties of the two levels. */
  readonly lowError: number;
  readonly highError: number;
  readonly amplitude: number;
  /** Noise of one sample: second differences, at least q/sqrt(12). */
  readonly sigma: number;
  /** Smallest step between distinct values. */
  readonly quantum: number;
  readonly method: LevelMethod;
  /** States that are no plateau: replaced by the extreme of the 3-point running median. */
  readonly missing: readonly ('low' | 'high')[];
  /** Samples masked as glitches, and the trace without them. */
  readonly glitches: number;
  readonly trace: Trace;
  /** Sides that sit at the end of the range. */
  readonly saturated: readonly ('low' | 'high')[];
  /** Relative difference of the last two tenths of a gated plateau where it is too large, else null. */
  readonly drift: { readonly low: number | null; readonly high: number | null };
  /** A gated response that is low while the stimulus is high. */
  readonly inverted: boolean;
}

const BINS = 100;
const PASSES = 3;
/** Codes under one noise width from which on equal neighbours are not expected. */
const FINE_CODES = 10;
/** A state stands this many noise widths away from the other. */
const STATE_SEPARATION = 10;

interface Half {
  readonly level: number;
  readonly count: number;
  /** 1.4826 times the median distance of the half's samples from the level. */
  readonly spread: number;
  readonly error: number;
}

/** Smallest step between distinct values, 0 where all are equal. */
export function findQuantum(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const range = sorted[sorted.length - 1]! - sorted[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i]! - sorted[i - 1]!;
    // decimal text gives one code several binary neighbours
    if (step > 1e-9 * range && step < least) least = step;
  }
  return Number.isFinite(least) ? least : 0;
}

/** Noise of one sample [unit of values]: on 8-bit records the second differences alone may be 0. */
export function estimateNoise(values: Float64Array, quantum: number): number {
  const differences = values.length >= 3 ? secondDifferenceNoise(values) : 0;
  return Math.max(Number.isFinite(differences) ? differences : 0, quantum / Math.sqrt(12));
}

function measureHalf(
  values: Float64Array,
  least: number,
  width: number,
  bins: readonly [number, number],
): Half {
  const counts = new Uint32Array(BINS);
  let count = 0;
  const binOf = (v: number): number => Math.min(BINS - 1, Math.floor((v - least) / width));
  for (const v of values) {
    const bin = binOf(v);
    if (bin < bins[0] || bin >= bins[1]) continue;
    counts[bin]!++;
    count++;
  }
  let mode = bins[0];
  for (let bin = bins[0]; bin < bins[1]; bin++) if (counts[bin]! > counts[mode]!) mode = bin;
  let sum = 0;
  let near = 0;
  for (const v of values) {
    const bin = binOf(v);
    if (bin < bins[0] || bin >= bins[1] || Math.abs(bin - mode) > 1) continue;
    sum += v;
    near++;
  }
  const level = near > 0 ? sum / near : Number.NaN;
  const distances = new Float64Array(count);
  let k = 0;
  for (const v of values) {
    const bin = binOf(v);
    if (bin >= bins[0] && bin < bins[1]) distances[k++] = Math.abs(v - level);
  }
  const spread = count > 0 ? 1.4826 * median(distances) : 0;
  // the mode is known to one bin, however many samples it holds: a creeping state fills its bin from one side (EX-4.1)
  return {
    level,
    count,
    spread,
    error: near > 0 ? Math.hypot(spread / Math.sqrt(near), width / Math.sqrt(12)) : 0,
  };
}

function dropSamples(trace: Trace, keep: (value: number) => boolean): Trace {
  const time: number[] = [];
  const value: number[] = [];
  for (let i = 0; i < trace.value.length; i++) {
    if (!keep(trace.value[i]!)) continue;
    time.push(trace.time[i]!);
    value.push(trace.value[i]!);
  }
  return { time: Float64Array.from(time), value: Float64Array.from(value), interval_s: trace.interval_s };
}

/** Extremes of the 3-point running median: one wild sample is not a level. */
function findMedianExtremes(values: Float64Array): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const n = values.length;
  for (let i = 0; i < n; i++) {
    const a = values[Math.max(0, i - 1)]!;
    const b = values[i]!;
    const c = values[Math.min(n - 1, i + 1)]!;
    const middle = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    if (middle < low) low = middle;
    if (middle > high) high = middle;
  }
  return { low, high };
}

/**
 * A record is clipped where a run sits at its extreme code, the code holds over four times the samples of the next one
 * inward, and there is enough noise to tell a clipped plateau from a quiet one (METHODS 4.1). Where the noise spans ten codes and more,
 * the run alone decides: the next code inward holds hardly a sample.
 */
function isSaturated(values: Float64Array, quantum: number, noise: number, side: 'low' | 'high'): boolean {
  if (!(quantum > 0) || noise < 0.7 * quantum) return false;
  const fine = noise >= FINE_CODES * quantum;
  let extreme = values[0]!;
  for (const v of values) if (side === 'high' ? v > extreme : v < extreme) extreme = v;
  let run = 0;
  let longest = 0;
  let at = 0;
  let inward = 0;
  for (const v of values) {
    const codes = Math.abs(v - extreme) / quantum;
    if (codes < 0.5) {
      at++;
      run++;
      if (run > longest) longest = run;
      continue;
    }
    run = 0;
    if (codes < 1.5) inward++;
  }
  // where noise spans many codes five equal ones in a row are no chance
  return longest >= 5 && (fine || (inward > 0 && at > 4 * inward));
}

/** State levels of a channel without a stimulus: modes of the two halves of the histogram (IEEE Std 181-2011). */
export function analyseLevels(
  input: Trace,
  /** A programmed drive has two exact values: their distance is no resolution. @default false */
  exact = false,
): StateLevels | null {
  let trace = input;
  const original = input.value.length;
  if (original < 3) return null;
  let halves: readonly [Half, Half] | null = null;
  for (let pass = 0; pass <= PASSES; pass++) {
    const { low: least, high: most } = findRange(trace.value);
    const width = (most - least) / BINS;
    if (!(width > 0)) break;
    const pair = [
      measureHalf(trace.value, least, width, [0, BINS / 2]),
      measureHalf(trace.value, least, width, [BINS / 2, BINS]),
    ] as const;
    halves = pair;
    const few = Math.max(5, trace.value.length / 5000);
    const thin = pair[0].count < few ? 0 : pair[1].count < few ? 1 : -1;
    if (thin < 0 || pass === PASSES) break;
    const middle = least + (BINS / 2) * width;
    const rest = dropSamples(trace, (v) => (thin === 0 ? v >= middle : v < middle));
    if (rest.value.length < 3) break;
    trace = rest;
  }
  const quantum = findQuantum(trace.value);
  const sigma = estimateNoise(trace.value, exact ? 0 : quantum);
  const common = {
    sigma,
    quantum,
    trace,
    glitches: original - trace.value.length,
    drift: { low: null, high: null },
    inverted: false,
  };
  if (!halves) {
    const level = trace.value[0]!;
    return {
      ...common,
      low: level,
      high: level,
      lowError: 0,
      highError: 0,
      amplitude: 0,
      method: 'histogram',
      missing: ['low', 'high'],
      saturated: [],
    };
  }
  const [below, above] = halves;
  const separation = above.level - below.level;
  const isState = (half: Half): boolean => separation >= STATE_SEPARATION * Math.max(sigma, half.spread);
  const missing: ('low' | 'high')[] = [];
  if (!isState(below)) missing.push('low');
  if (!isState(above)) missing.push('high');
  const extremes = findMedianExtremes(trace.value);
  const low = missing.includes('low') ? extremes.low : below.level;
  const high = missing.includes('high') ? extremes.high : above.level;
  const noiseBelow = Math.max(sigma, missing.includes('high') ? 0 : above.spread);
  const noiseAbove = Math.max(sigma, missing.includes('low') ? 0 : below.spread);
  const saturated: ('low' | 'high')[] = [];
  if (isSaturated(trace.value, quantum, noiseBelow, 'low')) saturated.push('low');
  if (isSaturated(trace.value, quantum, noiseAbove, 'high')) saturated.push('high');
  return {
    ...common,
    low,
    high,
    lowError: missing.includes('low') ? sigma : Math.max(below.error, sigma / Math.sqrt(below.count)),
    highError: missing.includes('high') ? sigma : Math.max(above.error, sigma / Math.sqrt(above.count)),
    amplitude: high - low,
    method: 'histogram',
    missing,
    saturated,
  };
}

export function findRange(values: Float64Array): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return { low, high };
}

/** Mean over [from, to) in time, at least the `least` last samples before `to`. */
function averageGate(
  trace: Trace,
  from: number,
  to: number,
  least: number,
): { mean: number; count: number; first: number; second: number } {
  const end = findIndex(trace.time, to);
  const start = Math.max(0, Math.min(findIndex(trace.time, from), end - least));
  const half = (start + end) >> 1;
  const mean = (a: number, b: number): number => {
    let sum = 0;
    for (let i = a; i < b; i++) sum += trace.value[i]!;
    return b > a ? sum / (b - a) : Number.NaN;
  };
  return { mean: mean(start, end), count: end - start, first: mean(start, half), second: mean(half, end) };
}

/** Index of the first time >= t. */
export function findIndex(time: Float64Array, t: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One stimulus pulse [s]: it is high from `rise` to `fall`, and low from `before` on. */
export interface StimulusPulse {
  readonly before: number;
  readonly rise: number;
  readonly fall: number;
}

/**
 * Levels gated by the stimulus: the last fifth of the pulse and of the low part before it (at least 10 samples), averaged
 * over the pulses. A response that falls when the stimulus rises keeps low < high.
 */
export function measurePlateaus(trace: Trace, pulses: readonly StimulusPulse[]): StateLevels | null {
  const quantum = findQuantum(trace.value);
  const sigma = estimateNoise(trace.value, quantum);
  const on: number[] = [];
  const off: number[] = [];
  let onCount = 0;
  let offCount = 0;
  let onDrift = 0;
  let offDrift = 0;
  for (const pulse of pulses) {
    const high = averageGate(trace, pulse.fall - 0.2 * (pulse.fall - pulse.rise), pulse.fall, 1);
    const low = averageGate(trace, pulse.rise - 0.2 * (pulse.rise - pulse.before), pulse.rise, 10);
    if (high.count < 2 || low.count < 2) continue;
    on.push(high.mean);
    off.push(low.mean);
    onCount += high.count;
    offCount += low.count;
    onDrift += high.second - high.first;
    offDrift += low.second - low.first;
  }
  const m = on.length;
  if (m === 0) return null;
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / m;
  const [onLevel, offLevel] = [mean(on), mean(off)];
  const amplitude = Math.abs(onLevel - offLevel);
  // half of the gate each: the last two tenths of the plateau
  const drifted = (drift: number, count: number): number | null =>
    Math.abs(drift / m) > Math.max((3 * sigma) / Math.sqrt(count / 2), 0.01 * amplitude)
      ? Math.abs(drift / m) / amplitude
      : null;
  const inverted = onLevel < offLevel;
  const onError = sigma / Math.sqrt(onCount);
  const offError = sigma / Math.sqrt(offCount);
  const drifts = { on: drifted(onDrift, onCount), off: drifted(offDrift, offCount) };
  const saturated: ('low' | 'high')[] = [];
  if (isSaturated(trace.value, quantum, sigma, 'low')) saturated.push('low');
  if (isSaturated(trace.value, quantum, sigma, 'high')) saturated.push('high');
  return {
    low: inverted ? onLevel : offLevel,
    high: inverted ? offLevel : onLevel,
    lowError: inverted ? onError : offError,
    highError: inverted ? offError : onError,
    amplitude,
    sigma,
    quantum,
    method: 'plateau',
    missing: [],
    glitches: 0,
    trace,
    saturated,
    inverted,
    drift: inverted ? { low: drifts.on, high: drifts.off } : { low: drifts.off, high: drifts.on },
  };
}

/** Levels a user chose: the extremes of the record, or two numbers. */
export function chooseLevels(trace: Trace, given: { low: number; high: number } | 'min-max'): StateLevels {
  const quantum = findQuantum(trace.value);
  const sigma = estimateNoise(trace.value, quantum);
  const { low, high } = given === 'min-max' ? findRange(trace.value) : given;
  const error = given === 'min-max' ? sigma : 0;
  return {
    low,
    high,
    lowError: error,
    highError: error,
    amplitude: high - low,
    sigma,
    quantum,
    method: given === 'min-max' ? 'min-max' : 'given',
    missing: [],
    glitches: 0,
    trace,
    saturated: [],
    drift: { low: null, high: null },
    inverted: false,
  };
}

/** Is there something to time at all: an amplitude of ten noise widths. */
export function hasAmplitude(levels: StateLevels): boolean {
  return levels.amplitude > 0 && levels.amplitude >= STATE_SEPARATION * levels.sigma;
}
