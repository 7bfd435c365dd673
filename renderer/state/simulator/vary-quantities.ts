import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { QuantityDifference } from '../../../src/pipeline/compare-simulation.ts';

/** What a curve of a model gives where nothing was measured to show it. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  'modified-shockley': ['turnOnVoltage forward', 'maximumCurrent forward', 'apparentResistance forward'],
  'light-emitting-cell': ['turnOnVoltage forward', 'turnOnVoltage reverse', 'maximumCurrent forward'],
  'resistive-memory': ['setVoltage', 'resetVoltage', 'lowResistance', 'highResistance', 'onOffRatio'],
  'light-emitting-memory': ['regionBoundary +forward', 'turnOnVoltage +forward', 'maximumCurrent +forward'],
};

/** Quantities a map can show, as `id branch`: what the comparison found on the simulated curve, each once. */
export function variableQuantities(
  list: readonly QuantityDifference[] | null,
  model: string,
): readonly { readonly id: string; readonly text: string }[] {
  const found = (list ?? [])
    .filter((one) => typeof one.simulated === 'number')
    .map((one) => (one.branch ? `${one.id} ${one.branch}` : one.id));
  const ids = [...new Set(found.length > 0 ? found : (USUAL[model] ?? []))];
  return ids.map((id) => {
    const [name, branch] = id.split(' ');
    const label = QUANTITIES[name as keyof typeof QUANTITIES]?.label ?? name!;
    return { id, text: branch ? `${label}, ${branch}` : label };
  });
}
