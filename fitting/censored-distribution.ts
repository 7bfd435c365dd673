import { mean, normalCdf, standardDeviation } from './statistics.ts';

export type DistributionFamily = 'normal' | 'log-normal' | 'weibull';

/** A value, or a bound: `lower` means the true value lies above `x` (right-censored), `upper` below it. */
export interface CensoredValue {
  readonly x: number;
  readonly bound?: 'lower' | 'upper' | undefined;
}

/** Location and spread of g(x): x for normal, ln x else. For Weibull location = ln scale and spread = 1 / shape. */
export interface DistributionFit {
  readonly family: DistributionFamily;
  readonly location: number;
  readonly spread: number;
  /** Of location and ln spread; asymptotic. */
  readonly covariance: readonly [ll: number, ls: number, ss: number];
  readonly logLikelihood: number;
  readonly values: number;
  readonly bounds: number;
}

interface Terms {
  /** ln of the density or of the tail, and its first and second derivative by the reduced value z. */
  readonly log: number;
  readonly first: number;
  readonly second: number;
}

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** ln of the normal tail above z with derivatives; from 30 on by its asymptotic form. */
function normalTail(z: number): Terms {
  if (z > 30) return { log: -0.5 * z * z - Math.log(z) - HALF_LOG_2PI, first: -(z + 1 / z), second: -1 };
  const tail = normalCdf(-z);
  const hazard = Math.exp(-0.5 * z * z - HALF_LOG_2PI) / tail;
  return { log: Math.log(tail), first: -hazard, second: -hazard * (hazard - z) };
}

function normalTerms(z: number, bound: CensoredValue['bound']): Terms {
  if (bound === 'lower') return normalTail(z);
  if (bound === 'upper') {
    const { log, first, second } = normalTail(-z);
    return { log, first: -first, second };
  }
  return { log: -0.5 * z * z - HALF_LOG_2PI, first: -z, second: -1 };
}

/** Smallest extreme value, the law of ln x of a Weibull x. */
function extremeTerms(z: number, bound: CensoredValue['bound']): Terms {
  const w = Math.exp(Math.max(-690, Math.min(z, 600)));
  if (bound === 'lower') return { log: -w, first: -w, second: -w };
  if (bound === 'upper') {
    const e = Math.expm1(Math.min(w, 600));
    return {
      log: Math.log(-Math.expm1(-w)),
      first: w / e,
      second: (w * (e - w * (e + 1))) / (e * e),
    };
  }
  return { log: z - w, first: 1 - w, second: -w };
}

/** The scale on which the family is one of location and spread. */
export function reduceValue(family: DistributionFamily, x: number): number {
  return family === 'normal' ? x : Math.log(x);
}

/**
 * Maximum likelihood of a normal, log-normal or Weibull law with bounds as censored values (METHODS 2.6), by Newton on location and
 * ln spread. Complete normal and log-normal samples keep the standard deviation with n - 1.
 * @returns null for fewer than two different values, for values <= 0 on a logarithm, or where no maximum is found
 */
