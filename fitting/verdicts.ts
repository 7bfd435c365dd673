import { incompleteBeta, normalCdf, normalQuantile, studentQuantile } from './statistics.ts';
import type { ErrorScale } from './types.ts';

/** Order of the points along the first column, ties in the order given: serial statistics must not depend on the order of rows. */
export function orderAlong(x: Float64Array): Int32Array {
  const order = new Int32Array(x.length);
  let sorted = true;
  for (let i = 0; i < order.length; i++) {
    order[i] = i;
    if (i > 0 && x[i]! < x[i - 1]!) sorted = false;
  }
  return sorted ? order : order.sort((i, j) => x[i]! - x[j]! || i - j);
}

/** Lag-1 autocorrelation of residuals already in order; null below 5 points or without scatter. */
export function computeLagOne(residuals: Float64Array): number | null {
  const n = residuals.length;
  if (n < 5) return null;
  let mean = 0;
  for (const r of residuals) mean += r / n;
  let square = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    const r = residuals[i]! - mean;
    square += r * r;
    if (i > 0) product += r * (residuals[i - 1]! - mean);
  }
  return square > 0 ? product / square : null;
}

/**
 * Two-sided p value of the Wald-Wolfowitz runs test on the signs of residuals in order; null where one sign is absent or n < 8.
 * @see Wald and Wolfowitz, Ann. Math. Stat. 11, 147 (1940)
 */
export function testRuns(residuals: Float64Array): number | null {
  let positive = 0;
  let negative = 0;
  let runs = 0;
  let last = 0;
  for (const r of residuals) {
    const sign = Math.sign(r);
    if (sign === 0) continue;
    if (sign > 0) positive++;
    else negative++;
    if (sign !== last) runs++;
    last = sign;
  }
  const n = positive + negative;
  if (n < 8 || positive === 0 || negative === 0) return null;
  const expected = (2 * positive * negative) / n + 1;
  const variance = ((expected - 1) * (expected - 2)) / (n - 1);
  if (!(variance > 0)) return null;
  return 2 * normalCdf(-Math.abs(runs - expected) / Math.sqrt(variance));
}

/** Factor on standard errors for positively correlated residuals (METHODS 0.5): 1 up to r1 = 0.2. */
export function inflateForCorrelation(lagOne: number | null): number {
  if (lagOne === null || lagOne <= 0.2) return 1;
  const r = Math.min(lagOne, 0.99);
  return Math.sqrt((1 + r) / (1 - r));
}

/**
 * Noise of weighted residuals: 1 where sigma was known, else the root mean square of their second differences over sqrt 6.
 * The mean square, not a median: where the noise grows along the curve a median of the quiet part would condemn every fit.
 */
export function estimateExpectedNoise(residuals: Float64Array, known: boolean): number | null {
  if (known) return 1;
  const n = residuals.length;
  if (n < 8) return null;
  let sum = 0;
  for (let i = 2; i < n; i++) sum += (residuals[i]! - 2 * residuals[i - 1]! + residuals[i - 2]!) ** 2;
  return Math.sqrt(sum / (6 * (n - 2)));
}

/** Corrected Akaike criterion, METHODS 0.6: p counts sigma. Null where there are too few points or no residual at all. */
export function computeAicc(chiSquare: number, points: number, freeCount: number): number | null {
  const p = freeCount + 1;
  if (points - p - 1 <= 0 || !(chiSquare > 0)) return null;
  return points * Math.log(chiSquare / points) + 2 * p + (2 * p * (p + 1)) / (points - p - 1);
}

/** Akaike weights of models fitted to the same points in the same response variable (Burnham and Anderson 2002). */
export function computeAkaikeWeights(aicc: readonly number[]): number[] {
  const lowest = Math.min(...aicc);
  const likelihoods = aicc.map((value) => Math.exp((lowest - value) / 2));
  const total = likelihoods.reduce((sum, value) => sum + value, 0);
  return likelihoods.map((value) => value / total);
}

/**
 * F test of a restriction (a parameter shared by many curves): p value of the rise of chi-square from the free fit to the restricted one.
 * Null where there is nothing to test.
 */
export function testRestriction(
  restricted: { readonly chiSquare: number; readonly degreesOfFreedom: number },
  free: { readonly chiSquare: number; readonly degreesOfFreedom: number },
): number | null {
  const constraints = restricted.degreesOfFreedom - free.degreesOfFreedom;
  if (constraints <= 0 || free.degreesOfFreedom <= 0 || !(free.chiSquare > 0)) return null;
  const rise = Math.max(0, restricted.chiSquare - free.chiSquare) / constraints;
  const f = rise / (free.chiSquare / free.degreesOfFreedom);
  const d = free.degreesOfFreedom;
  return incompleteBeta(d / (d + constraints * f), d / 2, constraints / 2);
}

const quantiles = new Map<number, number>();

/** Student's 0.975 quantile, remembered per degrees of freedom: a batch asks for the same few again and again. With known sigma the normal one. */
export function findCoverageFactor(degreesOfFreedom: number, errors: ErrorScale = 'scaled'): number {
  if (errors === 'known') return normalQuantile(0.975);
  let value = quantiles.get(degreesOfFreedom);
  if (value === undefined) {
    value = studentQuantile(0.975, degreesOfFreedom);
    quantiles.set(degreesOfFreedom, value);
  }
  return value;
}
