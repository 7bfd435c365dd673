import { drawPivots, LARGEST_DRAWN } from './distribution-band.ts';
import {
  mean,
  median,
  type Numbers,
  quantile,
  scaledMad,
  standardDeviation,
  weibullMle,
} from './statistics.ts';

/** Location and spread of a sample (METHODS 2.6); spreads are null for fewer than two values, never 0. */
export interface SampleStatistics {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly standardDeviation: number | null;
  readonly scaledMad: number | null;
  /** Standard deviation over |mean|. */
  readonly variation: number | null;
  readonly least: number;
  readonly most: number;
}

export function describeSample(values: readonly number[]): SampleStatistics {
  const centre = mean(values);
  const spread = values.length > 1 ? standardDeviation(values) : null;
  return {
    count: values.length,
    mean: centre,
    median: median(values),
    standardDeviation: spread,
    scaledMad: values.length > 1 ? scaledMad(values) : null,
    variation: spread === null || centre === 0 ? null : spread / Math.abs(centre),
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

/** Of positive values on a logarithmic axis: geometric mean, standard deviation of log10, and CV_lognormal = sqrt(exp(s_ln^2) - 1). */
export interface LogStatistics {
  readonly geometricMean: number;
  readonly decades: number | null;
  readonly variation: number | null;
}

export function describeLogSample(values: readonly number[]): LogStatistics {
  const logs = values.map(Math.log10);
  const decades = values.length > 1 ? standardDeviation(logs) : null;
  return {
    geometricMean: 10 ** mean(logs),
    decades,
    variation: decades === null ? null : Math.sqrt(Math.expm1((decades * Math.LN10) ** 2)),
  };
}

/** k = 1 relative error of a standard deviation of n normal values, and its 95 % limits by the Wilson-Hilferty chi square. */
export function intervalOfDeviation(deviation: number, count: number): readonly [number, number] {
  const dof = count - 1;
  const chi = (z: number): number => dof * (1 - 2 / (9 * dof) + z * Math.sqrt(2 / (9 * dof))) ** 3;
  return [deviation * Math.sqrt(dof / chi(1.959964)), deviation * Math.sqrt(dof / chi(-1.959964))];
}

export interface WeibullEstimate {
  readonly shape: number;
  readonly scale: number;
  readonly shapeError: number;
  readonly scaleError: number;
  readonly shapeInterval: readonly [number, number];
  readonly scaleInterval: readonly [number, number];
  /** Median of estimated over true shape less 1: what a small sample makes too much of it. */
  readonly shapeBias: number;
}

/** Maximum likelihood with intervals from the pivots of its sample size (METHODS 2.6); null without spread. */
export function estimateWeibull(values: readonly number[]): WeibullEstimate | null {
  const best = weibullMle(values);
  if (!best) return null;
  const count = Math.min(values.length, LARGEST_DRAWN);
  const drawn = drawPivots('weibull', count);
  // ln of estimated over true shape, and estimated shape times ln of estimated over true scale
  const pivots = {
    shape: drawn.spread.map((spread) => -Math.log(spread)),
    scale: drawn.location.map((location, k) => location / drawn.spread[k]!),
  };
  const shrink = Math.sqrt(count / values.length);
  const at = (list: Numbers, p: number): number => shrink * quantile(list, p);
  const { shape, scale } = best;
  return {
    ...best,
    shapeError: shape * shrink * standardDeviation(pivots.shape),
    scaleError: (scale / shape) * shrink * standardDeviation(pivots.scale),
    shapeInterval: [shape * Math.exp(-at(pivots.shape, 0.975)), shape * Math.exp(-at(pivots.shape, 0.025))],
    scaleInterval: [
      scale * Math.exp(-at(pivots.scale, 0.975) / shape),
      scale * Math.exp(-at(pivots.scale, 0.025) / shape),
    ],
    shapeBias: Math.expm1(at(pivots.shape, 0.5)),
  };
}

/** Shift a of the positions (i - a)/(n + 1 - 2a): Benard and Bos-Levenbach (1953), Hazen, and the mean rank of Weibull. */
const POSITION_SHIFT = { benard: 0.3, hazen: 0.5, weibull: 0 } as const;

/** Positions of the sorted values on an empirical distribution, (i - 0.3)/(n + 0.4) unless another rule is named.  @default 'benard' */
export function plottingPositions(count: number, rule: keyof typeof POSITION_SHIFT = 'benard'): number[] {
  const shift = POSITION_SHIFT[rule];
  return Array.from({ length: count }, (_, k) => (k + 1 - shift) / (count + 1 - 2 * shift));
}
