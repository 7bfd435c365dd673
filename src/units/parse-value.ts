import type { Unit } from './units.ts';

/** A number as a person wrote it, in SI (energies in eV), with its standard uncertainty where one was given. */
export interface ParsedValue {
  readonly value: number;
  readonly standardUncertainty?: number;
}

export type ParseValueResult =
  | ({ readonly ok: true } & ParsedValue)
  | { readonly ok: false; readonly message: string };

const PREFIX: Readonly<Record<string, number>> = {
  a: 1e-18,
  f: 1e-15,
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  '\u00b5': 1e-6,
  '\u03bc': 1e-6,
  m: 1e-3,
  c: 1e-2,
  d: 1e-1,
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  meg: 1e6,
  G: 1e9,
  T: 1e12,
};

/**
 * Words for a unit, with their factor to the SI value of that unit, and the power a prefix takes (mm2 is 1e-6 m2).
 * The unit's own spelling comes first in messages.
 */
interface UnitWords {
  readonly words: Readonly<Record<string, number>>;
  readonly power?: number;
  /** A letter that is a unit here is not read as a bare prefix: 5 m of thickness are metres. */
  readonly noBarePrefix?: boolean;
  readonly noPrefix?: boolean;
}

const WORDS: Readonly<Partial<Record<Unit, UnitWords>>> = {
  '1': { words: { '': 1, '%': 1e-2 } },
  V: { words: { V: 1 } },
  A: { words: { A: 1 } },
  ohm: { words: { ohm: 1, Ohm: 1, ohms: 1, '\u03a9': 1, '\u2126': 1, R: 1 } },
  S: { words: { S: 1 } },
  W: { words: { W: 1 } },
  J: { words: { J: 1 } },
  s: { words: { s: 1, sec: 1 } },
  Hz: { words: { Hz: 1 } },
  F: { words: { F: 1 } },
  K: { words: { K: 1 }, noBarePrefix: true },
  m: { words: { m: 1 }, noBarePrefix: true },
  nm: { words: { m: 1 }, noBarePrefix: true },
  m2: { words: { m2: 1, 'm^2': 1, 'm\u00b2': 1 }, power: 2, noBarePrefix: true },
  eV: { words: { eV: 1 } },
  'V/s': { words: { 'V/s': 1, 'V s^-1': 1 } },
  'A/W': { words: { 'A/W': 1 } },
  'ohm cm^2': { words: { 'ohm cm^2': 1e-4, 'ohm cm2': 1e-4, '\u03a9 cm\u00b2': 1e-4 } },
  'A/cm^2': { words: { 'A/cm^2': 1e4, 'A/cm2': 1e4 } },
  '1/V': { words: { '1/V': 1 }, noPrefix: true },
  'cm^-3': { words: { 'cm^-3': 1e6, 'cm-3': 1e6 }, noPrefix: true },
  'cm^2/(V s)': { words: { 'cm^2/(V s)': 1e-4, 'cm2/Vs': 1e-4, 'm^2/(V s)': 1 }, noPrefix: true },
};

/** Offsets and single words a prefix table cannot hold: value_SI = number * factor + offset. */
const SPECIAL: Readonly<Partial<Record<Unit, Readonly<Record<string, readonly [number, number]>>>>> = {
  K: { degC: [1, 273.15], '\u00b0C': [1, 273.15], C: [1, 273.15] },
  m: { '\u00c5': [1e-10, 0], A: [1e-10, 0] },
  nm: { '\u00c5': [1e-10, 0] },
  s: { min: [60, 0], h: [3600, 0], d: [86400, 0] },
  eV: { J: [1 / 1.602176634e-19, 0] },
};

const NUMBER = String.raw`[+\-\u2212]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-\u2212]?\d+)?`;
const SHAPE = new RegExp(
  String.raw`^(?<number>${NUMBER})(?:\((?<digits>\d+)\))?\s*(?:(?:\+-|\+/-|\u00b1)\s*(?<spread>${NUMBER})(?<relative>\s*%(?=\s|$))?)?\s*(?<unit>\D.*)?$`,
  'u',
);

