import { formatQuantity } from '../../src/model/format-quantity.ts';
import type { Overlay, Quantity } from '../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { findRegions } from './simulator/regions.ts';

/** Quantity an event overlay stands for: `set-+forward-0`, `boundary-I-II-+forward-0`. */
function quantityOf(overlay: Overlay, quantities: readonly Quantity[]): Quantity | undefined {
  const [head] = overlay.id.split('-');
  const id = { set: 'setVoltage', reset: 'resetVoltage', boundary: 'regionBoundary' }[head ?? ''];
  const cycle = Number(/-(\d+)$/.exec(overlay.id)?.[1]);
  const x = overlay.x.data;
  const [low, high] = [Math.min(...x), Math.max(...x)];
  const slack = 1e-9 + 0.5 * (high - low);
  return quantities.find(
    (one) =>
      one.id === id &&
      one.branch === overlay.branch &&
      one.cycle === cycle &&
      typeof one.value === 'number' &&
      one.value >= low - slack &&
      one.value <= high + slack,
  );
}

/** `SET 0.825(3) V`: the name of the event with the value and uncertainty of its record. */
export function nameEvents(
  overlays: readonly Overlay[],
  outcome: MeasurementOutcome,
): ReadonlyMap<Overlay, string> {
  const all = outcome.results.flatMap((result) => result.quantities);
  const { edges } = findRegions(outcome, [0, 0]);
  const names = new Map<Overlay, string>();
  for (const overlay of overlays) {
    if (overlay.kind !== 'event') continue;
    const quantity = quantityOf(overlay, all);
    if (!quantity) continue;
    // the edge of a region is named by what happens there: `SET left`
    const edge = edges.find((one) => quantity.id === 'regionBoundary' && one.x === quantity.value);
    const word = edge?.name ?? overlay.label.split(' ')[0];
    names.set(overlay, `${word} ${formatQuantity(quantity, { exponent: 0 }).text}`);
  }
  return names;
}
