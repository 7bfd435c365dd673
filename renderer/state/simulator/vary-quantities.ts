import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { QuantityDifference } from '../../../src/pipeline/compare-simulation.ts';
import { readQuantity, writeQuantity } from './vary-form.ts';

type Place = readonly [id: string, branch: string | null, convention: string | null];

/** What a curve of a model gives where nothing was measured to show it. */
const USUAL: Readonly<Record<string, readonly Place[]>> = {
  'modified-shockley': [
    ['turnOnVoltage', 'forward', null],
    ['maximumCurrent', 'forward', null],
    ['apparentResistance', 'forward', null],
  ],
  'light-emitting-cell': [
    ['turnOnVoltage', 'forward', null],
    ['turnOnVoltage', 'reverse', null],
    ['maximumCurrent', 'forward', null],
  ],
  'resistive-memory': [
    ['setVoltage', null, null],
    ['resetVoltage', null, null],
    ['lowResistance', null, null],
    ['highResistance', null, null],
    ['onOffRatio', null, null],
  ],
  'light-emitting-memory': [
    ['regionBoundary', '+forward', 'I/II'],
    ['regionBoundary', '+forward', 'II/III'],
    ['regionBoundary', '+forward', 'III/IV'],
    ['regionResistance', '+forward', 'II'],
    ['turnOnVoltage', '+forward', null],
    ['maximumCurrent', '+forward', null],
  ],
};

/** Quantities a map can show: what the comparison found on the simulated curve, each place once. */
export function variableQuantities(
  list: readonly QuantityDifference[] | null,
  model: string,
): readonly { readonly id: string; readonly text: string }[] {
  const found = (list ?? [])
    .filter((one) => typeof one.simulated === 'number' && (one.cycle === null || one.cycle === 0))
    .map(writeQuantity);
  const usual = (USUAL[model] ?? []).map(([id, branch, convention]) =>
    writeQuantity({ id, branch, convention }),
  );
  return [...new Set(found.length > 0 ? found : usual)].map((text) => {
    const { id = '', branch, convention } = readQuantity(text) ?? {};
    const label = QUANTITIES[id as keyof typeof QUANTITIES]?.label ?? id;
    return { id: text, text: [label, branch, convention].filter(Boolean).join(', ') };
  });
}
