import { describe, expect, it } from 'vitest';
import { warning } from '../../../src/base/issues.ts';
import {
  batchCount,
  batchTitle,
  chooseQuantity,
  valuesOf,
} from '../../../src/figures/templates/batch-values.ts';
import { placeOf } from '../../../src/figures/templates/device-map.ts';
import { determined } from '../../../src/model/build-quantity.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { buildOutcome, column, grid } from './support/outcomes.ts';

const device = (name: string, quantities: readonly Quantity[]) =>
  buildOutcome({
    name,
    kind: 'iv',
    recipe: 'lec-iv',
    columns: [column('voltage', 'V', 'V', grid(0, 1, 3))],
    quantities,
  });
const turnOn = (value: number, convention: string, isFlagged = false): Quantity =>
  determined('turnOnVoltage', {
    method: 'test',
    value,
    convention,
    branch: 'forward',
    reasons: isFlagged ? [warning('REGIME', 'no straight range')] : [],
  });

describe('values of a batch figure', () => {
  const outcomes = [
    device('A1', [turnOn(3.7, 'tangent'), turnOn(2.9, 'threshold')]),
    device('A2', [turnOn(3.8, 'tangent')]),
    device('A3', [turnOn(3.9, 'tangent')]),
    device('A4', [turnOn(7.8, 'tangent', true)]),
    device('A5', [turnOn(3.0, 'threshold')]),
  ];

  it('are of one convention, flagged ones left out and counted', () => {
    const values = valuesOf(outcomes, 'turnOnVoltage');
    expect(values.devices.map(({ quantity }) => quantity?.value ?? null)).toEqual([
      3.7,
      3.8,
      3.9,
      null,
      null,
    ]);
    expect(batchTitle('turnOnVoltage', values)).toBe('Turn-on voltage (tangent)');
    expect(batchCount(values)).toBe('n = 3 of 5 devices, 1 flagged left out');
  });

  it('keep flagged ones where there is little else', () => {
    const all = ['A1', 'A2', 'A3'].map((name) => device(name, [turnOn(3.7, 'tangent', true)]));
    expect(batchCount(valuesOf(all, 'turnOnVoltage'))).toBe('n = 3 of 3 devices');
  });

  it('need three devices, and the quantity asked for', () => {
    expect(chooseQuantity(outcomes)).toBe('turnOnVoltage');
    expect(chooseQuantity(outcomes.slice(0, 2))).toBeNull();
    expect(chooseQuantity(outcomes, 'setVoltage')).toBeNull();
    expect(chooseQuantity(outcomes, 'noSuchThing')).toBeNull();
  });
});

it('a device has its place in the array by the end of its name', () => {
  expect(placeOf('B7')).toEqual({ row: 1, column: 6 });
  expect(placeOf('chip-3 R2C11')).toEqual({ row: 1, column: 10 });
  expect(placeOf('LEC-1')).toBeNull();
});
