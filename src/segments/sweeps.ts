import { median, quantile } from '../../fitting/index.ts';

/** One monotone leg of a sweep on one sign of V: rows `start` (inclusive) to `end` (exclusive) in measured order. */
export interface SweepLeg {
  readonly start: number;
  readonly end: number;
  readonly polarity: 1 | -1;
  /** forward: |V| rising. */
  readonly direction: 'forward' | 'reverse';
  readonly cycle: number;
}

const MINIMUM_POINTS = 3;
/** A single step against the sweep this many times the usual one starts the next sweep of a file without separators. */
const RESTART_STEPS = 5;
/** Below this share of the large steps a step is a stall. */
const STALL_SHARE = 0.1;

/**
 * Legs of a sweep (METHODS 0.4-3).
 * 1. A turning point is a change of the sign of dV that lasts two steps; its row is the extreme within two rows.
 * 2. Each run is split again where V crosses 0; |V| below half a step counts as 0.
 * 3. The apex and a point at 0 belong to both legs; a dwell belongs to the leg before it; legs of under three points go.
 * @param programmed_V programmed voltage [V] in measured order; rows without a number are passed over
 */
export function findLegs(programmed_V: Float64Array): readonly SweepLeg[] {
  const rows = finiteRows(programmed_V);
  const voltage = Float64Array.from(rows, (row) => programmed_V[row]!);
  const step = sweepStep(programmed_V);
  if (step === null) return [];
  const pieces = splitRuns(voltage, step).flatMap(([from, to]) => splitAtZero(voltage, from, to, step));
  return numberCycles(
    pieces
      .map(([from, to]) => describeLeg(voltage, rows, from, to))
      .filter((leg): leg is Omit<SweepLeg, 'cycle'> => leg !== null),
  );
}

/**
 * Usual step of the sweep [V]: median of the steps, those of a stalled voltage left out (a measured voltage jitters by microvolts
 * where the current is limited, for more than half of a leg); null without any.
 */
export function sweepStep(programmed_V: Float64Array): number | null {
  const steps: number[] = [];
  let last = Number.NaN;
  for (const v of programmed_V) {
    if (!Number.isFinite(v)) continue;
    const step = Math.abs(v - last);
    if (step > 0) steps.push(step);
    last = v;
  }
  if (steps.length === 0) return null;
  const large = quantile(steps, 0.9);
  return median(steps.filter((step) => step >= STALL_SHARE * large));
}

function finiteRows(values: Float64Array): number[] {
  const rows: number[] = [];
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]!)) rows.push(i);
  return rows;
}

/** Inclusive index pairs of monotone runs; neighbours share their turning point unless the sweep restarted by a jump. */
function splitRuns(v: Float64Array, step: number): [number, number][] {
  const runs: [number, number][] = [];
  let start = 0;
  let direction = 0;
  for (let i = 0; i + 1 < v.length; i++) {
    const delta = v[i + 1]! - v[i]!;
    if (Math.abs(delta) < 0.5 * step) continue;
    const sign = Math.sign(delta);
    if (direction === 0) direction = sign;
    if (sign === direction) continue;
    if (isRestart(v, i, step, direction)) {
      runs.push([start, i]);
      start = i + 1;
      direction = 0;
    } else if (staysOpposite(v, i + 1, step, sign)) {
      const turn = findExtreme(v, i, direction, start);
      runs.push([start, turn]);
      start = turn;
      direction = sign;
    }
  }
  if (v.length > 0) runs.push([start, v.length - 1]);
  return runs;
}

/** A large step back after which the sweep goes on in its old direction: a saw tooth, not a turning point. */
function isRestart(v: Float64Array, i: number, step: number, direction: number): boolean {
  if (Math.abs(v[i + 1]! - v[i]!) < RESTART_STEPS * step) return false;
  return staysOpposite(v, i + 1, step, direction);
}

/** The next step that is not a dwell goes the way of `sign`; the end of the data agrees with nothing. */
function staysOpposite(v: Float64Array, from: number, step: number, sign: number): boolean {
  for (let i = from; i + 1 < v.length; i++) {
    const delta = v[i + 1]! - v[i]!;
    if (Math.abs(delta) >= 0.5 * step) return Math.sign(delta) === sign;
  }
  return false;
}

function findExtreme(v: Float64Array, i: number, direction: number, start: number): number {
  let best = i;
  for (let j = Math.max(start, i - 2); j <= Math.min(v.length - 1, i + 2); j++) {
    const gain = direction * (v[j]! - v[best]!);
    // of equal extremes the last before the way back: a dwell belongs to the leg before it
    if (gain > 0 || (gain === 0 && j > best)) best = j;
  }
  return best;
}

function splitAtZero(v: Float64Array, from: number, to: number, step: number): [number, number][] {
  const signOf = (i: number): number => (Math.abs(v[i]!) < 0.5 * step ? 0 : Math.sign(v[i]!));
  let previous = from;
  while (previous <= to && signOf(previous) === 0) previous++;
  for (let i = previous + 1; i <= to; i++) {
    const sign = signOf(i);
    if (sign === 0 || sign === signOf(previous)) {
      if (sign !== 0) previous = i;
      continue;
    }
    // rows at 0 between the two signs belong to both legs; without any the legs touch nothing
    const first = previous + 1;
    const last = i - 1;
    return last >= first
      ? [
          [from, last],
          [first, to],
        ]
      : [
          [from, previous],
          [i, to],
        ];
  }
  return [[from, to]];
}

function describeLeg(
  v: Float64Array,
  rows: readonly number[],
  from: number,
  to: number,
): Omit<SweepLeg, 'cycle'> | null {
  if (to - from + 1 < MINIMUM_POINTS) return null;
  let farthest = from;
  for (let i = from; i <= to; i++) if (Math.abs(v[i]!) > Math.abs(v[farthest]!)) farthest = i;
  const polarity = v[farthest]! >= 0 ? 1 : -1;
  const direction = Math.abs(v[to]!) >= Math.abs(v[from]!) ? 'forward' : 'reverse';
  return { start: rows[from]!, end: rows[to]! + 1, polarity, direction };
}

/** A cycle ends when a leg of the same sign and direction comes again. */
function numberCycles(legs: readonly Omit<SweepLeg, 'cycle'>[]): SweepLeg[] {
  let cycle = 0;
  let seen = new Set<string>();
  return legs.map((leg) => {
    const key = `${leg.polarity}${leg.direction}`;
    if (seen.has(key)) {
      cycle++;
      seen = new Set();
    }
    seen.add(key);
    return { ...leg, cycle };
  });
}
