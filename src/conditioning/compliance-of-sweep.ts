import { median } from '../../fitting/index.ts';
import { type Issue, warning } from '../base/issues.ts';
import { ROW_FLAG } from '../model/curve.ts';
import type { Conditions, Given } from '../model/inputs.ts';
import { findPlateau, maskDeclared, maskShortfall, type RisingLeg } from './compliance.ts';
import { type Conditioned, type Leg, MASK } from './conditioned.ts';

interface SweepData {
  readonly voltage: Float64Array;
  readonly programmed: Float64Array;
  readonly bothVoltages: boolean;
  readonly measuredOnly: boolean;
  readonly current: Float64Array;
  readonly legs: readonly Leg[];
  readonly step_V: number;
}

type Limit = { readonly kind: 'none' | 'unknown' } | { readonly kind: 'declared'; readonly limit_A: number };

/** A limit exceeded by more than this did not act on that sign (METHODS 2.3, X8). */
const EXCEEDED = 1.05;
/** Below this share of a stated limit the limit was not reached. */
const NEARLY = 0.95;

/**
 * Marks clipped points (any of: status bit, declared limit, voltage shortfall, inferred plateau), then the first free
 * neighbour of each clipped run.
 * @returns the limit in force per sign [A]
 */
export function findCompliance(
  sweep: SweepData,
  mask: Uint16Array,
  flags: Uint8Array,
  conditions: Conditions,
  issues: Issue[],
): Conditioned['compliance'] {
  const inForce: Record<1 | -1, number | null> = { 1: null, [-1]: null };
  let inferred = false;
  for (let row = 0; row < mask.length; row++) {
    if ((flags[row]! & ROW_FLAG.compliance) !== 0) mask[row]! |= MASK.compliance;
  }
  for (const sign of [1, -1] as const) {
    const legs = sweep.legs.filter((leg) => leg.polarity === sign);
    const largest_A = largestCurrent(sweep, mask, legs);
    const limit = declaredLimit(sign, largest_A, conditions, issues);
    // a limit of the source that was never reached does not rule out another one in the circuit
    const reached = limit.kind === 'declared' && largest_A >= NEARLY * limit.limit_A;
    if (limit.kind === 'declared' && reached) inForce[sign] = limit.limit_A;
    const levels: number[] = [];
    for (const leg of legs) {
      const rows = risingRows(leg, mask);
      const rising = orderRising(sweep, leg, rows, firstRow(mask));
      if (limit.kind === 'declared') markRows(mask, rows, maskDeclared(rising.current, limit.limit_A));
      markRows(mask, rows, maskShortfall(rising, sweep.step_V));
      const plateau = limit.kind === 'none' || reached ? null : findPlateau(rising, sweep.step_V);
      if (!plateau) continue;
      for (let k = plateau.start; k < rows.length; k++) mask[rows[k]!]! |= MASK.compliance;
      levels.push(plateau.level_A);
    }
    if (levels.length > 0) {
      inForce[sign] = median(levels);
      inferred = true;
      if (limit.kind === 'declared')
        issues.push(
          warning(
            'INPUT_IMPLAUSIBLE',
            `The current stops at ${median(levels).toPrecision(3)} A at V ${sign > 0 ? '>' : '<'} 0; the stated limit is ${limit.limit_A.toPrecision(3)} A.`,
            { subject: 'complianceCurrent' },
          ),
        );
    } else if (inForce[sign] === null) inForce[sign] = levelOfMarked(sweep, mask, legs);
  }
  markNeighbours(sweep.legs, mask);
  return { positive_A: inForce[1], negative_A: inForce[-1], inferred };
}

function declaredLimit(sign: 1 | -1, largest_A: number, conditions: Conditions, issues: Issue[]): Limit {
  const own = sign > 0 ? conditions.complianceCurrent : conditions.complianceCurrentNegative;
  const given: Given | undefined = own ?? conditions.complianceCurrent;
  if (!given) return { kind: 'unknown' };
  if (given.value === 'none') return { kind: 'none' };
  const limit_A = Math.abs(Number(given.value));
  if (!(limit_A > 0)) return { kind: 'unknown' };
  if (largest_A <= EXCEEDED * limit_A) return { kind: 'declared', limit_A };
  // the limit of the other sign is only a guess here: silent when it evidently did not act
  if (own) {
    const subject = sign > 0 ? 'complianceCurrent' : 'complianceCurrentNegative';
    issues.push(
      warning(
        'INPUT_IMPLAUSIBLE',
        `The current reaches ${largest_A.toPrecision(4)} A at V ${sign > 0 ? '>' : '<'} 0, above the stated limit of ${limit_A.toPrecision(4)} A: the limit did not act there.`,
        { subject },
      ),
    );
  }
  return { kind: 'unknown' };
}

function largestCurrent(sweep: SweepData, mask: Uint16Array, legs: readonly Leg[]): number {
  let largest = 0;
  for (const leg of legs)
    for (let row = leg.start; row < leg.end; row++)
      if ((mask[row]! & MASK.sentinel) === 0) largest = Math.max(largest, Math.abs(sweep.current[row]!));
  return largest;
}

function risingRows(leg: Leg, mask: Uint16Array): number[] {
  const rows: number[] = [];
  for (let row = leg.start; row < leg.end; row++)
    if ((mask[row]! & (MASK.sentinel | MASK.excluded)) === 0) rows.push(row);
  return leg.direction === 'reverse' ? rows.reverse() : rows;
}

function firstRow(mask: Uint16Array): number {
  const row = mask.findIndex((bits) => (bits & (MASK.sentinel | MASK.excluded)) === 0);
  return Math.max(row, 0);
}

function orderRising(sweep: SweepData, leg: Leg, rows: readonly number[], first: number): RisingLeg {
  const s = leg.polarity;
  const take = (data: Float64Array): Float64Array => Float64Array.from(rows, (row) => s * data[row]!);
  return {
    programmed: take(sweep.programmed),
    measured: sweep.bothVoltages ? take(sweep.voltage) : null,
    current: take(sweep.current),
    // repeated readings at the first voltage of a file let the source settle: that stall is no limit
    measuredOnly: sweep.measuredOnly && !(leg.direction === 'reverse' && leg.start <= first),
  };
}

function markRows(mask: Uint16Array, rows: readonly number[], marked: Uint8Array): void {
  for (let k = 0; k < rows.length; k++) if (marked[k] === 1) mask[rows[k]!]! |= MASK.compliance;
}

/** Level of the rows that a status bit or a shortfall marked. */
function levelOfMarked(sweep: SweepData, mask: Uint16Array, legs: readonly Leg[]): number | null {
  const currents: number[] = [];
  for (const leg of legs)
    for (let row = leg.start; row < leg.end; row++)
      if ((mask[row]! & MASK.compliance) !== 0 && (mask[row]! & MASK.sentinel) === 0)
        currents.push(Math.abs(sweep.current[row]!));
  return currents.length >= 3 ? median(currents) : null;
}

function markNeighbours(legs: readonly Leg[], mask: Uint16Array): void {
  for (const leg of legs)
    for (let row = leg.start; row < leg.end; row++) {
      if ((mask[row]! & MASK.compliance) !== 0) continue;
      const before = row > leg.start && (mask[row - 1]! & MASK.compliance) !== 0;
      const after = row + 1 < leg.end && (mask[row + 1]! & MASK.compliance) !== 0;
      if (before || after) mask[row]! |= MASK.complianceNeighbour;
    }
}
