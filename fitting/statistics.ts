/** Small statistics on Float64Array or plain arrays; every function ignores nothing: pass finite numbers. */
export type Numbers = ArrayLike<number>;

export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sample standard deviation (n - 1); 0 for a single value. */
export function standardDeviation(values: Numbers): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/** NaN for an empty list. */
export function median(values: Numbers): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const half = n >> 1;
  return n % 2 === 1 ? sorted[half]! : 0.5 * (sorted[half - 1]! + sorted[half]!);
}

/** Quantile by linear interpolation between order statistics (type 7). */
export function quantile(values: Numbers, p: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

/** 1.4826 * median absolute deviation: the standard deviation of a normal sample, blind to outliers. */
export function scaledMad(values: Numbers, centre: number = median(values)): number {
  const deviations = new Float64Array(values.length);
  for (let i = 0; i < deviations.length; i++) deviations[i] = Math.abs(values[i]! - centre);
  return 1.4826 * median(deviations);
}

/**
 * White noise of a smooth series from its second differences, whose variance is 6 sigma^2 (METHODS 0.4-5).
 * @returns sigma in the unit of `values`; NaN for fewer than three values
 */
export function secondDifferenceNoise(values: Numbers): number {
  const n = values.length - 2;
  if (n < 1) return Number.NaN;
  const differences = new Float64Array(n);
  for (let i = 0; i < n; i++) differences[i] = values[i]! - 2 * values[i + 1]! + values[i + 2]!;
  return scaledMad(differences) / Math.sqrt(6);
}

/** Theil-Sen line: median of all pairwise slopes, median intercept; pairs of equal x are skipped. */
export function theilSen(x: Numbers, y: Numbers): { slope: number; intercept: number } {
  const n = x.length;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const step = x[j]! - x[i]!;
      if (step !== 0) slopes.push((y[j]! - y[i]!) / step);
    }
  const slope = median(slopes);
  const rests = new Float64Array(n);
  for (let i = 0; i < n; i++) rests[i] = y[i]! - slope * x[i]!;
  return { slope, intercept: median(rests) };
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Gamma(x), x > 0 (Lanczos, g = 7; relative error below 1e-14). */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const z = x - 1;
  let series = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) series += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

function betaContinuedFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let h = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = 1 + even / c;
    if (Math.abs(c) < tiny) c = tiny;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = 1 + odd / c;
    if (Math.abs(c) < tiny) c = tiny;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return h;
}

/** Regularised incomplete beta function I_x(a, b). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaContinuedFraction(a, b, x)) / a
    : 1 - (front * betaContinuedFraction(b, a, 1 - x)) / b;
}

/** P(T <= t) of Student's distribution. */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  const tail = 0.5 * incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** P(Z <= z) of the standard normal: erfc by its continued fraction in the tail, by series near 0. */
export function normalCdf(z: number): number {
  const tail = upperTail(Math.abs(z));
  return z > 0 ? 1 - tail : tail;
}

function upperTail(z: number): number {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 1; k < 200 && Math.abs(term) > 1e-17 * sum; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / (z + fraction);
  return density / (z + fraction);
}

/** Quantile of the standard normal, by Newton on the distribution from a logistic start. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  let z = -Math.sqrt(Math.max(0, -2 * Math.log(2 * p)));
  for (let i = 0; i < 60; i++) {
    const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    const newton = (normalCdf(z) - p) / density;
    // Halley: the distribution's second derivative is -z times the density
    const step = newton / (1 + 0.5 * z * newton);
    z -= step;
    if (Math.abs(step) < 1e-14 * Math.max(1, Math.abs(z))) break;
  }
  return z;
}

/** Quantile of Student's distribution, by bisection on its distribution function. */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, degreesOfFreedom);
  let low = 0;
  let high = 2;
  while (studentCdf(high, degreesOfFreedom) < p && high < 1e12) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    const middle = 0.5 * (low + high);
    if (studentCdf(middle, degreesOfFreedom) < p) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** Two-sided Student factor of a 95 % interval. */
export function coverageFactor95(degreesOfFreedom: number): number {
  return degreesOfFreedom > 0 ? studentQuantile(0.975, degreesOfFreedom) : Number.NaN;
}

/**
 * Weibull F = 1 - exp[-(x/eta)^beta] by maximum likelihood (METHODS 2.6).
 * @param failures x > 0 of the failed; @param censored x of those still running when the test ended
 * @returns null for fewer than two different failures
 */
export function weibullMle(
  failures: Numbers,
  censored: Numbers = [],
): { shape: number; scale: number } | null {
  const r = failures.length;
  const all = [...Array.from(failures), ...Array.from(censored)];
  const largest = Math.max(...all);
  // x^500 overflows: work on x / max(x) and scale eta back
  const scaled = all.map((x) => x / largest);
  const logs = scaled.map(Math.log);
  let meanLog = 0;
  for (let i = 0; i < r; i++) meanLog += logs[i]! / r;
  const first = failures[0];
  let differ = false;
  for (let i = 1; i < r; i++) differ ||= failures[i] !== first;
  if (r < 2 || !differ) return null;
  const score = (shape: number): number => {
    let power = 0;
    let weighted = 0;
    for (let i = 0; i < scaled.length; i++) {
      const value = scaled[i]! ** shape;
      power += value;
      weighted += value * logs[i]!;
    }
    return weighted / power - 1 / shape - meanLog;
  };
  let low = 1e-3;
  let high = 1;
  while (score(high) < 0 && high < 1e6) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    const middle = 0.5 * (low + high);
    if (score(middle) < 0) low = middle;
    else high = middle;
  }
  const shape = 0.5 * (low + high);
  let power = 0;
  for (const x of scaled) power += x ** shape;
  return { shape, scale: largest * (power / r) ** (1 / shape) };
}

/** Wilson score interval of a share. @default z of 95 % */
export function wilsonInterval(successes: number, trials: number, z = 1.959963984540054): [number, number] {
  const share = successes / trials;
  const square = (z * z) / trials;
  const centre = share + square / 2;
  const half = z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  return [Math.max(0, (centre - half) / (1 + square)), Math.min(1, (centre + half) / (1 + square))];
}

/** Mann-Kendall trend test with ties and continuity correction: statistic S, Z and two-sided p. */
export function mannKendall(values: Numbers): { s: number; z: number; p: number } {
  const n = values.length;
  let s = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) s += Math.sign(values[j]! - values[i]!);
  const ties = new Map<number, number>();
  for (let i = 0; i < n; i++) ties.set(values[i]!, (ties.get(values[i]!) ?? 0) + 1);
  let variance = n * (n - 1) * (2 * n + 5);
  for (const count of ties.values()) variance -= count * (count - 1) * (2 * count + 5);
  variance /= 18;
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { s, z, p: 2 * normalCdf(-Math.abs(z)) };
}
