import type { Conditioned, Leg, MaskCause } from '../../src/conditioning/conditioned.ts';
import { MASK } from '../../src/conditioning/conditioned.ts';
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

export const CAUSE_WORDS: Readonly<Record<MaskCause, string>> = {
  sentinel: 'no reading',
  compliance: 'current limit',
  noiseFloor: 'noise floor',
  glitch: 'range glitch',
  excluded: 'left out by you',
  complianceNeighbour: 'beside the limit',
  nonMonotonic: 'turned back',
};

export interface RowSplit {
  readonly used: readonly number[];
  readonly outside: readonly number[];
  readonly masked: readonly number[];
}

/** Rows of a leg by what becomes of them in the fit. */
export function splitRows(
  conditioned: Conditioned,
  leg: Leg,
  window: { readonly from: number; readonly to: number } | null,
): RowSplit {
  const used: number[] = [];
  const outside: number[] = [];
  const masked: number[] = [];
  for (let row = leg.start; row < leg.end; row++) {
    const v = conditioned.voltage[row]!;
    if (conditioned.mask[row]! !== 0) masked.push(row);
    else if (window && (v < window.from || v > window.to)) outside.push(row);
    else used.push(row);
  }
  return { used, outside, masked };
}

/** `range glitch 3, noise floor 2` over the given rows. */
export function writeCauses(conditioned: Conditioned, rows: readonly number[]): string {
  const counts = new Map<MaskCause, number>();
  for (const row of rows) {
    for (const [cause, bit] of Object.entries(MASK) as [MaskCause, number][]) {
      if (conditioned.mask[row]! & bit) {
        counts.set(cause, (counts.get(cause) ?? 0) + 1);
        break;
      }
    }
  }
  return [...counts].map(([cause, count]) => `${CAUSE_WORDS[cause]} ${count}`).join(', ');
}

export function takeRows(values: ArrayLike<number>, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}
