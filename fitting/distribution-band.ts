import { type DistributionFit, fitDistribution } from './censored-distribution.ts';
import { createNormal, createRandom } from './random.ts';
import { normalQuantile, quantile } from './statistics.ts';

const REPLICATES = 2000;
const SEED = 20240607;
const Z_95 = 1.959963984540054;
/** Beyond this the pivots are those of the limit, scaled by the root of n. */
export const LARGEST_DRAWN = 200;

/** Estimates of location 0 and spread 1 from samples of n standard values. */
export interface Pivots {
  readonly location: Float64Array;
  readonly spread: Float64Array;
}

const DRAWN = new Map<string, Pivots>();

/**
 * Estimates from samples of the standard law: with them any law of the family is known, since (m - mu)/s and s/sigma depend on n
 * alone (Thoman, Bain and Antle, Technometrics 11, 445, 1969, for Weibull). Seeded, kept per n.
 */
export function drawPivots(law: 'normal' | 'weibull', count: number): Pivots {
  const key = `${law} ${count}`;
  const known = DRAWN.get(key);
  if (known) return known;
  const uniform = createRandom(SEED);
  const normal = createNormal(uniform);
  const location: number[] = [];
  const spread: number[] = [];
  for (let b = 0; b < REPLICATES; b++) {
    const sample = Array.from({ length: count }, () => ({
      x: law === 'normal' ? normal() : -Math.log(1 - uniform()),
    }));
    const fit = fitDistribution(law, sample);
    if (!fit) continue;
    location.push(fit.location);
    spread.push(fit.spread);
  }
  const pivots = { location: Float64Array.from(location), spread: Float64Array.from(spread) };
  DRAWN.set(key, pivots);
  return pivots;
}

/** Reduced value of a probability: the quantile of the standard law. */
export function reduceProbability(family: DistributionFit['family'], p: number): number {
  return family === 'weibull' ? Math.log(-Math.log1p(-p)) : normalQuantile(p);
}

/** Back from the scale of the reduced value: x for normal, exp else. */
function restoreValue(family: DistributionFit['family'], y: number): number {
  return family === 'normal' ? y : Math.exp(y);
}

/** x at a probability, with its 95 % interval. */
export interface QuantileEstimate {
  readonly p: number;
  readonly x: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The fitted line with its 95 % band, point by point. Complete samples have the exact one of their size (pivots), samples with
 * bounds the asymptotic one.
 */
export function estimateQuantiles(
  fit: DistributionFit,
  probabilities: readonly number[],
): readonly QuantileEstimate[] {
  const { family, location, spread } = fit;
  const law = family === 'weibull' ? 'weibull' : 'normal';
  const count = Math.min(fit.values, LARGEST_DRAWN);
  const pivots = fit.bounds === 0 ? drawPivots(law, count) : null;
  const shrink = Math.sqrt(count / fit.values);
  return probabilities.map((p) => {
    const w = reduceProbability(family, p);
    const y = location + spread * w;
    let down: number;
    let up: number;
    if (pivots) {
      const errors = pivots.location.map((m, k) => (m + w * (pivots.spread[k]! - 1)) / pivots.spread[k]!);
      down = shrink * spread * quantile(errors, 0.975);
      up = -shrink * spread * quantile(errors, 0.025);
    } else {
      const [ll, ls, ss] = fit.covariance;
      down = Z_95 * Math.sqrt(Math.max(0, ll + 2 * w * spread * ls + w * w * spread * spread * ss));
      up = down;
    }
    return {
      p,
      x: restoreValue(family, y),
      lower: restoreValue(family, y - down),
      upper: restoreValue(family, y + up),
    };
  });
}

/** Weibull shape and scale with 95 % intervals from a fit with bounds (asymptotic, on their logarithms). */
export function weibullParameters(fit: DistributionFit): {
  readonly shape: number;
  readonly scale: number;
  readonly shapeInterval: readonly [number, number];
  readonly scaleInterval: readonly [number, number];
} {
  const [ll, , ss] = fit.covariance;
  const byShape = Math.exp(Z_95 * Math.sqrt(ss));
  const byScale = Math.exp(Z_95 * Math.sqrt(ll));
  const shape = 1 / fit.spread;
  const scale = Math.exp(fit.location);
  return {
    shape,
    scale,
    shapeInterval: [shape / byShape, shape * byShape],
    scaleInterval: [scale / byScale, scale * byScale],
  };
}
