import { findLineEnd, skipLineEnd } from './decode-text.ts';
import { COMMA, POINT, readOddCell, scanEnd, scanNumber } from './number-cell.ts';
import { PlainRows } from './plain-rows.ts';
import { type ReadWatch, reportBytes } from './read-watch.ts';
import { type Cut, findCut } from './table-cut.ts';
import { cutColumn, estimateRows } from './table-size.ts';

const LF = 10;
const CR = 13;
const TAB = 9;
const BLANK = 32;
const QUOTE = 34;
const MOST_SAMPLES = 5;

/** Separator and decimal mark, decided together on the data block. A blank stands for any run of blanks. */
export interface Dialect {
  readonly separator: ',' | ';' | '\t' | ' ';
  readonly decimalComma: boolean;
}

/** Value of a cell by its bytes, for clock times and flags; NaN for no value. */
export type CellReader = (bytes: Uint8Array, start: number, end: number) => number;
export type ColumnPlan = 'number' | 'skip' | CellReader;

export interface TableRequest {
  /** Offset in the content at which the first row starts, and its line number (from 1). */
  readonly start: number;
  readonly line: number;
  readonly dialect: Dialect;
  readonly columns: readonly ColumnPlan[];
  /** Asked for a row with a cell that is no number: true ends the table there (footers, end markers). */
  readonly stop?: (row: string) => boolean;
  /** An empty line behind the first row ends the table. */
  readonly stopAtBlank?: boolean;
  readonly maximumRows?: number;
  /** Asked every few megabytes. */
  readonly watch?: ReadWatch;
}

export interface BadCell {
  readonly line: number;
  /** Index of the column. */
  readonly column: number;
  readonly text: string;
}

/** The rectangular body: one Float64Array per plan (empty for `skip`); NaN where a cell is missing or not a number. */
export interface TableBody {
  readonly rows: number;
  readonly columns: readonly Float64Array[];
  /** Offset and line behind the last row. */
  readonly end: number;
  readonly endLine: number;
  readonly badCells: { readonly count: number; readonly samples: readonly BadCell[] };
  /** Rows with fewer or more cells than planned, and the first such line. */
  readonly ragged: { readonly count: number; readonly line: number };
  /** Set when the file ends inside a row; that row is not among `rows`. */
  readonly cut: Cut | null;
}

function isEnd(c: number | undefined): boolean {
  return c === LF || c === CR || c === undefined;
}

/** Offset of the separator or line end behind the cell at `start`; a quoted cell may hold separators but no line end. */
function findCellEnd(bytes: Uint8Array, start: number, separator: number): number {
  let i = start;
  while (bytes[i] === BLANK) i++;
  if (bytes[i] === QUOTE) {
    i++;
    while (!isEnd(bytes[i]) && bytes[i] !== QUOTE) i++;
  } else if (separator === BLANK && i > start) return findCellEnd(bytes, i, separator);
  while (!isEnd(bytes[i]) && bytes[i] !== separator && !(separator === BLANK && bytes[i] === TAB)) i++;
  return i;
}

function readText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < Math.min(end, start + 200); i++) text += String.fromCharCode(bytes[i]!);
  // the two signs beyond ASCII that stand in columns of numbers: infinity and the true minus, as UTF-8 has them
  return text
    .replaceAll('"', '')
    .replaceAll('\u00e2\u0088\u009e', '\u221e')
    .replaceAll('\u00e2\u0088\u0092', '\u2212')
    .trim();
}

/** True when only separators, blanks and quotes stand between `start` and `end`: phantom columns. */
function isPhantom(bytes: Uint8Array, start: number, end: number, separator: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    if (c !== separator && c !== BLANK && c !== TAB && c !== QUOTE) return false;
  }
  return true;
}

/** Bytes between two questions to the watch: some milliseconds. */
const WATCH_BYTES = 4 * 1024 * 1024;

