import type { CellValue, OutputTable } from './table.ts';

/** Beginnings a spreadsheet may take for a formula, blanks before them and their full-width forms included. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A text that a spreadsheet would take for a formula gets an apostrophe in front (CSV injection). */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function writeCell(value: CellValue, trusted: boolean, separator: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = trusted ? value : guardFormula(value);
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * RFC 4180 with LF line ends: numbers as the shortest text that reads back the same, decimal point, no value = empty cell.
 * @param header false for the later parts of a sharded run, so that the parts concatenate
 */
export function writeCsv(table: OutputTable, { header = true, separator = ',' } = {}): string {
  const lines: string[] = [];
  if (header)
    lines.push(table.columns.map((column) => writeCell(column.header, false, separator)).join(separator));
  for (let row = 0; row < table.rows; row++) {
    lines.push(
      table.columns
        .map((column) => writeCell(column.cells[row] ?? null, column.trusted ?? false, separator))
        .join(separator),
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** One JSON value a line. */
export function writeJsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
