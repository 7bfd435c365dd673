import { median, secondDifferenceNoise } from '../../fitting/index.ts';

export interface NoiseFloor {
  readonly noise_A: number | null;
  readonly floor_A: number;
  /** What made the floor. */
  readonly from: 'noise' | 'offset' | 'minimum';
}

const MINIMUM_FLOOR_A = 1e-14;
const NOISE_POINTS = 8;

/**
 * Noise and floor of one leg (METHODS 0.4-5): sigma from second differences at |V| <= 0.1 V_max; the floor is the largest
 * of 3 sigma, the largest current that flows against the voltage (offset or displacement), and 1e-14 A.
 * @param v voltage [V], @param i current [A], both finite, one leg in measured order; @param polarity sign of V on the leg
 */
export function findNoiseFloor(v: Float64Array, i: Float64Array, polarity: 1 | -1): NoiseFloor {
  let largest = 0;
  for (const voltage of v) largest = Math.max(largest, Math.abs(voltage));
  const low: number[] = [];
  let against = 0;
  for (let k = 0; k < v.length; k++) {
    if (Math.abs(v[k]!) <= 0.1 * largest) low.push(i[k]!);
    if (v[k]! * polarity > 0 && i[k]! * polarity < 0) against = Math.max(against, Math.abs(i[k]!));
  }
  const noise = low.length >= NOISE_POINTS ? secondDifferenceNoise(low) : null;
  const three = 3 * (noise ?? 0);
  const floor_A = Math.max(three, against, MINIMUM_FLOOR_A);
  const from = floor_A === MINIMUM_FLOOR_A ? 'minimum' : floor_A === against ? 'offset' : 'noise';
  return { noise_A: noise, floor_A, from };
}

/** Median of the currents at rest: an instrument's offset where the sweep dwells at 0 V. */
export function findOffset(currentAtZero_A: readonly number[]): number | null {
  return currentAtZero_A.length > 0 ? median(currentAtZero_A) : null;
}
