import { scaleLinear } from 'd3-scale';
import { normalCdf, normalQuantile } from '../../../fitting/index.ts';
import type { AxisSpec } from '../figure.ts';

/** A value in SI to a coordinate in pt. */
export interface Scale {
  readonly spec: AxisSpec;
  map(value: number): number;
}

/**
 * The coordinate in which an axis is linear. Signed log is asinh(v / 2L) / ln 10: equal to log10(|v|/L) far from 0 and smooth
 * through it (a piecewise symlog has a kink at L that reads as physics). Log of a value <= 0 is NaN: it breaks the line.
 */
export function straightener(spec: AxisSpec): (value: number) => number {
  if (spec.kind === 'log') return (v) => (v > 0 ? Math.log10(v) : Number.NaN);
  if (spec.kind === 'weibull') return (probability) => Math.log(-Math.log(1 - probability));
  if (spec.kind === 'normal') return (probability) => normalQuantile(probability);
  if (spec.kind === 'symlog') {
    const threshold = spec.threshold ?? 1;
    return (v) => Math.asinh(v / (2 * threshold)) / Math.LN10;
  }
  return (v) => v;
}

/** @param from pt of the lower end of the domain; @param to pt of its upper end */
export function createScale(spec: AxisSpec, from: number, to: number): Scale {
  const straighten = straightener(spec);
  const straight = scaleLinear()
    .domain([straighten(spec.domain[0]), straighten(spec.domain[1])])
    .range([from, to]);
  return { spec, map: (value) => straight(straighten(value)) };
}

/** Probability at a coordinate of a probability axis: the inverse of its straightener. */
export function probabilityOf(kind: 'weibull' | 'normal', reduced: number): number {
  return kind === 'weibull' ? -Math.expm1(-Math.exp(reduced)) : normalCdf(reduced);
}
