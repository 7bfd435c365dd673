import { splitRow, splitRows } from './csv-table.ts';
import type { DecodedFile } from './importer.ts';
import { readOddCell } from './number-cell.ts';
import type { Dialect } from './numeric-table.ts';
import { parseUnit } from './unit-words.ts';

/** Where the numbers of an unknown table are and how they are spelled. Indices are those of `file.head`. */
export interface Layout {
  readonly dialect: Dialect;
  /** First row of numbers. */
  readonly first: number;
  /** Rows of the run seen in the head. */
  readonly rows: number;
  readonly width: number;
  /** Cells of the row of names above, null when there is none. */
  readonly names: readonly string[] | null;
  readonly units: readonly string[] | null;
  /** Index of the row of names and of the row of units, null when there is none. */
  readonly nameRow: number | null;
  readonly unitRow: number | null;
  /** Lines above names and units. */
  readonly preamble: readonly string[];
  /** Columns that hold numbers. */
  readonly numeric: readonly boolean[];
}

/** In the order of preference where two dialects read equally well. */
const DIALECTS: readonly Dialect[] = [
  { separator: '\t', decimalComma: false },
  { separator: '\t', decimalComma: true },
  { separator: ';', decimalComma: false },
  { separator: ';', decimalComma: true },
  { separator: ',', decimalComma: false },
  { separator: ' ', decimalComma: false },
  { separator: ' ', decimalComma: true },
];
const POINT_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?(?:\d+(?:,\d+)?|,\d+)(?:[eE][+-]?\d+)?$/;
const MOST_COLUMNS = 1024;

/** 2 for a number, 1 for a known way to say "no value", 0 for words. */
export function judgeCell(cell: string, decimalComma: boolean): 0 | 1 | 2 {
  if ((decimalComma ? COMMA_NUMBER : POINT_NUMBER).test(cell)) return 2;
  return readOddCell(cell) === undefined ? 0 : 1;
}

interface Run {
  readonly first: number;
  readonly rows: number;
  readonly width: number;
  /** Number cells of all rows over all cells. */
  readonly purity: number;
}

function dropTrailingEmpty(cells: readonly string[]): number {
  let n = cells.length;
  while (n > 0 && cells[n - 1] === '') n--;
  return n;
}

/** The longest run of rows of one width whose cells are mostly numbers; blank lines inside a run are passed over. */
function findRun(rows: readonly (readonly string[])[], decimalComma: boolean): Run | null {
  let best: Run | null = null;
  let start = -1;
  let width = 0;
  let count = 0;
  let numbers = 0;
  let cellsSeen = 0;
  const close = (): void => {
    if (count > 0 && (!best || count > best.rows))
      best = { first: start, rows: count, width, purity: numbers / cellsSeen };
    count = 0;
  };
  rows.forEach((cells, i) => {
    const used = dropTrailingEmpty(cells);
    if (used === 0) return;
    let numeric = 0;
    for (let k = 0; k < cells.length; k++) if (judgeCell(cells[k]!, decimalComma) === 2) numeric++;
    const mostly = numeric > 0 && numeric * 2 >= used;
    if (!mostly || (count > 0 && cells.length !== width)) close();
    if (!mostly) return;
    if (count === 0) {
      start = i;
      width = cells.length;
      numbers = 0;
      cellsSeen = 0;
    }
    count++;
    numbers += numeric;
    cellsSeen += used;
  });
  close();
  return best;
}

/** Dialect and longest numeric run of some lines: fully numeric rows first, then more columns, then the order above. */
function chooseDialect(lines: readonly string[]): { dialect: Dialect; run: Run; rows: string[][] } | null {
  let best: { dialect: Dialect; run: Run; rows: string[][]; score: number } | null = null;
  for (const dialect of DIALECTS) {
    if (dialect.separator !== ' ' && !lines.some((line) => line.includes(dialect.separator))) continue;
    const rows = splitRows(lines, dialect.separator);
    if (rows.some((row) => row.length > MOST_COLUMNS)) continue;
    const run = findRun(rows, dialect.decimalComma);
    if (!run) continue;
    const columns = Math.min(run.width, 8);
    const score = run.rows * run.purity ** 4 * (columns > 1 ? 1 + 0.01 * columns : 0.5);
    if (!best || score > best.score * 1.0001) best = { dialect, run, rows, score };
  }
  return best;
}

