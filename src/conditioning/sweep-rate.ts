import { median } from '../../fitting/index.ts';
import { type Curve, columnOf } from '../model/curve.ts';

/** Sweep rate [V/s] from time stamps: median |dV/dt| over the steps of the legs; null without usable stamps. */
export function findSweepRate(
  curve: Curve,
  programmed: Float64Array,
  legs: readonly { readonly start: number; readonly end: number }[],
): number | null {
  const time = columnOf(curve, 'time')?.data;
  if (!time) return null;
  const rates: number[] = [];
  for (const leg of legs) {
    for (let row = leg.start + 1; row < leg.end; row++) {
      const dt = time[row]! - time[row - 1]!;
      const dv = Math.abs(programmed[row]! - programmed[row - 1]!);
      if (dt > 0 && dv > 0) rates.push(dv / dt);
    }
  }
  return rates.length >= 3 ? median(rates) : null;
}
