import { type FileUnit, parseUnit } from './unit-words.ts';

/** A column header taken apart. `unitText` is null when the header has no unit at all; `unit` null when it is unknown. */
export interface HeaderCell {
  readonly header: string;
  readonly name: string;
  readonly unitText: string | null;
  readonly unit: FileUnit | null;
}

const LONGEST_HEADER = 200;

/**
 * Name and unit of a header in the shapes files have: `Voltage (V)`, `Ls[H]`, `C1 in V`, `"Spannung" U_B1 / V`,
 * `current_A`, `Amp DC`. What stands in brackets at the end and is no unit stays part of the name.
 */
export function parseHeaderCell(text: string): HeaderCell {
  const header = text.trim();
  // The expressions below are quadratic in the length: no header of an instrument is this long.
  if (header.length > LONGEST_HEADER) return { header, name: header, unitText: null, unit: null };
  const plain = (): HeaderCell => {
    const unit = parseUnit(header);
    // A header that is nothing but a unit word (`Volts`) names its unit; a bare letter may as well be a name.
    return unit && header.length > 2
      ? { header, name: header, unitText: header, unit }
      : { header, name: header, unitText: null, unit: null };
  };
  const bracket = /^(.*?)\s*[([{]([^()[\]{}]*)[)\]}]\s*$/.exec(header);
  if (bracket) {
    const unit = parseUnit(bracket[2]!);
    if (unit || bracket[1] !== '')
      return { header, name: bracket[1] || header, unitText: bracket[2]!.trim(), unit };
  }
  const inUnit = /^(.*?)\s*\bin (\S+)$/.exec(header);
  if (inUnit) {
    const unit = parseUnit(inUnit[2]!);
    if (unit) return { header, name: inUnit[1] || header, unitText: inUnit[2]!, unit };
  }
  // a unit with a slash of its own that is not of the list: `Leuchtdichte / cd/m2`
  const light = /^(.*\S)\s+\/\s+((?:k?cd|lm|m?lx|lux|nit|W)\/\S+|lx|lux|lm|nit)$/.exec(header);
  if (light && !parseUnit(light[2]!)) return { header, name: light[1]!, unitText: light[2]!, unit: null };
  const slash = /^(.*\S)\s*\/\s*([^/]+)$/.exec(header);
  if (slash) {
    const unit = parseUnit(slash[2]!);
    if (unit) return { header, name: slash[1]!, unitText: slash[2]!.trim(), unit };
  }
  // Three letters or more before the underscore: `time_s` has a unit, `I_S` is a symbol.
  const underscore = /^(.*[^_]{3})_([A-Za-z\u00b5\u03bc\u03a9\u2126]+)$/.exec(header);
  if (underscore) {
    const unit = parseUnit(underscore[2]!);
    if (unit) return { header, name: underscore[1]!, unitText: underscore[2]!, unit };
  }
  return plain();
}
