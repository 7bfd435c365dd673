import { fitParabola } from './fit-line.ts';
import type { Numbers } from './statistics.ts';

export interface DerivativeOptions {
  /** Points of the local parabola; odd. @default 7 */
  readonly window?: number;
  /** The window grows until it spans at least this much of x. @default 0 */
  readonly minimumSpan?: number;
}

export interface LocalPolynomial {
  readonly value: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Standard errors of `first` and `second`, from the scatter inside the window. */
  readonly firstError: Float64Array;
  readonly secondError: Float64Array;
  /** 1 where the window is cut by an end of the data: less trustworthy. */
  readonly nearEnd: Uint8Array;
}

/**
 * Value, slope and second derivative by a local parabola (Savitzky-Golay on an uneven grid, METHODS 0.4-9).
 * The grid is monotonic or nearly so; at an end the window is one-sided. A window without three different x gives NaN:
 * the caller masks it.
 * @see Savitzky and Golay, Anal. Chem. 36, 1627 (1964), doi:10.1021/ac60214a047
 */
export function localPolynomial(x: Numbers, y: Numbers, options: DerivativeOptions = {}): LocalPolynomial {
  const n = x.length;
  const half = Math.max(1, ((options.window ?? 7) - 1) >> 1);
  const span = options.minimumSpan ?? 0;
  const result: LocalPolynomial = {
    value: new Float64Array(n),
    first: new Float64Array(n),
    second: new Float64Array(n),
    firstError: new Float64Array(n),
    secondError: new Float64Array(n),
    nearEnd: new Uint8Array(n),
  };
  let localX = new Float64Array(2 * half + 1);
  let localY = new Float64Array(2 * half + 1);
  for (let i = 0; i < n; i++) {
    let from = Math.max(0, i - half);
    let to = Math.min(n - 1, i + half);
    // keep the number of points at the ends, one-sided
    if (from === 0) to = Math.min(n - 1, 2 * half);
    if (to === n - 1) from = Math.max(0, n - 1 - 2 * half);
    while (Math.abs(x[to]! - x[from]!) < span && (from > 0 || to < n - 1)) {
      if (from > 0) from--;
      if (to < n - 1) to++;
    }
    result.nearEnd[i] = i - half < 0 || i + half > n - 1 ? 1 : 0;
    if (to - from + 1 !== localX.length) {
      localX = new Float64Array(to - from + 1);
      localY = new Float64Array(to - from + 1);
    }
    for (let j = from; j <= to; j++) {
      localX[j - from] = x[j]! - x[i]!;
      localY[j - from] = y[j]!;
    }
    const fit = fitParabola(localX, localY);
    result.value[i] = fit ? fit.constant : Number.NaN;
    result.first[i] = fit ? fit.linear : Number.NaN;
    result.second[i] = fit ? 2 * fit.quadratic : Number.NaN;
    result.firstError[i] = fit ? fit.linearError : Number.NaN;
    result.secondError[i] = fit ? 2 * fit.quadraticError : Number.NaN;
  }
  return result;
}
