import { findIndex, type StimulusPulse, type Trace } from './waveforms.ts';

export interface FoldedTrace {
  /** One period about the first pulse that was kept; `value` is the mean over the periods. */
  readonly trace: Trace;
  readonly pulse: StimulusPulse;
  readonly periods: number;
  /** The first period differed from the rest by more than 3 standard deviations and was left out. */
  readonly firstExcluded: boolean;
}

/** Share of the low part that is kept before the rise: the gate of the low level is its last fifth. */
const KEPT_BEFORE = 0.25;

function interpolateAt(trace: Trace, t: number): number {
  const i = findIndex(trace.time, t);
  if (i <= 0) return trace.value[0]!;
  if (i >= trace.time.length) return trace.value.at(-1)!;
  const share = (t - trace.time[i - 1]!) / (trace.time[i]! - trace.time[i - 1]!);
  return trace.value[i - 1]! + share * (trace.value[i]! - trace.value[i - 1]!);
}

/**
 * Mean of M periods aligned at the 50 % points of the stimulus: noise falls by sqrt(M) (METHODS 4.2). A first period that
 * differs by more than 3 standard deviations (ionic conditioning) is left out.
 * @returns null for fewer than two complete periods
 */
export function foldPeriods(
  trace: Trace,
  pulses: readonly StimulusPulse[],
  period: number,
  sigma: number,
): FoldedTrace | null {
  const [one] = pulses;
  if (!one || !(period > 0)) return null;
  const width = one.fall - one.rise;
  const before = KEPT_BEFORE * (period - width);
  const first = trace.time[0]!;
  const last = trace.time.at(-1)!;
  const slack = 0.5 * trace.interval_s;
  let complete = pulses.filter(
    (pulse) => pulse.rise - before >= first - slack && pulse.rise - before + period <= last + slack,
  );
  if (complete.length < 2) return null;
  const count = Math.floor(period / trace.interval_s);
  const sample = (pulse: StimulusPulse): Float64Array =>
    Float64Array.from({ length: count }, (_, i) =>
      interpolateAt(trace, pulse.rise - before + i * trace.interval_s),
    );
  let rows = complete.map(sample);
  let firstExcluded = false;
  if (rows.length >= 3) {
    const rest = averageRows(rows.slice(1));
    let difference = 0;
    for (let i = 0; i < count; i++) difference += (rows[0]![i]! - rest[i]!) ** 2;
    // the mean square of white noise is sigma^2 (1 + 1/(M - 1)); beyond 3 standard deviations of it is a real difference
    const expected = sigma ** 2 * (1 + 1 / (rows.length - 1));
    if (
      difference / count > expected * (1 + 3 * Math.sqrt(2 / count)) &&
      difference / count > 1.5 * expected
    ) {
      firstExcluded = true;
      complete = complete.slice(1);
      rows = rows.slice(1);
    }
  }
  const origin = complete[0]!;
  return {
    trace: {
      time: Float64Array.from({ length: count }, (_, i) => origin.rise - before + i * trace.interval_s),
      value: averageRows(rows),
      interval_s: trace.interval_s,
    },
    pulse: { before: origin.rise - (period - width), rise: origin.rise, fall: origin.rise + width },
    periods: rows.length,
    firstExcluded,
  };
}

function averageRows(rows: readonly Float64Array[]): Float64Array {
  return rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
}