function isUnitRow(cells: readonly string[]): boolean {
  const used = cells.filter((cell) => cell !== '');
  return used.length > 0 && used.every((cell) => parseUnit(cell) !== null || /^[([].*[)\]]$/.test(cell));
}

function isNameRow(cells: readonly string[], width: number): boolean {
  const used = dropTrailingEmpty(cells);
  if (used === 0 || used > width + 1 || (width > 1 && used < Math.min(2, width))) return false;
  return (
    cells.slice(0, used).some((cell) => /\p{L}/u.test(cell)) &&
    cells.every((cell) => !POINT_NUMBER.test(cell) || cell === '')
  );
}

/** Finds the table of an unknown file; null when it has none. Only `file.head` is looked at. */
export function findLayout(file: DecodedFile): Layout | null {
  const found = chooseDialect(file.head);
  if (!found) return null;
  const { dialect, run, rows } = found;
  let width = run.width;
  const body = rows.slice(run.first, run.first + run.rows).filter((row) => row.length === run.width);
  // Trailing separators make a phantom last column.
  while (width > 1 && body.every((row) => row[width - 1] === '')) width--;
  const numeric = Array.from({ length: width }, (_, k) => {
    let words = 0;
    let numbers = 0;
    for (const row of body) {
      const kind = judgeCell(row[k]!, dialect.decimalComma);
      if (kind === 2) numbers++;
      else if (kind === 0) words++;
    }
    return numbers >= words && numbers > 0;
  });
  const above: number[] = [];
  for (let i = run.first - 1; i >= 0 && above.length < 3; i--) if (file.head[i]!.trim() !== '') above.push(i);
  // Header and data may use different separators (`#Device,LCX200;;;;`), names and units do not.
  const cellsOf = (i: number): string[] =>
    splitRow(file.head[i]!.replace(/^\s*[#%]\s*/, ''), dialect.separator);
  let names: readonly string[] | null = null;
  let units: readonly string[] | null = null;
  let top = run.first;
  let unitRow: number | null = null;
  // A row of comments may stand between units and numbers (plotting programs export names, units, comments).
  const rowsAbove = above.map(cellsOf);
  const unitAt = rowsAbove.findIndex((cells, k) => isUnitRow(cells) && rowsAbove[k + 1] !== undefined);
  const higher = unitAt < 0 ? undefined : rowsAbove[unitAt + 1];
  if (higher && isNameRow(higher, width)) {
    units = rowsAbove[unitAt]!;
    names = higher;
    top = above[unitAt + 1]!;
    unitRow = above[unitAt]!;
  } else if (rowsAbove[0] && isNameRow(rowsAbove[0], width)) {
    names = rowsAbove[0];
    top = above[0]!;
  }
  return {
    dialect,
    first: run.first,
    rows: run.rows,
    width,
    names,
    units,
    nameRow: names ? top : null,
    unitRow,
    preamble: file.head.slice(0, top),
    numeric,
  };
}

/** Dialect of rows whose grammar is known but whose locale is not: re-saved copies have `;` and decimal commas. */
export function dialectOf(lines: readonly string[], usual: Dialect): Dialect {
  const sample = lines.filter((line) => line.trim() !== '').slice(0, 20);
  const usualRows = splitRows(sample, usual.separator);
  const run = findRun(usualRows, usual.decimalComma);
  if (run && run.purity > 0.99 && run.rows === sample.length) return usual;
  return chooseDialect(sample)?.dialect ?? usual;
}
