import { type Conditioned, type Leg, MASK } from './conditioned.ts';

/** Unmasked points of one leg in measured order; repeated voltages that follow one another are averaged. */
export interface LegPoints {
  readonly leg: Leg;
  /** Measured and programmed voltage [V] with their signs, current [A]. */
  readonly voltage: Float64Array;
  readonly programmed: Float64Array;
  readonly current: Float64Array;
  /** Row of the measurement (the first of averaged ones). */
  readonly rows: Int32Array;
  /** The row's mask: what was let through. */
  readonly mask: Uint16Array;
  /** Points left out, by cause. */
  readonly leftOut: { readonly compliance: number; readonly other: number };
}

/** Left out of a fit: everything but the noise floor, which the asinh residual carries. */
export const FIT_MASK =
  MASK.sentinel |
  MASK.compliance |
  MASK.complianceNeighbour |
  MASK.glitch |
  MASK.excluded |
  MASK.nonMonotonic;
/** Left out of an event search: clipped points stay, they bound the jump. */
export const EVENT_MASK = MASK.sentinel | MASK.glitch | MASK.excluded;

export function pickLegPoints(conditioned: Conditioned, leg: Leg, leaveOut: number): LegPoints {
  const rows: number[] = [];
  const groups: number[] = [];
  let compliance = 0;
  let other = 0;
  for (let row = leg.start; row < leg.end; row++) {
    const mask = conditioned.mask[row]!;
    if ((mask & leaveOut) !== 0) {
      if ((mask & leaveOut & (MASK.compliance | MASK.complianceNeighbour)) !== 0) compliance++;
      else other++;
      continue;
    }
    const last = rows.at(-1);
    if (last !== undefined && groups.length > 0 && sameVoltage(conditioned, last, row)) {
      groups[groups.length - 1]!++;
      continue;
    }
    rows.push(row);
    groups.push(1);
  }
  return { ...average(conditioned, rows, groups, leaveOut), leg, leftOut: { compliance, other } };
}

function sameVoltage(conditioned: Conditioned, a: number, b: number): boolean {
  return (
    conditioned.voltage[a] === conditioned.voltage[b] &&
    conditioned.programmed[a] === conditioned.programmed[b]
  );
}

function average(
  conditioned: Conditioned,
  rows: readonly number[],
  groups: readonly number[],
  leaveOut: number,
): Omit<LegPoints, 'leg' | 'leftOut'> {
  const current = Float64Array.from(rows, (first, k) => {
    let sum = 0;
    let taken = 0;
    for (let row = first; taken < groups[k]!; row++) {
      if ((conditioned.mask[row]! & leaveOut) !== 0) continue;
      sum += conditioned.current[row]!;
      taken++;
    }
    return sum / taken;
  });
  return {
    voltage: Float64Array.from(rows, (row) => conditioned.voltage[row]!),
    programmed: Float64Array.from(rows, (row) => conditioned.programmed[row]!),
    current,
    rows: Int32Array.from(rows),
    mask: Uint16Array.from(rows, (row) => conditioned.mask[row]!),
  };
}

/** The same points as magnitudes with |V| rising: V and I times the sign of the leg, reversed on a reverse leg. */
export function toRisingPoints(points: LegPoints): LegPoints {
  const s = points.leg.polarity;
  const flip = points.leg.direction === 'reverse';
  const turn = <T extends Float64Array | Int32Array | Uint16Array>(data: T): T =>
    (flip ? data.slice().reverse() : data) as T;
  return {
    ...points,
    voltage: turn(points.voltage.map((v) => s * v)),
    programmed: turn(points.programmed.map((v) => s * v)),
    current: turn(points.current.map((i) => s * i)),
    rows: turn(points.rows),
    mask: turn(points.mask),
  };
}
