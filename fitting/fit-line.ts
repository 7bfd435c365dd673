import { coverageFactor95, type Numbers } from './statistics.ts';

export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** k = 1; null with two points, where nothing is left to estimate the scatter. */
  readonly slopeError: number | null;
  readonly interceptError: number | null;
  /** cov(slope, intercept). */
  readonly covariance: number | null;
  readonly r2: number;
  /** Root of RSS/(n - 2) in the units of y (weighted: unit weight), 0 for two points. */
  readonly rms: number;
  readonly points: number;
}

export interface LineOptions {
  /** Standard uncertainty of each y; only its ratios matter unless `known`. */
  readonly sigma?: Numbers;
  /** True: sigma is the true scatter, the residuals do not rescale it. @default false */
  readonly known?: boolean;
}

/**
 * Straight line by least squares, on centred x so that a small span far from 0 keeps its digits.
 * @returns null for fewer than two different x
 */
export function fitLine(x: Numbers, y: Numbers, options: LineOptions = {}): LineFit | null {
  const n = x.length;
  const { sigma } = options;
  let total = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    const w = sigma ? 1 / sigma[i]! ** 2 : 1;
    total += w;
    meanX += w * x[i]!;
    meanY += w * y[i]!;
  }
  meanX /= total;
  meanY /= total;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let i = 0; i < n; i++) {
    const w = sigma ? 1 / sigma[i]! ** 2 : 1;
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    sxx += w * dx * dx;
    sxy += w * dx * dy;
    syy += w * dy * dy;
  }
  if (n < 2 || !(sxx > 0)) return null;
  const slope = sxy / sxx;
  const intercept = meanY - slope * meanX;
  let rss = 0;
  for (let i = 0; i < n; i++) {
    const w = sigma ? 1 / sigma[i]! ** 2 : 1;
    rss += w * (y[i]! - meanY - slope * (x[i]! - meanX)) ** 2;
  }
  const variance = options.known ? 1 : n > 2 ? rss / (n - 2) : null;
  return {
    slope,
    intercept,
    slopeError: variance === null ? null : Math.sqrt(variance / sxx),
    interceptError: variance === null ? null : Math.sqrt(variance * (1 / total + (meanX * meanX) / sxx)),
    covariance: variance === null ? null : (-variance * meanX) / sxx,
    r2: syy > 0 ? 1 - rss / syy : 1,
    rms: n > 2 ? Math.sqrt(rss / (n - 2)) : 0,
    points: n,
  };
}

/** Half width of a 95 % interval from a standard error and the points of a straight line. */
export function lineInterval95(value: number, error: number | null, points: number): [number, number] | null {
  if (error === null || points <= 2) return null;
  const half = coverageFactor95(points - 2) * error;
  return [value - half, value + half];
}

export interface ParabolaFit {
  /** y = constant + linear x + quadratic x^2 */
  readonly constant: number;
  readonly linear: number;
  readonly quadratic: number;
  readonly constantError: number;
  readonly linearError: number;
  readonly quadraticError: number;
  /** Root of RSS/(n - 3); 0 for three points, where the errors are 0 too. */
  readonly rms: number;
}

/**
 * Parabola by least squares about x = 0: give x relative to the place of interest.
 * @returns null for fewer than three different x
 */
export function fitParabola(x: Numbers, y: Numbers, sigma?: Numbers): ParabolaFit | null {
  const n = x.length;
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(x[i]!));
  if (n < 3 || !(scale > 0)) return null;
  const s = [0, 0, 0, 0, 0];
  const t = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const u = x[i]! / scale;
    const w = sigma ? 1 / sigma[i]! ** 2 : 1;
    let power = w;
    for (let k = 0; k < 5; k++) {
      s[k]! += power;
      if (k < 3) t[k]! += power * y[i]!;
      power *= u;
    }
  }
  const [s0, s1, s2, s3, s4] = s as [number, number, number, number, number];
  const c00 = s2 * s4 - s3 * s3;
  const c01 = s2 * s3 - s1 * s4;
  const c02 = s1 * s3 - s2 * s2;
  const c11 = s0 * s4 - s2 * s2;
  const c12 = s1 * s2 - s0 * s3;
  const c22 = s0 * s2 - s1 * s1;
  const determinant = s0 * c00 + s1 * c01 + s2 * c02;
  if (!(determinant > 1e-13 * s0 * s2 * s4)) return null;
  const [t0, t1, t2] = t as [number, number, number];
  const a = (c00 * t0 + c01 * t1 + c02 * t2) / determinant;
  const b = (c01 * t0 + c11 * t1 + c12 * t2) / determinant;
  const c = (c02 * t0 + c12 * t1 + c22 * t2) / determinant;
  let rss = 0;
  for (let i = 0; i < n; i++) {
    const u = x[i]! / scale;
    const w = sigma ? 1 / sigma[i]! ** 2 : 1;
    rss += w * (y[i]! - a - b * u - c * u * u) ** 2;
  }
  const variance = n > 3 ? rss / (n - 3) : 0;
  return {
    constant: a,
    linear: b / scale,
    quadratic: c / (scale * scale),
    constantError: Math.sqrt(variance * (c00 / determinant)),
    linearError: Math.sqrt(variance * (c11 / determinant)) / scale,
    quadraticError: Math.sqrt(variance * (c22 / determinant)) / (scale * scale),
    rms: Math.sqrt(variance),
  };
}
