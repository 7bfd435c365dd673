import { secondDifferenceNoise } from '../../fitting/index.ts';
import { type Issue, info } from '../base/issues.ts';
import { determined, type QuantityContext } from '../model/build-quantity.ts';
import type { QuantityId } from '../model/quantities.ts';
import type { Quantity } from '../model/quantity.ts';

/** Readings on each side of one that tell its scatter. */
const REACH = 8;
const LEAST = 8;

/**
 * Relative standard uncertainty (k = 1) of one reading of a current, from the scatter of ln I around it: second differences, so
 * that a slope, an exponential or a power law adds nothing.
 * @param current readings of one sign in order of voltage [A]; those that are not positive are passed over
 * @param at index of the reading; beyond the end: the last one
 * @returns null where fewer than 8 readings around it are positive
 */
export function measureReadingScatter(current: ArrayLike<number>, at: number): number | null {
  const from = Math.max(0, Math.min(at - REACH, current.length - 2 * REACH - 1));
  const to = Math.min(current.length, from + 2 * REACH + 1);
  const logs: number[] = [];
  for (let k = from; k < to; k++) if (current[k]! > 0) logs.push(Math.log(current[k]!));
  if (logs.length < LEAST) return null;
  const scatter = secondDifferenceNoise(logs);
  return Number.isFinite(scatter) ? scatter : null;
}

/**
 * A quantity that is one reading, or in proportion to one, with the scatter of its neighbours.
 * @param relative standard uncertainty over the value; null where its neighbours do not tell it, which is said
 */
export function describeReading(
  id: QuantityId,
  value: number,
  relative: number | null,
  where: QuantityContext,
  reasons: readonly Issue[] = [],
): Quantity {
  return determined(id, {
    ...where,
    value,
    standardUncertainty: relative === null ? null : relative * Math.abs(value),
    reasons:
      relative === null
        ? [...reasons, info('NOTE', 'One reading: too few neighbours to tell its scatter.')]
        : reasons,
  });
}