/** Number times factor; a power of ten moves the exponent in the text, so that `800nm` is exactly 8e-7. */
function toNumber(text: string, factor = 1): number {
  const plain = text.replaceAll('\u2212', '-');
  const power = Math.round(Math.log10(factor));
  if (Math.abs(factor / 10 ** power - 1) > 1e-9) return Number(plain) * factor;
  const [mantissa = '', exponent = '0'] = plain.split(/[eE]/);
  return Number(`${mantissa}e${Number(exponent) + power}`);
}

/** Factor and offset of a unit text such as `nm`, `mm2`, `k`, `kohm`; null when it does not belong to the unit. */
function findScale(text: string, unit: Unit): readonly [factor: number, offset: number] | null {
  const special = SPECIAL[unit];
  if (special && Object.hasOwn(special, text)) return special[text]!;
  const spec = WORDS[unit] ?? { words: { [unit]: 1 }, noPrefix: true };
  for (const [word, factor] of Object.entries(spec.words)) {
    if (text === word) return [factor, 0];
    if (spec.noPrefix || !text.endsWith(word) || word === '%') continue;
    const prefix = text.slice(0, text.length - word.length).trimEnd();
    if (word === '' && spec.noBarePrefix) continue;
    if (Object.hasOwn(PREFIX, prefix)) return [PREFIX[prefix]! ** (spec.power ?? 1) * factor, 0];
  }
  if (!spec.noBarePrefix && Object.hasOwn(PREFIX, text)) return [PREFIX[text]!, 0];
  return null;
}

/** Place value of the last written digit: 0.785 -> 1e-3, 800 -> 1, 1.20e-9 -> 1e-11. */
function lastPlace(number: string): number {
  const [mantissa = '', exponent = '0'] = number.replaceAll('\u2212', '-').split(/[eE]/);
  const decimals = mantissa.includes('.') ? mantissa.length - mantissa.indexOf('.') - 1 : 0;
  return 10 ** (Number(exponent) - decimals);
}

/**
 * Reads `800nm`, `0.785 mm2`, `1e-9`, `4.7k`, `27 degC`, `800+-40nm`, `0.30(5) us`, `5 V +- 2 %` as a value of `unit`. A bare number
 * is in SI. A decimal comma is refused: it cannot be told from a separator of thousands.
 */
export function parseValue(text: string, unit: Unit): ParseValueResult {
  const trimmed = text.trim();
  if (/\d,\d/.test(trimmed)) {
    return {
      ok: false,
      message: `'${text}' holds a comma; write a decimal point and no thousands separator`,
    };
  }
  // "5 V +- 0.1 V", "5 V +- 2 %": the unit of the value is moved behind the spread
  const moved = trimmed.replace(
    /^([^\s+\u00b1]+?)\s*([a-zA-Z\u00b5\u03bc\u03a9\u2126][^\s+\u00b1]*)\s*(\+-|\+\/-|\u00b1)\s*([\d.eE+-]+)\s*(%|\2)?$/u,
    (_, number: string, word: string, sign: string, spread: string, tail?: string) =>
      tail === '%' ? `${number}${sign}${spread}% ${word}` : `${number}${sign}${spread}${word}`,
  );
  const found = SHAPE.exec(moved)?.groups;
  if (!found?.number) return { ok: false, message: `'${text}' is not a number${unitHint(unit)}` };
  const unitText = (found.unit ?? '').trim();
  const scale = unitText === '' ? ([1, 0] as const) : findScale(unitText, unit);
  if (!scale) return { ok: false, message: `'${unitText}' is no unit of this input${unitHint(unit)}` };
  const value = toNumber(found.number, scale[0]) + scale[1];
  if (!Number.isFinite(value)) return { ok: false, message: `'${text}' is too large to be a number` };
  if (found.spread !== undefined) {
    const spread = toNumber(found.spread);
    return {
      ok: true,
      value,
      standardUncertainty: Math.abs(
        found.relative ? (value * spread) / 100 : toNumber(found.spread, scale[0]),
      ),
    };
  }
  if (found.digits !== undefined) {
    return {
      ok: true,
      value,
      standardUncertainty: Number(found.digits) * lastPlace(found.number) * scale[0],
    };
  }
  return { ok: true, value };
}

function unitHint(unit: Unit): string {
  return unit === '1' ? ' (this input has no unit)' : ` (in ${unit}, prefixes allowed)`;
}
