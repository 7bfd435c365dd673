import { describe, expect, it } from 'vitest';
import { parseValue } from '../../../src/units/parse-value.ts';
import type { Unit } from '../../../src/units/units.ts';

const CASES: readonly (readonly [text: string, unit: Unit, value: number, u?: number])[] = [
  ['800nm', 'm', 8e-7],
  ['800 nm', 'm', 8e-7],
  ['5 m', 'm', 5],
  ['0.785mm2', 'm2', 0.785e-6],
  ['0.785 mm^2', 'm2', 0.785e-6],
  ['1 cm²', 'm2', 1e-4],
  ['300K', 'K', 300],
  ['27 degC', 'K', 300.15],
  ['1e-9', 'A', 1e-9],
  ['-1.5', 'V', -1.5],
  ['−1.5 V', 'V', -1.5],
  ['4.7k', 'ohm', 4700],
  ['4.7 kΩ', 'ohm', 4700],
  ['50ohm', 'ohm', 50],
  ['1mA', 'A', 1e-3],
  ['5m', 'A', 5e-3],
  ['0.3us', 's', 0.3e-6],
  ['0.3 µs', 's', 0.3e-6],
  ['0.3 μs', 's', 0.3e-6],
  ['5 min', 's', 300],
  ['3 %', '1', 0.03],
  ['2.33 eV', 'eV', 2.33],
  ['31 meV', 'eV', 0.031],
  ['0.1 V/s', 'V/s', 0.1],
  ['10 mV/s', 'V/s', 0.01],
  ['800+-40nm', 'm', 8e-7, 4e-8],
  ['800±40 nm', 'm', 8e-7, 4e-8],
  ['800(40)nm', 'm', 8e-7, 4e-8],
  ['0.30(5) us', 's', 3e-7, 5e-8],
  ['800 nm +- 40 nm', 'm', 8e-7, 4e-8],
  ['6 V +- 2 %', 'V', 6, 0.12],
  ['6+-0.05V', 'V', 6, 0.05],
];

describe('values as people write them', () => {
  for (const [text, unit, value, u] of CASES) {
    it(`reads '${text}' as ${unit}`, () => {
      const parsed = parseValue(text, unit);
      expect(parsed.ok, JSON.stringify(parsed)).toBe(true);
      if (!parsed.ok) return;
      expect(Math.abs(parsed.value - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value));
      if (u === undefined) expect(parsed.standardUncertainty).toBeUndefined();
      else expect(Math.abs(parsed.standardUncertainty! - u)).toBeLessThanOrEqual(1e-12 * u);
    });
  }

  const REFUSED: readonly (readonly [string, Unit])[] = [
    ['', 'V'],
    ['nm', 'm'],
    ['0,785mm2', 'm2'],
    ['1,000', 'ohm'],
    ['800 V', 'm'],
    ['5 mm', 'm2'],
    ['abc', 'V'],
    ['1e999', 'V'],
    ['12 parsec', 'm'],
    ['NaN', 'V'],
    ['Infinity', 'V'],
    ['5k', 'm2'],
  ];
  for (const [text, unit] of REFUSED) {
    it(`refuses '${text}' as ${unit}, with a message`, () => {
      const parsed = parseValue(text, unit);
      expect(parsed.ok).toBe(false);
      if (!parsed.ok) expect(parsed.message.length).toBeGreaterThan(10);
    });
  }
});
