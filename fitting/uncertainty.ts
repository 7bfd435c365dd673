import { invertNormalMatrix } from './linalg.ts';
import type { Solution } from './types.ts';

/** Covariance in the solver's coordinates of the parameters not held by a bound; rows of the others are 0. */
export function computeCovariance(
  solution: Solution,
  points: number,
  count: number,
  variance: number,
): { covariance: Float64Array; determined: boolean[]; conditionNumber: number | null } {
  const inside: number[] = [];
  for (let k = 0; k < count; k++) if (solution.atBound[k] === 0) inside.push(k);
  const compact = new Float64Array(points * inside.length);
  inside.forEach((k, c) => {
    compact.set(solution.jacobian.subarray(k * points, (k + 1) * points), c * points);
  });
  const normal = invertNormalMatrix(compact, points, inside.length);
  const covariance = new Float64Array(count * count);
  const determined = new Array<boolean>(count).fill(false);
  inside.forEach((k, c) => {
    determined[k] = normal.determined[c]!;
    inside.forEach((l, d) => {
      const entry = normal.inverse[c * inside.length + d]! * variance;
      covariance[k * count + l] = Number.isFinite(entry) ? entry : 0;
      if (c === d && !Number.isFinite(entry)) determined[k] = false;
    });
  });
  return { covariance, determined, conditionNumber: normal.conditionNumber };
}

export function toCorrelation(covariance: Float64Array, n: number): Float64Array {
  return covariance.map((value, index) => {
    const i = Math.floor(index / n);
    const j = index % n;
    if (i === j) return 1;
    const scale = Math.sqrt(covariance[i * n + i]! * covariance[j * n + j]!);
    return scale > 0 ? value / scale : 0;
  });
}

export function toRows(matrix: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from(matrix.subarray(i * n, (i + 1) * n)));
}
