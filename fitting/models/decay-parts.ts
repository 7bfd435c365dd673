import type { ParameterSpec } from '../types.ts';
import { measureAbscissa, spaceLogarithmically, UNBOUNDED } from './separable-start.ts';

/** Specifications that the decay models share. */
export function specifyAmplitude(id: string, symbol: string): ParameterSpec {
  return { id, symbol, unit: '', transform: 'linear', lower: -UNBOUNDED, upper: UNBOUNDED };
}

export function specifyTime(id: string, symbol: string): ParameterSpec {
  return { id, symbol, unit: 's', transform: 'log', lower: 1e-18, upper: 1e12 };
}

/** Box of a time constant that follows the record: a hundredth of the smallest step to a thousand spans. */
export function boundTime(time_s: Float64Array): [number, number] {
  const { span, spacing } = measureAbscissa(time_s);
  return [spacing / 100, 1000 * span];
}

export const FREE_AMPLITUDE: [number, number] = [-UNBOUNDED, UNBOUNDED];

/** Time constants to try: from half the smallest step to three spans. */
export function guessTimes(time_s: Float64Array, count: number): number[] {
  const { span, spacing } = measureAbscissa(time_s);
  return spaceLogarithmically(Math.max(spacing / 2, span * 1e-4), 3 * span, count);
}
