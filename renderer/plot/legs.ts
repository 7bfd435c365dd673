import type { Conditioned, Leg } from '../../src/conditioning/conditioned.ts';
import type { BranchName } from '../../src/model/quantity.ts';
import type { Ink, Look } from './view-model.ts';

/** Hue says which leg, marker says it again: forward is 1 and a disc, reverse is 2 and an open square. */
export function legInk(branch: BranchName): Ink {
  return branch.endsWith('forward') ? 'd1' : 'd2';
}

export function legLook(branch: BranchName): Look {
  return branch.endsWith('forward') ? 'disc' : 'square';
}

/** `+forward` as people say it. */
export function legWord(branch: BranchName): string {
  const sign = branch.startsWith('+') ? ', V > 0' : branch.startsWith('-') ? ', V < 0' : '';
  return branch.replace(/^[+-]/, '') + sign;
}

export interface RowSplit {
  readonly used: readonly number[];
  readonly outside: readonly number[];
}

/** Rows of a leg that are not masked, by what becomes of them in the fit. */
export function splitRows(
  conditioned: Conditioned,
  leg: Leg,
  window: { readonly from: number; readonly to: number } | null,
): RowSplit {
  const used: number[] = [];
  const outside: number[] = [];
  for (let row = leg.start; row < leg.end; row++) {
    const v = conditioned.voltage[row]!;
    if (conditioned.mask[row]! !== 0) continue;
    if (window && (v < window.from || v > window.to)) outside.push(row);
    else used.push(row);
  }
  return { used, outside };
}

export function takeRows(values: ArrayLike<number>, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}
