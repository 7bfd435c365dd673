import { fitLine, fitParabola } from '../../../fitting/index.ts';

export interface Crossing {
  readonly voltage_V: number;
  /** u(ln I)/(d ln I/dV), with u(ln I) from the scatter around a local line. */
  readonly standardUncertainty_V: number | null;
  /** Degrees of freedom behind it. */
  readonly degreesOfFreedom: number;
}

/**
 * Voltage at which the current reaches a level, ln I interpolated. Noise crosses several times: the mean of the first and
 * the last crossing of the run around the first lasting one.
 * @param v,i magnitudes, |V| rising; @returns null where the level is not bracketed
 */
export function findLevelCrossing(v: Float64Array, i: Float64Array, level_A: number): Crossing | null {
  const n = v.length;
  let lasting = -1;
  for (let k = 1; k < n && lasting < 0; k++) {
    if (!(i[k]! >= level_A)) continue;
    const next = Math.min(n, k + 3);
    let stays = true;
    for (let m = k; m < next; m++) stays &&= i[m]! >= level_A;
    if (stays) lasting = k;
  }
  if (lasting < 1) return null;
  // back to the last point below; earlier touches of the level within three points count as the same crossing
  let below = lasting - 1;
  while (below >= 0 && !(i[below]! < level_A)) below--;
  if (below < 0) return null;
  let first = below;
  for (let k = below; k > 0 && below - k < 3; k--) if (i[k - 1]! < level_A && i[k]! >= level_A) first = k - 1;
  const voltage_V = 0.5 * (interpolate(v, i, below, level_A) + interpolate(v, i, first, level_A));
  return { voltage_V, ...estimateUncertainty(v, i, below) };
}

function interpolate(v: Float64Array, i: Float64Array, k: number, level: number): number {
  const step = v[k + 1]! - v[k]!;
  if (!(i[k]! > 0)) return v[k]! + (step * (level - i[k]!)) / (i[k + 1]! - i[k]!);
  return v[k]! + (step * Math.log(level / i[k]!)) / Math.log(i[k + 1]! / i[k]!);
}

/** A parabola that misses more than this many times the third differences misses a bend, not noise. */
const BENT = 1.3;

/** Scatter from third differences, which a parabola leaves at 0: white noise has 20 times its variance in them. */
function measureThirdDifferences(y: readonly number[]): number {
  let sum = 0;
  const count = y.length - 3;
  for (let k = 0; k < count; k++) sum += (y[k + 3]! - 3 * y[k + 2]! + 3 * y[k + 1]! - y[k]!) ** 2;
  return Math.sqrt(sum / count / 20);
}

/** Readings on either side of a crossing that tell its scatter. */
const AROUND = 4;

function estimateUncertainty(
  v: Float64Array,
  i: Float64Array,
  k: number,
): Pick<Crossing, 'standardUncertainty_V' | 'degreesOfFreedom'> {
  const x: number[] = [];
  const y: number[] = [];
  for (let m = Math.max(0, k - AROUND); m < Math.min(v.length, k + 2 + AROUND); m++) {
    if (!(i[m]! > 0)) continue;
    x.push(v[m]! - v[k]!);
    y.push(Math.log(i[m]!));
  }
  const none = { standardUncertainty_V: null, degreesOfFreedom: 0 };
  if (x.length < 4) return none;
  const line = fitLine(x, y);
  if (!line || !(line.slope > 0)) return none;
  // a curve that bends between leakage and junction scatters about a parabola, not about a line
  const bent = x.length >= 6 ? fitParabola(x, y) : null;
  const scatter = bent ? Math.min(bent.rms, BENT * measureThirdDifferences(y)) : line.rms;
  const slope = bent && bent.linear > 0 ? bent.linear : line.slope;
  // a point between two readings, anywhere between them: 2/3 of the variance of one
  return {
    standardUncertainty_V: (scatter * Math.sqrt(2 / 3)) / slope,
    degreesOfFreedom: x.length - (bent ? 3 : 2),
  };
}