export function fitDistribution(
  family: DistributionFamily,
  sample: readonly CensoredValue[],
): DistributionFit | null {
  if (family !== 'normal' && sample.some(({ x }) => !(x > 0))) return null;
  const y = sample.map(({ x }) => reduceValue(family, x));
  const exact = y.filter((_, i) => sample[i]!.bound === undefined);
  if (new Set(exact).size < 2) return null;
  const terms = family === 'weibull' ? extremeTerms : normalTerms;
  const evaluate = (location: number, logSpread: number) => {
    const spread = Math.exp(logSpread);
    let log = -exact.length * logSpread;
    let dl = 0;
    let ds = -exact.length;
    let ll = 0;
    let ls = 0;
    let ss = 0;
    for (let i = 0; i < y.length; i++) {
      const z = (y[i]! - location) / spread;
      const t = terms(z, sample[i]!.bound);
      log += t.log;
      dl -= t.first / spread;
      ds -= t.first * z;
      ll += t.second / (spread * spread);
      ls += (t.second * z + t.first) / spread;
      ss += t.second * z * z + t.first * z;
    }
    return { log, dl, ds, ll, ls, ss };
  };
  let location = mean(exact) + (family === 'weibull' ? 0.45 * standardDeviation(exact) : 0);
  let logSpread = Math.log(standardDeviation(exact) * (family === 'weibull' ? 0.78 : 1));
  let here = evaluate(location, logSpread);
  let settled = false;
  for (let i = 0; i < 100 && !settled; i++) {
    let det = here.ll * here.ss - here.ls * here.ls;
    let [ll, ss] = [here.ll, here.ss];
    // away from the maximum the surface may bend the wrong way: lean on the diagonal until it does not
    for (let lean = 1e-3; !(det > 0 && ll < 0) && lean < 1e12; lean *= 10) {
      ll = here.ll - lean * Math.abs(here.ll || 1);
      ss = here.ss - lean * Math.abs(here.ss || 1);
      det = ll * ss - here.ls * here.ls;
    }
    const stepL = -(ss * here.dl - here.ls * here.ds) / det;
    const stepS = -(ll * here.ds - here.ls * here.dl) / det;
    let part = Math.min(1, 2 / Math.max(Math.abs(stepS), 1e-300));
    let next = evaluate(location + part * stepL, logSpread + part * stepS);
    while (!(next.log >= here.log - 1e-12 * Math.abs(here.log)) && part > 1e-9) {
      part /= 2;
      next = evaluate(location + part * stepL, logSpread + part * stepS);
    }
    location += part * stepL;
    logSpread += part * stepS;
    settled = Math.abs(stepL) < 1e-12 * Math.max(Math.exp(logSpread), 1e-300) && Math.abs(stepS) < 1e-12;
    settled ||= part <= 1e-9;
    here = next;
  }
  const det = here.ll * here.ss - here.ls * here.ls;
  if (!settled || !(det > 0) || !Number.isFinite(here.log)) return null;
  const complete = exact.length === y.length && family !== 'weibull';
  return {
    family,
    location,
    spread: complete ? standardDeviation(exact) : Math.exp(logSpread),
    covariance: [-here.ss / det, here.ls / det, -here.ll / det],
    logLikelihood: here.log - (family === 'normal' ? 0 : exact.reduce((sum, value) => sum + value, 0)),
    values: exact.length,
    bounds: y.length - exact.length,
  };
}

/**
 * Plotting positions of the values among bounds: (i - 0.3)/(n + 0.4) with i the rank a value has once each bound is shared out over
 * the values it may be (Turnbull's self-consistency, J. R. Stat. Soc. B 38, 290, 1976); plain ranks without bounds.
 * @returns one position per value, in rising order of x; bounds have none
 */
export function placeValues(
  sample: readonly CensoredValue[],
): readonly { readonly index: number; readonly position: number }[] {
  const exact = sample
    .map((value, index) => ({ ...value, index }))
    .filter(({ bound }) => bound === undefined)
    .sort((a, b) => a.x - b.x);
  const bounds = sample.filter(({ bound }) => bound !== undefined);
  const n = sample.length;
  // beyond the last value lies what no value can take up: a place of its own at either end
  const lowest = exact[0]?.x ?? Number.POSITIVE_INFINITY;
  const highest = exact.at(-1)?.x ?? Number.NEGATIVE_INFINITY;
  const outside = (side: 'lower' | 'upper', isOut: (x: number) => boolean): number =>
    bounds.filter(({ x, bound }) => bound === side && isOut(x)).length;
  let below = outside('upper', (x) => x < lowest);
  let above = outside('lower', (x) => x >= highest);
  let weights = exact.map(() => 1);
  for (let i = 0; i < 500 && bounds.length > 0; i++) {
    const next = exact.map(() => 1);
    let nextBelow = 0;
    let nextAbove = 0;
    for (const { x, bound } of bounds) {
      // a value that equals its bound comes first: a failure before the end of the test
      const fits = exact.map((value) => (bound === 'lower' ? value.x > x : value.x <= x));
      const end = bound === 'lower' ? above : below;
      const all = weights.reduce((sum, weight, k) => sum + (fits[k] ? weight : 0), end);
      for (let k = 0; k < fits.length; k++) if (fits[k]) next[k] = next[k]! + weights[k]! / all;
      if (bound === 'lower') nextAbove += end / all;
      else nextBelow += end / all;
    }
    const change = next.reduce((most, weight, k) => Math.max(most, Math.abs(weight - weights[k]!)), 0);
    weights = next;
    below = nextBelow;
    above = nextAbove;
    if (change < 1e-10) break;
  }
  let before = below;
  return exact.map(({ index }, k) => {
    const rank = before + (1 + weights[k]!) / 2;
    before += weights[k]!;
    return { index, position: (rank - 0.3) / (n + 0.4) };
  });
}
