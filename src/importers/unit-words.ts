import type { Unit } from '../units/units.ts';

/** A unit as a file spells it: value_SI = (value * factor) + offset. `factor` is a power of ten but for minutes and hours. */
export interface FileUnit {
  readonly unit: Unit;
  readonly factor: number;
  readonly offset?: number;
}

const PREFIX: Readonly<Record<string, number>> = {
  f: 1e-15,
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  '\u00b5': 1e-6,
  '\u03bc': 1e-6,
  m: 1e-3,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
};

/** Symbols that take a prefix. */
const SYMBOLS: Readonly<Record<string, Unit>> = {
  V: 'V',
  A: 'A',
  s: 's',
  S: 'S',
  W: 'W',
  J: 'J',
  Hz: 'Hz',
  F: 'F',
  H: 'H',
  m: 'm',
  eV: 'eV',
  '\u03a9': 'ohm',
  '\u2126': 'ohm',
  ohm: 'ohm',
  Ohm: 'ohm',
  OHM: 'ohm',
  ohms: 'ohm',
  Ohms: 'ohm',
  Sec: 's',
  sec: 's',
};

/** Words and symbols as they stand, compared without case where they are words. */
const WORDS: Readonly<Record<string, FileUnit>> = {
  volt: { unit: 'V', factor: 1 },
  volts: { unit: 'V', factor: 1 },
  'volt dc': { unit: 'V', factor: 1 },
  'volt ac': { unit: 'V', factor: 1 },
  vdc: { unit: 'V', factor: 1 },
  vac: { unit: 'V', factor: 1 },
  vv: { unit: 'V', factor: 1 },
  amp: { unit: 'A', factor: 1 },
  amps: { unit: 'A', factor: 1 },
  ampere: { unit: 'A', factor: 1 },
  amperes: { unit: 'A', factor: 1 },
  'amp dc': { unit: 'A', factor: 1 },
  'amp ac': { unit: 'A', factor: 1 },
  adc: { unit: 'A', factor: 1 },
  watt: { unit: 'W', factor: 1 },
  watts: { unit: 'W', factor: 1 },
  second: { unit: 's', factor: 1 },
  seconds: { unit: 's', factor: 1 },
  min: { unit: 's', factor: 60 },
  h: { unit: 's', factor: 3600 },
  hertz: { unit: 'Hz', factor: 1 },
  farad: { unit: 'F', factor: 1 },
  siemens: { unit: 'S', factor: 1 },
  kelvin: { unit: 'K', factor: 1 },
  k: { unit: 'K', factor: 1 },
  '\u00b0c': { unit: 'K', factor: 1, offset: 273.15 },
  degc: { unit: 'K', factor: 1, offset: 273.15 },
  celsius: { unit: 'K', factor: 1, offset: 273.15 },
  '%': { unit: '1', factor: 1e-2 },
  percent: { unit: '1', factor: 1e-2 },
  '\u00b0': { unit: 'deg', factor: 1 },
  deg: { unit: 'deg', factor: 1 },
  degree: { unit: 'deg', factor: 1 },
  rad: { unit: '1', factor: 1 },
  db: { unit: 'dB', factor: 1 },
  counts: { unit: 'counts', factor: 1 },
  count: { unit: 'counts', factor: 1 },
  cts: { unit: 'counts', factor: 1 },
  'arb. units': { unit: 'arb', factor: 1 },
  'arb. u.': { unit: 'arb', factor: 1 },
  'a.u.': { unit: 'arb', factor: 1 },
  arb: { unit: 'arb', factor: 1 },
  cm: { unit: 'm', factor: 1e-2 },
  micron: { unit: 'm', factor: 1e-6 },
  '1': { unit: '1', factor: 1 },
  '-': { unit: '1', factor: 1 },
  '\u2013': { unit: '1', factor: 1 },
  'a/cm^2': { unit: 'A/cm^2', factor: 1e4 },
  'a/cm2': { unit: 'A/cm^2', factor: 1e4 },
  'ma/cm^2': { unit: 'A/cm^2', factor: 10 },
  'ma/cm2': { unit: 'A/cm^2', factor: 10 },
};

/**
 * Unit of a text such as `V`, `uA`, `Volt DC`, `k\u03a9`, `(ms)`; null when the closed list of units has no such unit.
 * A single capital letter is a unit before it is a prefix; `K` alone is kelvin, `S` siemens.
 */
export function parseUnit(text: string): FileUnit | null {
  if (text.length > 40) return null;
  const trimmed = text.trim().replace(/^[([]\s*(.*?)\s*[)\]]$/, '$1');
  if (trimmed === '') return null;
  if (Object.hasOwn(SYMBOLS, trimmed)) return { unit: SYMBOLS[trimmed]!, factor: 1 };
  const word = trimmed.toLowerCase().replace(/\s+/g, ' ');
  if (Object.hasOwn(WORDS, word)) return WORDS[word]!;
  const prefix = trimmed[0]!;
  const rest = trimmed.slice(1);
  if (Object.hasOwn(PREFIX, prefix) && Object.hasOwn(SYMBOLS, rest)) {
    return { unit: SYMBOLS[rest]!, factor: PREFIX[prefix]! };
  }
  return null;
}

/** A number with its unit glued on, as settings have it: `0.40uS`, `1.498kHz`, `20.00mV`, `10X`; the number is not converted. */
export function splitQuantity(text: string): { readonly value: number; readonly unitText: string } | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\D*)$/.exec(text);
  return match ? { value: Number(match[1]), unitText: match[2]!.trim() } : null;
}
