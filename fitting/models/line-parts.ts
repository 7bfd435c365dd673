import type { ParameterSpec } from '../types.ts';
import { measureAbscissa, solveSeparable, UNBOUNDED } from './separable-start.ts';

export const LINE_PARAMETERS: readonly ParameterSpec[] = [
  { id: 'height', symbol: 'h', unit: '', transform: 'linear', lower: -UNBOUNDED, upper: UNBOUNDED },
  { id: 'center', symbol: 'x_0', unit: 'nm', transform: 'linear', lower: -UNBOUNDED, upper: UNBOUNDED },
  { id: 'fwhm', symbol: 'F', unit: 'nm', transform: 'log', lower: 1e-12, upper: 1e12 },
  { id: 'offset', symbol: 'b', unit: '', transform: 'linear', lower: -UNBOUNDED, upper: UNBOUNDED },
];

/** Box of a line on its record: the center within it, the width from half a pixel to three spans. */
export function boundLine(x: Float64Array): [number, number][] {
  const { lowest, highest, span, spacing } = measureAbscissa(x);
  return [
    [-UNBOUNDED, UNBOUNDED],
    [lowest - 0.2 * span, highest + 0.2 * span],
    [spacing / 2, 3 * span],
    [-UNBOUNDED, UNBOUNDED],
  ];
}

/** Starts of a line of a given shape(distance in half widths): centers at the extremes of the data and across them, several widths. */
export function startLine(
  x: Float64Array,
  y: Float64Array,
  sigma: Float64Array | null,
  shape: (z: number) => number,
): { height: number; center: number; fwhm: number; offset: number }[] {
  const n = x.length;
  const { lowest, span, spacing } = measureAbscissa(x);
  let top = 0;
  let bottom = 0;
  for (let i = 1; i < n; i++) {
    if (y[i]! > y[top]!) top = i;
    if (y[i]! < y[bottom]!) bottom = i;
  }
  const centers = [x[top]!, x[bottom]!];
  for (let k = 1; k < 12; k++) centers.push(lowest + (span * k) / 12);
  const widths: number[] = [];
  for (let width = Math.max(2 * spacing, span / 300); width < 1.5 * span; width *= 1.6) widths.push(width);
  const guesses = centers.flatMap((center) => widths.map((width) => [center, width]));
  return solveSeparable(y, sigma, 2, guesses, ([center, width], basis) => {
    for (let i = 0; i < n; i++) {
      basis[i] = shape((2 * (x[i]! - center!)) / width!);
      basis[n + i] = 1;
    }
  }).map((s) => ({
    height: s.linear[0]!,
    center: s.nonlinear[0]!,
    fwhm: s.nonlinear[1]!,
    offset: s.linear[1]!,
  }));
}
