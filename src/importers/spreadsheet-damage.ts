import { type Issue, warning } from '../base/issues.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile } from './importer.ts';
import type { Dialect } from './numeric-table.ts';

/** Errors of a spreadsheet; `#REF` alone is what the 4200-SCS writes itself. */
const ERROR_CELL = /^(?:#NAME\?|#VALUE!|#NUM!|#DIV\/0!|#REF!|#{3,})$/;
/** Numbers a spreadsheet has taken for dates: `1. Mrz`, `05-Jan`, `Mai 12`. */
const MONTH = '(?:jan|feb|mar|m\u00e4r|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]{0,6}';
const DATE_CELL = new RegExp(`^(?:\\d{1,2}[. -]{1,2}${MONTH}\\.?|${MONTH}[. -]{1,2}\\d{1,2})$`, 'i');
/** Lines of numbers alone are not taken apart: most lines of most files. */
const SUSPECT = /#|;;|[A-Za-z\u00e4]{3}\.?[ -]?\d|\d[. -]{1,2}[A-Za-z]{3}/;
const LONGEST_LINE = 4000;
/** Files that say more about it themselves, or hold such cells by right. */
const OWN = new Set(['rohde-schwarz-lcx', 'keithley-4200', 'tektronix-dmm']);

function separatorOf(line: string): Dialect['separator'] {
  return line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
}

/**
 * Traces a spreadsheet leaves in a copy it has re-saved: error cells, numbers turned into dates, and a header with commas that
 * ends in empty semicolon cells above a table with semicolons. The values of such a copy may be wrong by powers of ten.
 */
export function findSpreadsheetDamage(file: DecodedFile, format: string): Issue | null {
  if (file.isBinary || OWN.has(format)) return null;
  for (const [i, line] of file.head.entries()) {
    if (line.length > LONGEST_LINE || !SUSPECT.test(line)) continue;
    const cells = splitRow(line, separatorOf(line));
    const error = cells.find((cell) => ERROR_CELL.test(cell));
    const date = cells.length > 1 ? cells.find((cell) => DATE_CELL.test(cell)) : undefined;
    const tail = /^[^;]*,[^;]*;{2,}\s*$/.test(line) && (file.head[i + 1] ?? '').includes(';');
    if (error === undefined && date === undefined && !tail) continue;
    const trace =
      error !== undefined
        ? `line ${i + 1} has the error cell "${error}"`
        : date !== undefined
          ? `line ${i + 1} has "${date}", a number taken for a date`
          : `line ${i + 1} is written with commas and ends in empty semicolon cells`;
    return warning(
      'DAMAGED_BY_SPREADSHEET',
      `${baseName(file.name)} was re-saved by a spreadsheet (${trace}): its VALUES MAY BE WRONG, by powers of ten or altogether.`,
      {
        hint: 'Use the file as the instrument wrote it; do not analyse this copy.',
        at: { file: file.name, line: i + 1 },
      },
    );
  }
  return null;
}