/** Rows left to the general reader after ever more rows that were not plain: a table of gaps is not tried at each. */
const LONGEST_PAUSE = 256;

/**
 * Reads a rectangular block of numbers straight from the bytes into columns, exact to the last bit: runs of plain rows by
 * `PlainRows`, every other row here, cell by cell (`scanNumber`).
 * Blanks and quotes around a cell are passed over, an empty cell is NaN, a row of nothing but separators is no row.
 */
export function readNumericTable(bytes: Uint8Array, request: TableRequest): TableBody {
  const { dialect, columns: plans } = request;
  const width = plans.length;
  const separator = dialect.separator.charCodeAt(0);
  const blankSeparated = separator === BLANK;
  const tabIsBlank = separator !== TAB;
  const mark = dialect.decimalComma ? COMMA : POINT;
  const plainMark = separator === mark ? POINT : mark;
  const limit = request.maximumRows ?? Number.POSITIVE_INFINITY;
  let capacity = width === 0 ? 0 : estimateRows(bytes, request.start, width);
  let columns = plans.map((plan) => new Float64Array(plan === 'skip' ? 0 : capacity));
  const readers = plans.map((plan) => (typeof plan === 'function' ? plan : null));
  const isNumber = Uint8Array.from(plans, (plan) => (plan === 'number' ? 1 : 0));
  const samples: BadCell[] = [];
  let badCount = 0;
  let raggedCount = 0;
  let raggedLine = 0;
  let rows = 0;
  let line = request.line;
  let position = request.start;
  let rowStart = position;
  let rowCells = 0;
  let rowBad = 0;
  let rowEnd = -1;
  let lastBad = 0;
  const length = bytes.length;
  const skipped = plans.map((plan) => plan === 'skip');
  const canBePlain =
    readers.every((reader) => reader === null) &&
    skipped.includes(false) &&
    !(blankSeparated && skipped.includes(true));
  const plain = canBePlain ? new PlainRows(bytes, { separator, mark: plainMark, skipped }) : null;
  plain?.fill(columns);
  let pause = 0;
  let general = 0;

  const { watch } = request;
  let nextWatch = watch ? position : length;
  while (position < length && rows < limit) {
    if (watch && position >= nextWatch) {
      reportBytes(watch, position, length);
      nextWatch = position + WATCH_BYTES;
    }
    if (plain && general === 0) {
      plain.rowStart = rowStart;
      const before = rows;
      rows = plain.read(position, rows, Math.min(capacity, limit), nextWatch);
      if (rows === before) {
        general = pause;
        pause = Math.min(LONGEST_PAUSE, 2 * pause + 1);
      } else {
        pause = 0;
        line += rows - before;
        position = plain.position;
        rowStart = plain.rowStart;
        rowCells = width;
        rowBad = 0;
        lastBad = 0;
        continue;
      }
    } else general--;
    const first = bytes[position]!;
    if (first === LF || first === CR) {
      if (request.stopAtBlank && rows > 0) break;
      position = skipLineEnd(bytes, position);
      line++;
      continue;
    }
    if (rows === capacity) {
      capacity *= 2;
      columns = columns.map((column, k) => {
        if (skipped[k]) return column;
        const grown = new Float64Array(capacity);
        grown.set(column);
        return grown;
      });
      plain?.fill(columns);
    }
    const lastStart = rowStart;
    rowStart = position;
    let i = position;
    let filled = 0;
    let cells = 0;
    let bad = 0;
    let ended = false;
    for (let k = 0; k < width; k++) {
      let c = bytes[i]!;
      while (c === BLANK || (c === TAB && tabIsBlank)) c = bytes[++i]!;
      const cellStart = i;
      if (blankSeparated && (c === LF || c === CR || c === undefined)) {
        for (let rest = k; rest < width; rest++)
          if (plans[rest] !== 'skip') columns[rest]![rows] = Number.NaN;
        ended = true;
        break;
      }
      cells++;
      let done = false;
      if (isNumber[k] === 1) {
        const quoted = c === QUOTE;
        if (quoted) {
          c = bytes[++i]!;
          while (c === BLANK || c === TAB) c = bytes[++i]!;
        }
        const value = scanNumber(bytes, i, quoted ? mark : plainMark);
        if (scanEnd > i) {
          i = scanEnd;
          c = bytes[i]!;
          if (quoted && c === QUOTE) c = bytes[++i]!;
          const behind = i;
          while (c === BLANK || (c === TAB && tabIsBlank)) c = bytes[++i]!;
          if (c === separator) {
            i++;
            done = true;
          } else if (c === LF || c === CR || c === undefined) {
            done = true;
            ended = true;
          } else if (blankSeparated && i > behind) done = true;
          if (done) {
            columns[k]![rows] = value;
            filled++;
          }
        }
      }
      if (!done) {
        const cellEnd = findCellEnd(bytes, cellStart, separator);
        const reader = readers[k];
        if (reader) {
          const value = reader(bytes, cellStart, cellEnd);
          columns[k]![rows] = value;
          if (!Number.isNaN(value)) filled++;
        } else if (isNumber[k] === 1) {
          const text = readText(bytes, cellStart, cellEnd);
          const value = readOddCell(text);
          columns[k]![rows] = value ?? Number.NaN;
          if (value === undefined) {
            bad++;
            if (samples.length < MOST_SAMPLES) samples.push({ line, column: k, text: text.slice(0, 40) });
          } else if (text !== '') filled++;
        }
        i = cellEnd;
        const c2 = bytes[i];
        if (c2 === separator || (blankSeparated && c2 === TAB)) i++;
        else ended = true;
      }
      if (ended) {
        for (let rest = k + 1; rest < width; rest++)
          if (plans[rest] !== 'skip') columns[rest]![rows] = Number.NaN;
        break;
      }
    }
    let lineEnd = i;
    let long = false;
    if (!ended || !isEnd(bytes[i])) {
      lineEnd = findLineEnd(bytes, i);
      long = !isPhantom(bytes, i, lineEnd, separator);
    }
    const keep = filled > 0;
    if (bad > 0 && request.stop?.(readText(bytes, rowStart, lineEnd))) {
      while (samples.length > 0 && samples.at(-1)!.line === line) samples.pop();
      rowStart = lastStart;
      break;
    }
    badCount += bad;
    if (keep) {
      if (cells < width || long) {
        raggedCount++;
        if (raggedLine === 0) raggedLine = line;
      }
      rows++;
      rowCells = cells;
      rowBad = bad;
      rowEnd = lineEnd;
    } else if (lineEnd < length || bad === 0) rowStart = lastStart;
    lastBad = bad;
    position = lineEnd < length ? skipLineEnd(bytes, lineEnd) : length;
    line++;
  }

  let cut: Cut | null = null;
  const unterminated = position >= length && bytes[length - 1] !== LF && bytes[length - 1] !== CR;
  if (unterminated && rows > 0 && rowEnd === length) {
    cut = findCut(bytes, { rowStart, cells: rowCells, width, line: line - 1, row: rows, separator });
    if (cut) {
      rows--;
      badCount -= rowBad;
      if (raggedCount > 0 && rowCells < width) raggedCount--;
    }
  } else if (unterminated && rows > 0 && lastBad > 0) {
    // The last line is the beginning of a row that has not come to its first number.
    cut = { line: line - 1, row: rows + 1, cells: 1, width, why: 'cells' };
    badCount -= lastBad;
  }
  if (cut) {
    while (samples.length > 0 && samples.at(-1)!.line === cut.line) samples.pop();
    if (raggedLine === cut.line) raggedLine = 0;
  }
  return {
    rows,
    columns: columns.map((column) => cutColumn(column, rows)),
    end: position,
    endLine: line,
    badCells: { count: badCount, samples },
    ragged: { count: raggedCount, line: raggedLine },
    cut,
  };
}
