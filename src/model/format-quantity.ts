import { codeWithSubject } from '../base/issues.ts';
import { type FormatOptions, type FormattedValue, formatParts } from '../units/format-value.ts';
import type { Quantity } from './quantity.ts';

/** A lead of the larger over the smaller half of the 95 % interval from which it counts as not symmetric. */
const UNEQUAL_FROM = 1.25;
const K95 = 1.96;

/** Distances to the ends of the 95 % interval as k = 1, where they differ enough to be shown apart. */
function unequalEnds(quantity: Quantity): readonly [number, number] | null {
  if (typeof quantity.value !== 'number' || !quantity.interval95) return null;
  const down = (quantity.value - quantity.interval95[0]) / K95;
  const up = (quantity.interval95[1] - quantity.value) / K95;
  if (!(down > 0 && up > 0)) return null;
  return Math.max(down, up) / Math.min(down, up) > UNEQUAL_FROM ? [down, up] : null;
}

/** The spans of a quantity as DESIGN section 5 writes them; words for a refusal: never a dash, never 0. */
export function formatQuantity(quantity: Quantity, options: FormatOptions = {}): FormattedValue {
  const { value } = quantity;
  if (value === null || typeof value === 'string') {
    const [reason] = quantity.reasons;
    const text = value ?? (reason ? `not determined: ${codeWithSubject(reason)}` : 'not determined');
    return { value: text, uncertainty: '', power: '', unit: '', text };
  }
  const unequal = unequalEnds(quantity);
  return formatParts(value, quantity.standardUncertainty, quantity.unit, {
    ...(unequal ? { unequal } : {}),
    ...(quantity.bound ? { bound: quantity.bound, digits: 2 } : {}),
    ...options,
  });
}
