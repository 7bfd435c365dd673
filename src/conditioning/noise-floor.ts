import { findResolution, median, secondDifferenceNoise } from '../../fitting/index.ts';

export interface NoiseFloor {
  /** Null where too few points lie at low |V| or where they curve instead of scattering. */
  readonly noise_A: number | null;
  readonly floor_A: number;
  /** What made the floor. */
  readonly from: 'noise' | 'resolution' | 'offset' | 'minimum';
}

const MINIMUM_FLOOR_A = 1e-14;
const NOISE_POINTS = 8;

/**
 * Noise and floor of one leg (METHODS 0.4-5): sigma from second differences at |V| <= 0.1 V_max; the floor is the largest
 * of 3 sigma, the current at 0 V, the largest current that flows against the voltage, and 1e-14 A. Readings that repeat
 * themselves there show the resolution q instead of noise: sigma is at least q/sqrt(12), and the floor q (as METHODS 4.1).
 * @param v voltage [V], @param i current [A], both finite, one leg in measured order; @param polarity sign of V on the leg
 * @param step_V usual step: |V| below half of it counts as 0
 */
export function findNoiseFloor(
  v: Float64Array,
  i: Float64Array,
  polarity: 1 | -1,
  step_V: number,
): NoiseFloor {
  let largest = 0;
  for (const voltage of v) largest = Math.max(largest, Math.abs(voltage));
  const low: number[] = [];
  let offset = 0;
  for (let k = 0; k < v.length; k++) {
    if (Math.abs(v[k]!) <= 0.1 * largest) low.push(i[k]!);
    const against = v[k]! * polarity > 0 && i[k]! * polarity < 0;
    if (against || Math.abs(v[k]!) < 1e-3 * step_V) offset = Math.max(offset, Math.abs(i[k]!));
  }
  const scatter = low.length >= NOISE_POINTS && scatters(low) ? secondDifferenceNoise(low) : null;
  const step_A = findResolution(low, i);
  const noise = scatter === null ? null : Math.max(scatter, step_A / Math.sqrt(12));
  const candidates = [
    ['minimum', MINIMUM_FLOOR_A],
    ['offset', offset],
    ['resolution', step_A],
    ['noise', 3 * (noise ?? 0)],
  ] as const;
  const [from, floor_A] = candidates.reduce((most, one) => (one[1] > most[1] ? one : most));
  return { noise_A: noise, floor_A, from };
}

/**
 * Second differences of white noise are anticorrelated (r1 = -2/3), those of a curve that bends are not: a coarse grid on an
 * exponential must not pass for noise.
 */
function scatters(values: readonly number[]): boolean {
  const second = values.slice(2).map((value, k) => value - 2 * values[k + 1]! + values[k]!);
  const centre = median(second);
  let square = 0;
  let product = 0;
  for (let k = 0; k < second.length; k++) {
    square += (second[k]! - centre) ** 2;
    if (k > 0) product += (second[k]! - centre) * (second[k - 1]! - centre);
  }
  return square === 0 || product <= 0;
}
