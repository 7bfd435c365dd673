import type { Issue } from '../base/issues.ts';
import { refused } from '../model/build-quantity.ts';
import type { QuantityId } from '../model/quantities.ts';
import type { Quantity } from '../model/quantity.ts';

/** A wavelength as messages print it. */
export const nm = (wavelength_m: number): string => (wavelength_m * 1e9).toFixed(2);
/** Normal 95 % interval of a value with k = 1 uncertainty `u`. */
export const interval95 = (value: number, u: number): readonly [number, number] => [
  value - 1.96 * u,
  value + 1.96 * u,
];

export function refuseAll(
  ids: readonly QuantityId[],
  reasons: readonly [Issue, ...Issue[]],
  method: string,
): Quantity[] {
  return ids.map((id) => refused(id, reasons, { method }));
}
