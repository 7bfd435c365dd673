import { findResolution } from './resolution.ts';
import { scaledMad } from './statistics.ts';

/** Smallest group of points from which a noise parameter is re-estimated. */
const ENOUGH = 8;

/**
 * New `relative` and `absolute` of sigma^2 = (rel f)^2 + abs^2 from a fit: the points where the relative part leads give the one,
 * the others the other, each by the scaled MAD of the residuals in units of the sigma assumed so far.
 * A group of fewer than 8 points keeps its value. One call changes a value by a factor of 1000 at most. Readings that repeat each other
 * (a coarse converter at low current) have residuals of no scatter: `absolute` stays at least that of the rounding.
 */
export function reestimateNoise(
  model: Float64Array,
  y: Float64Array,
  noise: { readonly relative: number; readonly absolute: number },
  freeCount: number,
): { relative: number; absolute: number } {
  const proportional: number[] = [];
  const constant: number[] = [];
  const quiet: number[] = [];
  for (let i = 0; i < y.length; i++) {
    const part = Math.abs(noise.relative * model[i]!);
    const residual = (y[i]! - model[i]!) / Math.hypot(part, noise.absolute);
    (part > noise.absolute ? proportional : constant).push(residual);
    if (part <= noise.absolute) quiet.push(y[i]!);
  }
  const loss = Math.sqrt(y.length / Math.max(1, y.length - freeCount));
  const scale = (group: number[]): number => {
    if (group.length < ENOUGH) return 1;
    const factor = scaledMad(group, 0) * loss;
    return Math.min(Math.max(factor, 1e-3), 1e3);
  };
  return {
    relative: noise.relative * scale(proportional),
    absolute: Math.max(noise.absolute * scale(constant), findResolution(quiet, y) / Math.sqrt(12)),
  };
}
