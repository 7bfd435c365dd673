import { coverageFactor95 } from '../../../fitting/index.ts';
import type { Issue } from '../../base/issues.ts';
import { refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';

/** A wavelength as messages print it. */
export const nm = (wavelength_m: number): string => (wavelength_m * 1e9).toFixed(2);
/** 95 % interval of a value with k = 1 uncertainty `u`: Student's where `u` rests on few points, normal without a count. */
export function interval95(
  value: number,
  u: number,
  degreesOfFreedom = Number.POSITIVE_INFINITY,
): readonly [number, number] | null {
  if (degreesOfFreedom < 1) return null;
  const factor = Number.isFinite(degreesOfFreedom) ? coverageFactor95(degreesOfFreedom) : 1.96;
  return [value - factor * u, value + factor * u];
}

export function refuseAll(
  ids: readonly QuantityId[],
  reasons: readonly [Issue, ...Issue[]],
  method: string,
): Quantity[] {
  return ids.map((id) => refused(id, reasons, { method }));
}
