import { describe, expect, it } from 'vitest';
import { formatEngineering, formatFixed, formatParts, formatValue } from '../../../src/units/format-value.ts';
import { columnExponent, engineeringExponent, showUnit } from '../../../src/units/prefixes.ts';

/** Narrow no-break spaces written as `_`, so that a test shows them. */
const shown = (text: string): string => text.replaceAll('\u202f', '_');

describe('a value with its uncertainty (DESIGN 5)', () => {
  it.each([
    [254.5, 0.4, 'ohm', '254.5(4)_Ω'],
    [5.989, 0.011, 'V', '5.989(11)_V'],
    [1.01, 0.006, 'V', '1.010(6)_V'],
    [254.46, 0.096, 'ohm', '254.46(10)_Ω'],
    [254.46, 0.0196, 'ohm', '254.46(2)_Ω'],
    [12345, 40, 'ohm', '12.35(4)_kΩ'],
    [251, 33, 'ohm', '250(30)_Ω'],
    [-29.92, 0.04, '1', '−29.92(4)'],
    [4.66e-6, 2e-8, 's', '4.66(2)_µs'],
    [2.54e-6, 4e-8, 'cm^2/(V s)', '2.54(4)_×_10⁻⁶_cm² V⁻¹ s⁻¹'],
    [3.1e16, 2e15, 'cm^-3', '3.1(2)_×_10¹⁶_cm⁻³'],
    [512.31, 0.05, 'nm', '512.31(5)_nm'],
  ] as const)('%s ± %s %s is written %s', (value, u, unit, text) => {
    expect(shown(formatValue(value, u, unit))).toBe(text);
  });

  it.each([
    [0, 8e-3, 'V', '0(8)_mV'],
    [3e-7, 8e-3, 'V', '0(8)_mV'],
    [1e-4, 1.2e-3, '1', '0.0001(12)'],
    [940, 1200, 'ohm', '0.9(12)_kΩ'],
    [0, 0, 'V', '0_V'],
  ] as const)(
    'the prefix follows the uncertainty where that is larger: %s ± %s %s is %s',
    (value, u, unit, text) => {
      expect(shown(formatValue(value, u, unit))).toBe(text);
    },
  );

  it('writes ± when asked, with brackets round both where a power follows', () => {
    expect(shown(formatValue(254.5, 0.4, 'ohm', { style: 'plus-minus' }))).toBe('254.5 ± 0.4_Ω');
    expect(shown(formatValue(2.54e-6, 4e-8, 'cm^2/(V s)', { style: 'plus-minus' }))).toBe(
      '(2.54 ± 0.04)_×_10⁻⁶_cm² V⁻¹ s⁻¹',
    );
  });

  it('writes unequal ends and bounds', () => {
    expect(shown(formatValue(4.66e-6, null, 's', { unequal: [3.3e-7, 4.1e-7] }))).toBe('4.7_(+4 −3)_µs');
    expect(shown(formatValue(4.66e-6, null, 's', { unequal: [1.3e-7, 4.1e-7] }))).toBe('4.66_(+41 −13)_µs');
    expect(shown(formatValue(1.2e10, null, 'ohm', { bound: 'lower', digits: 2 }))).toBe('>_12_GΩ');
  });

  it('gives four digits without uncertainty and never a negative zero', () => {
    expect(shown(formatEngineering(4700, 'ohm'))).toBe('4.700_kΩ');
    expect(shown(formatEngineering(999.96, 'ohm'))).toBe('1.000_kΩ');
    expect(shown(formatEngineering(0, 'V'))).toBe('0_V');
    expect(formatFixed(-0.0001, 2)).toBe('0.00');
  });

  it('groups from five digits on and parts value and uncertainty for a column', () => {
    expect(shown(formatFixed(1234, 0))).toBe('1234');
    expect(shown(formatFixed(-12345.5, 1))).toBe('−12_345.5');
    const parts = formatParts(0.0234, 0.0004, 'A', { exponent: -3, withUnit: false });
    expect(parts).toMatchObject({ value: '23.4', uncertainty: '(4)', unit: '' });
  });
});

describe('prefixes', () => {
  it('keep 1 <= value < 1000 over 30 decades', () => {
    for (let e = -17; e <= 14; e++) {
      for (const m of [1, 1.5, 9.99, 9.9999]) {
        const value = m * 10 ** e;
        const scaled = Number((value / 10 ** engineeringExponent(value, 'A')).toPrecision(4));
        expect(scaled).toBeGreaterThanOrEqual(1);
        expect(scaled).toBeLessThan(1000);
      }
    }
  });

  it('are one to a column, by its median, and none on nanometres', () => {
    expect(columnExponent([1e-6, 2e-6, 5e-3], 's')).toBe(-6);
    expect(showUnit('ohm', 6)).toBe('MΩ');
    expect(engineeringExponent(512, 'nm')).toBe(0);
  });
});
