/** Times start + i * step for i from `from`. */
export function evenTimes(rows: number, start: number, step: number, from = 0): Float64Array {
  const inverse = 1 / step;
  const whole = Math.round(inverse);
  // A step such as 4e-8 is better divided by 25 000 000 than multiplied: one rounding instead of two.
  const divide = whole > 1 && Math.abs(inverse - whole) < 1e-9 * whole;
  return Float64Array.from(
    { length: rows },
    (_, i) => start + (divide ? (from + i) / whole : (from + i) * step),
  );
}

export interface TimeAxis {
  readonly time: Float64Array;
  /** What was done: kept as printed, rebuilt from the declared step, or kept although the step does not fit. */
  readonly source: 'printed' | 'rule' | 'mismatch';
}

/**
 * Time axis of a record with a declared step (FORMATS rule 13): printed times are kept where they agree with the rule to a
 * hundredth of a step, replaced where they were only rounded, and kept with a remark where the step is another one.
 * @param start time of the first sample [s] by the header. @default the first printed time
 */
export function applyStep(printed: Float64Array, step: number, start = printed[0] ?? 0): TimeAxis {
  const n = printed.length;
  if (!(step > 0) || n < 2) return { time: printed, source: 'printed' };
  let worst = 0;
  for (let i = 0; i < n; i++) {
    const distance = Math.abs(printed[i]! - (start + i * step));
    if (!(distance <= worst)) worst = distance;
  }
  if (worst <= 0.01 * step) return { time: printed, source: 'printed' };
  // Rounding moves a time by at most half of the smallest difference the printed digits can show.
  const quantum = printedQuantum(printed);
  return worst <= Math.max(step, 1.01 * quantum)
    ? { time: evenTimes(n, start, step), source: 'rule' }
    : { time: printed, source: 'mismatch' };
}

/** Smallest positive difference of neighbouring times. */
function printedQuantum(times: Float64Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < times.length; i++) {
    const difference = Math.abs(times[i]! - times[i - 1]!);
    if (difference > 0 && difference < smallest) smallest = difference;
  }
  return Number.isFinite(smallest) ? smallest : 0;
}

/** Number of neighbouring times that are equal: the sign of a table that was re-saved with too few digits. */
export function countRepeats(times: Float64Array): number {
  let repeats = 0;
  for (let i = 1; i < times.length; i++) if (times[i] === times[i - 1]) repeats++;
  return repeats;
}

/**
 * Times spread evenly between the first and the last where rounding made neighbours equal; null where the printed times are
 * not an even grid seen through rounding.
 */
export function spreadRoundedTimes(times: Float64Array): Float64Array | null {
  const n = times.length;
  const first = times[0]!;
  const last = times[n - 1]!;
  if (n < 3 || !(last > first)) return null;
  // Copies keep a number of digits, so the rounding is coarser at the ends than near zero: it is judged by the distance to the
  // nearest times that differ, before and behind.
  const quantum = new Float64Array(n);
  let gap = 0;
  for (let i = 1; i < n; i++) {
    if (times[i] !== times[i - 1]) gap = Math.abs(times[i]! - times[i - 1]!);
    quantum[i] = gap;
  }
  gap = 0;
  for (let i = n - 2; i >= 0; i--) {
    if (times[i] !== times[i + 1]) gap = Math.abs(times[i + 1]! - times[i]!);
    quantum[i] = Math.max(quantum[i]!, gap);
  }
  const even = Float64Array.from({ length: n }, (_, i) => first + (i / (n - 1)) * (last - first));
  even[n - 1] = last;
  return even.every((t, i) => Math.abs(t - times[i]!) <= 1.01 * quantum[i]!) ? even : null;
}
