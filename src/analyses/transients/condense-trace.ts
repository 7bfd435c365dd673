import type { Trace } from '../../segments/waveforms.ts';

export interface CondensedTrace {
  readonly time: Float64Array;
  readonly value: Float64Array;
  /** Standard deviation of each value in units of that of one sample; null where every value is a sample. */
  readonly sigma: Float64Array | null;
}

/** More samples than this are averaged in equal groups: the edge stays resolved, the fit stays quick. */
const LARGEST_EDGE = 5_000;
/** Up to this many samples a decay is fitted as it was recorded. */
const LARGEST_DECAY = 2_000;
/** Groups of a long decay span at most this share of the time since its start. */
const DECAY_RESOLUTION = 1 / 200;

function average(data: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += data[i]!;
  return sum / (to - from);
}

/** Samples from..to of a trace, averaged in equal groups where they are very many. */
export function thinTrace(trace: Trace, from: number, to: number): CondensedTrace {
  const size = Math.max(1, Math.ceil((to - from) / LARGEST_EDGE));
  const count = Math.max(0, Math.floor((to - from) / size));
  const take = (data: Float64Array): Float64Array =>
    Float64Array.from({ length: count }, (_, k) => average(data, from + k * size, from + (k + 1) * size));
  return { time: take(trace.time), value: take(trace.value), sigma: null };
}

/**
 * Samples from..to of a decay that starts at `from`: single samples first, then groups that grow with the time since the start, so that
 * fast and slow parts are resolved alike. No sample is left out, and `sigma` says what the averaging did to the noise.
 */
export function condenseDecay(trace: Trace, from: number, to: number): CondensedTrace {
  const n = Math.max(0, to - from);
  const starts: number[] = [];
  for (let i = 0; i < n; i += n > LARGEST_DECAY ? Math.max(1, Math.floor(i * DECAY_RESOLUTION)) : 1)
    starts.push(i);
  const end = (k: number): number => starts[k + 1] ?? n;
  const take = (data: Float64Array): Float64Array =>
    Float64Array.from(starts, (start, k) => average(data, from + start, from + end(k)));
  return {
    time: take(trace.time),
    value: take(trace.value),
    sigma: starts.length < n ? Float64Array.from(starts, (start, k) => 1 / Math.sqrt(end(k) - start)) : null,
  };
}
