import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Real instrument files of the laboratory, beside the project; tests that need them are skipped without them. */
export const REAL_CURVES = resolve(import.meta.dirname, '../../../shared/real-curves');
export const hasRealCurves = existsSync(REAL_CURVES);

/** Numbers of a plain delimited file by header position: rows whose picked cells are all numbers. */
export function readColumns(
  path: string,
  columns: readonly number[],
  separator: string | RegExp = ',',
): Float64Array[] {
  const lines = readFileSync(resolve(REAL_CURVES, path), 'utf8').split(/\r?\n/);
  const rows = lines
    .map((line) => line.split(separator).map((cell) => cell.replaceAll('"', '').trim()))
    .map((cells) =>
      columns.map((c) => (cells[c] === undefined || cells[c] === '' ? Number.NaN : Number(cells[c]))),
    )
    .filter((values) => values.every(Number.isFinite));
  return columns.map((_, k) => Float64Array.from(rows, (row) => row[k]!));
}
