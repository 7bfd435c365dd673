import { applyQTransposed, factoriseQr, solveUpper } from '../linalg.ts';

/** One guess of the nonlinear parameters with the best linear ones for it. */
export interface SeparableStart {
  readonly nonlinear: readonly number[];
  readonly linear: Float64Array;
  readonly misfit: number;
}

/**
 * Starts of a model that is linear in some parameters: for each guess of the others the linear ones are solved for by (weighted) least squares.
 * @param guesses  nonlinear parameters to try
 * @param fillBasis writes the basis functions of one guess, column-major: basis[c * points + i]
 * @param apart    whether two guesses are different enough to be both worth a fit  @default any two are
 * @returns the best three, best first
 */
export function solveSeparable(
  y: Float64Array,
  sigma: Float64Array | null,
  linearCount: number,
  guesses: readonly (readonly number[])[],
  fillBasis: (guess: readonly number[], basis: Float64Array) => void,
  apart: (a: readonly number[], b: readonly number[]) => boolean = () => true,
): SeparableStart[] {
  const points = y.length;
  if (points < linearCount) return [];
  const basis = new Float64Array(points * linearCount);
  const right = new Float64Array(points);
  const pivot = new Int32Array(linearCount);
  const [diagonal, norms, work] = [0, 1, 2].map(() => new Float64Array(linearCount)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const found: SeparableStart[] = [];
  for (const guess of guesses) {
    fillBasis(guess, basis);
    for (let i = 0; i < points; i++) {
      const weight = sigma === null ? 1 : 1 / sigma[i]!;
      right[i] = y[i]! * weight;
      if (sigma !== null) for (let c = 0; c < linearCount; c++) basis[c * points + i]! *= weight;
    }
    factoriseQr(basis, points, linearCount, pivot, diagonal, norms, work);
    applyQTransposed(basis, points, linearCount, diagonal, right);
    let misfit = 0;
    for (let i = linearCount; i < points; i++) misfit += right[i]! * right[i]!;
    const dependent = diagonal.some((d, k) => !(Math.abs(d) > 1e-10 * norms[pivot[k]!]!));
    if (dependent || !Number.isFinite(misfit)) continue;
    solveUpper(basis, points, linearCount, diagonal, right);
    const linear = new Float64Array(linearCount);
    for (let c = 0; c < linearCount; c++) linear[pivot[c]!] = right[c]!;
    found.push({ nonlinear: guess, linear, misfit });
  }
  found.sort((a, b) => a.misfit - b.misfit);
  const chosen: SeparableStart[] = [];
  for (const start of found) {
    if (chosen.length === 3) break;
    if (chosen.every((other) => apart(other.nonlinear, start.nonlinear))) chosen.push(start);
  }
  return chosen;
}

/** `count` values from lo to hi, equal steps of the logarithm. */
export function spaceLogarithmically(lo: number, hi: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => lo * (hi / lo) ** (i / (count - 1)));
}

/** Smallest and largest value, the span, and the smallest positive spacing of an abscissa in any order. */
export function measureAbscissa(x: Float64Array): {
  lowest: number;
  highest: number;
  span: number;
  spacing: number;
} {
  const sorted = Float64Array.from(x).sort();
  const lowest = sorted[0] ?? 0;
  const highest = sorted[sorted.length - 1] ?? 0;
  const span = highest - lowest || Math.abs(highest) || 1;
  let spacing = span;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i]! - sorted[i - 1]!;
    if (step > 1e-9 * span) spacing = Math.min(spacing, step);
  }
  return { lowest, highest, span, spacing };
}

/** Stand-in for 'unbounded' that survives JSON. */
export const UNBOUNDED = 1e300;
