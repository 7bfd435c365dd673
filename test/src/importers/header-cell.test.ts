import { describe, expect, it } from 'vitest';
import { parseHeaderCell } from '../../../src/importers/header-cell.ts';
import { parseUnit } from '../../../src/importers/unit-words.ts';

describe('names and units of a header', () => {
  it.each([
    ['Voltage (V)', 'Voltage', 'V', 1],
    ['Current (µA)', 'Current', 'A', 1e-6],
    ['Current (μA)', 'Current', 'A', 1e-6],
    ['Ls[H]', 'Ls', 'H', 1],
    ['Z[Ohm]', 'Z', 'ohm', 1],
    ['C1 in V', 'C1', 'V', 1],
    ['in s', 'in s', 's', 1],
    ['"Spannung" U_B1 / V', '"Spannung" U_B1', 'V', 1],
    ['CH1_Voltage(mV)', 'CH1_Voltage', 'V', 1e-3],
    ['Resistance (Ω)', 'Resistance', 'ohm', 1],
    ['time_s', 'time', 's', 1],
    ['current_uA', 'current', 'A', 1e-6],
    ['Volts', 'Volts', 'V', 1],
    ['Temperature (°C)', 'Temperature', 'K', 1],
    ['Wavelength (nm)', 'Wavelength', 'm', 1e-9],
  ])('%s', (header, name, unit, factor) => {
    const cell = parseHeaderCell(header);
    expect([cell.name, cell.unit?.unit, cell.unit?.factor]).toEqual([name, unit, factor]);
  });

  it.each(['V1', 'I_S', 'Id_dens', 'X', 'A', 'Voltage', 'Sample (old)', 'time in vain', 'm/z'])(
    '%s has no unit',
    (header) => {
      expect(parseHeaderCell(header).unit).toBeNull();
    },
  );

  it('knows the words of reading buffers and of scopes', () => {
    expect(
      ['Amp DC', 'Volt DC', 'Ohm', 'second', 'Vdc', '(ms)', 'kHz', '%'].map((text) => parseUnit(text)),
    ).toEqual([
      { unit: 'A', factor: 1 },
      { unit: 'V', factor: 1 },
      { unit: 'ohm', factor: 1 },
      { unit: 's', factor: 1 },
      { unit: 'V', factor: 1 },
      { unit: 's', factor: 1e-3 },
      { unit: 'Hz', factor: 1e3 },
      { unit: '1', factor: 1e-2 },
    ]);
  });

  it('does not take a home-made unit for a known one', () => {
    expect(['A/mm', 'ohm mm', 'x', 'constructor', '__proto__'].map((text) => parseUnit(text))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
