import { describe, expect, it } from 'vitest';
import { tabulateDefinitions } from '../../../renderer/state/definitions.ts';
import { arrangeQuantities } from '../../../renderer/state/quantity-rows.ts';
import { determined } from '../../../src/model/build-quantity.ts';
import type { BranchName, Quantity } from '../../../src/model/quantity.ts';

const value = (
  id: 'lowResistance' | 'turnOnVoltage' | 'setVoltage',
  branch: BranchName,
  number: number,
  convention: string | null = null,
): Quantity => determined(id, { branch, cycle: 0, method: 'test', convention, value: number });

describe('the table of quantities', () => {
  it('loses no leg of a loop through both signs: a column per sign, the way back on a line of its own', () => {
    const { legs, rows } = arrangeQuantities([
      value('setVoltage', '+forward', 1),
      value('lowResistance', '+reverse', 830),
      value('lowResistance', '-forward', 825),
      value('turnOnVoltage', '+forward', 5.2, 'tangent'),
      value('turnOnVoltage', '+reverse', 5.1, 'tangent'),
      value('turnOnVoltage', '-forward', 5.3, 'tangent'),
      value('turnOnVoltage', '-reverse', 5.4, 'tangent'),
      value('turnOnVoltage', '-reverse', 4.4, 'current-1mA'),
    ]);
    expect(legs).toEqual(['V > 0', 'V < 0']);
    const shown = rows.flatMap((row) => [...row.cells].map(([column, one]) => [row.key, column, one.value]));
    expect(shown).toEqual(
      expect.arrayContaining([
        ['setVoltage', 'V > 0', 1],
        ['lowResistance', 'V > 0', 830],
        ['lowResistance', 'V < 0', 825],
        ['turnOnVoltage', 'V > 0', 5.2],
        ['turnOnVoltage', 'V < 0', 5.3],
        ['turnOnVoltage back', 'V > 0', 5.1],
        ['turnOnVoltage back', 'V < 0', 5.4],
      ]),
    );
    expect(shown).toHaveLength(7);
    expect(rows.find((row) => row.key === 'turnOnVoltage')?.others.map((one) => one.value)).toEqual([4.4]);
  });

  it('keeps two legs as they are', () => {
    const { legs } = arrangeQuantities([
      value('turnOnVoltage', 'forward', 3, 'tangent'),
      value('turnOnVoltage', 'reverse', 2, 'tangent'),
    ]);
    expect(legs).toEqual(['forward', 'reverse']);
  });
});

describe('definitions of one quantity', () => {
  const table = tabulateDefinitions(
    [
      value('turnOnVoltage', 'forward', 3.8, 'tangent'),
      value('turnOnVoltage', 'forward', 2.7, 'current-10uA'),
      value('turnOnVoltage', 'reverse', 2.8, 'tangent'),
      value('turnOnVoltage', 'reverse', 3.1, 'current-10uA'),
      value('setVoltage', 'forward', 9),
    ],
    'turnOnVoltage',
  );

  it('are a line each with a column per leg, in the order of the records', () => {
    expect(table.legs).toEqual(['forward', 'reverse']);
    expect(
      table.rows.map(({ convention, cells }) => [convention, ...[...cells.values()].map((one) => one.value)]),
    ).toEqual([
      ['tangent', 3.8, 2.8],
      ['current-10uA', 2.7, 3.1],
    ]);
  });

  it('have their spread per leg', () => {
    expect(table.spread.map(([leg, low, high]) => [leg, low.value, high.value])).toEqual([
      ['forward', 2.7, 3.8],
      ['reverse', 2.8, 3.1],
    ]);
  });
});
