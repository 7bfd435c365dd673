/**
 * The closed list of units. `factor` converts a value in the unit to SI: value_SI = value * factor.
 * These spellings are those of JSON, CSV and Parquet (CONTRACT): ASCII, SI base, and the field's habit for
 * mobility, densities and wavelengths. What a reader sees (ohm as a sign, prefixes) is made by `format.ts`.
 */
export const UNITS = {
  '1': 1,
  text: 1,
  V: 1,
  A: 1,
  ohm: 1,
  S: 1,
  W: 1,
  J: 1,
  s: 1,
  Hz: 1,
  F: 1,
  H: 1,
  K: 1,
  m: 1,
  m2: 1,
  nm: 1e-9,
  eV: 1, // kept in electronvolt throughout: the field has no other habit
  'ohm cm^2': 1e-4,
  'A/cm^2': 1e4,
  'W/cm^2': 1e4,
  'V A': 1,
  'V/s': 1,
  '1/V': 1,
  'S/cm': 1e2,
  'cm^-3': 1e6,
  'cm^2/(V s)': 1e-4,
  '(m/V)^0.5': 1,
  'nm/V': 1e-9,
  'cm^-2 eV^-1': 1e4, // per electronvolt stays per electronvolt
  'lm/W': 1,
  'A/W': 1,
  degC: 1, // an offset, not a factor: importers convert to K themselves
  percent: 1e-2,
  deg: 1,
  dB: 1,
  counts: 1,
  arb: 1,
} as const satisfies Record<string, number>;

export type Unit = keyof typeof UNITS;

export function isUnit(text: string): text is Unit {
  return Object.hasOwn(UNITS, text);
}

/** Value in SI from a value in `unit`. */
export function toSI(value: number, unit: Unit): number {
  return value * UNITS[unit];
}

/** Value in `unit` from a value in SI. */
export function fromSI(value: number, unit: Unit): number {
  return value / UNITS[unit];
}
