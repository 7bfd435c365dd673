import type { Unit } from './units.ts';

/** SI prefixes by power of ten; micro is U+00B5, the prefix sign, not the Greek letter of a mobility. */
const PREFIXES: Readonly<Record<number, string>> = {
  [-18]: 'a',
  [-15]: 'f',
  [-12]: 'p',
  [-9]: 'n',
  [-6]: 'µ',
  [-3]: 'm',
  [0]: '',
  [3]: 'k',
  [6]: 'M',
  [9]: 'G',
  [12]: 'T',
  [15]: 'P',
};
const SMALLEST = -18;
const LARGEST = 15;

/** How a reader sees a unit, and whether a prefix may stand before it (a prefix on a compound unit scales its first factor). */
const SHOWN: Readonly<Record<Unit, readonly [text: string, prefixable: boolean]>> = {
  '1': ['', false],
  text: ['', false],
  V: ['V', true],
  A: ['A', true],
  ohm: ['Ω', true],
  S: ['S', true],
  W: ['W', true],
  J: ['J', true],
  s: ['s', true],
  Hz: ['Hz', true],
  F: ['F', true],
  H: ['H', true],
  K: ['K', false],
  m: ['m', true],
  m2: ['m²', false],
  nm: ['nm', false],
  eV: ['eV', true],
  'ohm cm^2': ['Ω cm²', true],
  'A/cm^2': ['A cm⁻²', true],
  'W/cm^2': ['W cm⁻²', true],
  'V A': ['V A', false],
  'V/s': ['V s⁻¹', true],
  '1/V': ['V⁻¹', false],
  'S/cm': ['S cm⁻¹', true],
  'cm^-3': ['cm⁻³', false],
  'cm^2/(V s)': ['cm² V⁻¹ s⁻¹', false],
  '(m/V)^0.5': ['(m/V)^½', false],
  'nm/V': ['nm V⁻¹', false],
  'cm^-2 eV^-1': ['cm⁻² eV⁻¹', false],
  'lm/W': ['lm W⁻¹', false],
  'A/W': ['A W⁻¹', true],
  degC: ['°C', false],
  percent: ['%', false],
  deg: ['°', false],
  dB: ['dB', false],
  counts: ['counts', false],
  arb: ['arb. units', false],
};

/** The unit as a reader sees it, with an SI prefix where `exponent` (a multiple of 3) is not 0. */
export function showUnit(unit: Unit, exponent = 0): string {
  return (PREFIXES[exponent] ?? '') + SHOWN[unit][0];
}

export function takesPrefix(unit: Unit): boolean {
  return SHOWN[unit][1];
}

/** Power of ten of the engineering prefix with 1 <= |value| < 1000 after rounding to `digits`; 0 for a unit without prefixes. */
export function engineeringExponent(value: number, unit: Unit, digits = 4): number {
  if (!takesPrefix(unit) || value === 0 || !Number.isFinite(value)) return 0;
  const rounded = Math.abs(Number(value.toPrecision(digits)));
  const exponent = 3 * Math.floor(Math.floor(Math.log10(rounded) + 1e-12) / 3);
  return Math.min(LARGEST, Math.max(SMALLEST, exponent));
}

/** One prefix for a whole column: that of the median of its magnitudes. */
export function columnExponent(values: readonly number[], unit: Unit): number {
  const sizes = values
    .filter((value) => Number.isFinite(value) && value !== 0)
    .map(Math.abs)
    .sort((a, b) => a - b);
  const middle = sizes[Math.floor((sizes.length - 1) / 2)];
  return middle === undefined ? 0 : engineeringExponent(middle, unit);
}
