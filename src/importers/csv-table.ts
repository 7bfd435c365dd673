import Papa from 'papaparse';
import type { Dialect } from './numeric-table.ts';

/**
 * Cells of header rows and of tables of words: quotes, doubled quotes and separators inside quotes are papaparse's affair.
 * Numeric bodies never come here (`numeric-table.ts` reads them). Cells are trimmed; rows keep their place.
 */
export function splitRows(lines: readonly string[], separator: Dialect['separator']): string[][] {
  if (separator === ' ') return lines.map((line) => line.trim().split(/[ \t]+/));
  return lines.map((line) => {
    if (line === '') return [''];
    if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
    const row = Papa.parse(line, { delimiter: separator, newline: '\n', quoteChar: '"' }).data[0] ?? [''];
    return row.map((cell) => cell.trim());
  });
}

export function splitRow(line: string, separator: Dialect['separator'] = ','): string[] {
  return splitRows([line], separator)[0]!;
}
