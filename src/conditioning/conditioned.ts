import type { Issue } from '../base/issues.ts';
import type { BranchName } from '../model/quantity.ts';

/** Why a row is left out of an analysis: bits of `Conditioned.mask`. Raw data stay as they are. */
export const MASK = {
  sentinel: 1,
  compliance: 2,
  noiseFloor: 4,
  glitch: 8,
  excluded: 16,
  /** first unclipped neighbour of a clipped run: left out of fits, not of event searches */
  complianceNeighbour: 32,
  nonMonotonic: 64,
} as const;
export type MaskCause = keyof typeof MASK;

/** One leg of a sweep: rows `start` (inclusive) to `end` (exclusive) in measured order. */
export interface Leg {
  readonly index: number;
  readonly cycle: number;
  /** Sign of V on the leg. */
  readonly polarity: 1 | -1;
  /** forward: |V| rising; reverse: |V| falling. */
  readonly direction: 'forward' | 'reverse';
  readonly name: BranchName;
  readonly start: number;
  readonly end: number;
  /** Noise of the current [A], null where it could not be told, and the floor below which ln|I| is not taken [A]. */
  readonly noise_A: number | null;
  readonly floor_A: number;
}

/** A current-voltage measurement after METHODS 0.4: masks and legs beside the untouched data. */
export interface Conditioned {
  /** Measured voltage [V]: used for extraction. */
  readonly voltage: Float64Array;
  /** Programmed voltage [V]: used for legs, compliance and slopes; the measured one where the file has no other. */
  readonly programmed: Float64Array;
  readonly hasProgrammed: boolean;
  readonly current: Float64Array;
  readonly mask: Uint16Array;
  readonly legs: readonly Leg[];
  /** s of METHODS 0.4-4: s V and s I are positive in the conducting quadrant; null = not decided. */
  readonly polarity: 1 | -1 | null;
  /** Compliance in force per sign [A], declared or inferred; null = none. */
  readonly compliance: {
    readonly positive_A: number | null;
    readonly negative_A: number | null;
    readonly inferred: boolean;
  };
  /** Sweep rate [V/s] from time stamps, null if there are none. */
  readonly sweepRate: number | null;
  readonly counts: Readonly<Record<MaskCause, number>>;
  readonly issues: readonly Issue[];
}
