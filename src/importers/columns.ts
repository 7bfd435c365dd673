import type { Column, ColumnRole } from '../model/curve.ts';
import type { Unit } from '../units/units.ts';
import type { HeaderCell } from './header-cell.ts';
import type { FileUnit } from './unit-words.ts';

/** A column as an importer has it: the numbers of the file, what the header says, and what the grammar says it is. */
export interface ColumnDraft {
  /** Header verbatim. */
  readonly header: string;
  /** Name shown to the user. @default the header */
  readonly name?: string;
  /** Unit as the file spells it, empty when it has none. */
  readonly unitText: string;
  readonly unit: FileUnit;
  /** Numbers of the file; converted in place, so the draft owns them. */
  readonly data: Float64Array;
  readonly role?: ColumnRole;
  readonly programmed?: boolean;
}

export const NO_UNIT: FileUnit = { unit: '1', factor: 1 };
export const VOLT: FileUnit = { unit: 'V', factor: 1 };
export const AMPERE: FileUnit = { unit: 'A', factor: 1 };
export const SECOND: FileUnit = { unit: 's', factor: 1 };
export const OHM: FileUnit = { unit: 'ohm', factor: 1 };

const ROLE_OF_UNIT: Readonly<Partial<Record<Unit, ColumnRole>>> = {
  V: 'voltage',
  A: 'current',
  s: 'time',
  ohm: 'resistance',
  Hz: 'frequency',
  K: 'temperature',
};

/** Words that make a column light or stimulus: only what the file says, never the place of a channel. */
const LIGHT =
  /\b(?:light|luminance|radiance|irradiance|licht|leuchtdichte|helligkeit|photo ?diode|photo ?strom|photo ?current|photo ?detector|emission|electroluminescence|pmt|el)\b/i;
const STIMULUS = /\b(?:stimulus|drive|excitation)\b/i;
const DURATION =
  /\b(?:width|delay|interval|duration|period|rise|fall|retention|lifetime|failure|switching|reset)\b/i;

/** Role of a column by its unit and by the words of its name; `other` when neither says it. */
export function roleOf(name: string, unit: Unit): ColumnRole {
  const words = name.replace(/[_\-.]+/g, ' ');
  if (LIGHT.test(words)) return 'light';
  if (STIMULUS.test(words) && (unit === 'V' || unit === 'A')) return 'stimulus';
  if (unit === 's' && DURATION.test(words)) return 'other';
  if (/\bwavelength\b/i.test(words)) return 'wavelength';
  if (unit === 'counts' || /\bintensity\b/i.test(words)) return 'intensity';
  if (/^\s*cycles?\b/i.test(words) && unit === '1') return 'cycle';
  return ROLE_OF_UNIT[unit] ?? 'other';
}

/** Any magnitude from here on is SCPI for "no number" or "overflow" (9.9E+37, 9.91E+37, also in single precision). */
export const LARGEST_READING = 9.8e37;

/** Units in which a Keithley parametric tester writes its error codes among the readings. */
const PARAMETRIC: ReadonlySet<Unit> = new Set(['V', 'A', 'ohm', 'S', 'F', 'W']);
const FIRST_CODE = 9.9e21;

/** 1E22 to 7E22 (over range, overload, oscillation, thermal, source limit ...) and 1E23 (not performed), also in single precision. */
function isErrorCode(size: number): boolean {
  const code = Math.round(size / 1e22);
  return ((code >= 1 && code <= 7) || code === 10) && Math.abs(size / 1e22 - code) < 1e-5 * code;
}

/** Converts to SI in place and turns sentinels and infinities into NaN; returns the rows where it did, or null. */
export function convertColumn(data: Float64Array, unit: FileUnit): Int32Array | null {
  const { factor, offset = 0 } = unit;
  const inverse = Math.round(1 / factor);
  // Dividing by an exact power of ten rounds once where multiplying by its inexact inverse rounds twice.
  const divide = factor < 1 && Math.abs(inverse * factor - 1) < 1e-12;
  const asIs = factor === 1 && offset === 0;
  const over: number[] = [];
  const suspect = PARAMETRIC.has(unit.unit) ? FIRST_CODE : LARGEST_READING;
  const length = data.length;
  for (let i = 0; i < length; i++) {
    const value = data[i]!;
    const size = Math.abs(value);
    if (size >= suspect && (size >= LARGEST_READING || isErrorCode(size))) {
      data[i] = Number.NaN;
      over.push(i);
    } else if (asIs) continue;
    else if (divide) data[i] = value / inverse + offset;
    else data[i] = value * factor + offset;
  }
  return over.length > 0 ? Int32Array.from(over) : null;
}

/** Names made unique for the user: the second `Voltage (V)` becomes `Voltage (V) [2]`; an empty name becomes `column 3`. */
export function makeUnique(names: readonly string[]): string[] {
  const used = new Map<string, number>();
  return names.map((name, index) => {
    const base = name === '' ? `column ${index + 1}` : name;
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    return count === 1 ? base : `${base} [${count}]`;
  });
}

/** A draft from a parsed header: its unit where the closed list has it, else none (the text stays in `origin`). */
export function draftOf(cell: HeaderCell, data: Float64Array, more: Partial<ColumnDraft> = {}): ColumnDraft {
  return {
    header: cell.header,
    name: cell.header,
    unitText: cell.unitText ?? '',
    unit: cell.unit ?? NO_UNIT,
    data,
    ...more,
  };
}

export function finishColumn(draft: ColumnDraft, label: string): Column {
  const { header, unitText, unit, data, programmed } = draft;
  return {
    role: draft.role ?? roleOf(label, unit.unit),
    label,
    unit: unit.unit,
    data,
    origin: { header, unit: unitText, factor: unit.factor },
    ...(programmed ? { programmed } : {}),
  };
}
