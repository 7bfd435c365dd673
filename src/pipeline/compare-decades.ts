/** Root mean square difference of two currents in decades, with and without the rows beside a jump. */
export interface DecadeDifference {
  /** rms of log10|measured| - log10|simulated| over all rows where both have a magnitude [decades]. */
  readonly all: number;
  /** The same without rows beside a jump of either curve; null where none is left. */
  readonly awayFromJumps: number | null;
  readonly points: number;
  readonly pointsAway: number;
}

/** A step of this many decades from one row to the next is a jump. */
const JUMP_DECADES = 0.4;
/** Rows left out on each side of a jump: where one curve has switched and the other is about to. */
const BESIDE = 3;
/** A measured magnitude below this share of the largest counts as no current: its logarithm is noise. */
const LEAST_SHARE = 1e-7;

function logMagnitude(values: ArrayLike<number>, least: number): Float64Array {
  return Float64Array.from(values, (value) => {
    const size = Math.abs(value);
    return size > least ? Math.log10(size) : Number.NaN;
  });
}

function markJumps(logs: Float64Array, near: Uint8Array): void {
  for (let k = 1; k < logs.length; k++) {
    if (!(Math.abs(logs[k]! - logs[k - 1]!) > JUMP_DECADES)) continue;
    near.fill(1, Math.max(0, k - 1 - BESIDE), Math.min(logs.length, k + 1 + BESIDE));
  }
}

/**
 * How far two currents on the same rows lie apart on a logarithmic axis. A jump a grid step early or late counts as decades in a few rows
 * and hides how well the rest agrees; hence both numbers.
 * @param measured, simulated currents [A], one per row in the order of the sweep
 * @returns null where no row has two magnitudes
 */
export function compareDecades(
  measured: ArrayLike<number>,
  simulated: ArrayLike<number>,
): DecadeDifference | null {
  let largest = 0;
  for (let k = 0; k < measured.length; k++)
    if (Math.abs(measured[k]!) > largest) largest = Math.abs(measured[k]!);
  const a = logMagnitude(measured, LEAST_SHARE * largest);
  const b = logMagnitude(simulated, 0);
  const near = new Uint8Array(a.length);
  markJumps(a, near);
  markJumps(b, near);
  let sum = 0;
  let points = 0;
  let sumAway = 0;
  let pointsAway = 0;
  for (let k = 0; k < a.length; k++) {
    const difference = a[k]! - b[k]!;
    if (!Number.isFinite(difference)) continue;
    sum += difference ** 2;
    points += 1;
    if (near[k] !== 0) continue;
    sumAway += difference ** 2;
    pointsAway += 1;
  }
  if (points === 0) return null;
  return {
    all: Math.sqrt(sum / points),
    awayFromJumps: pointsAway > 0 ? Math.sqrt(sumAway / pointsAway) : null,
    points,
    pointsAway,
  };
}
