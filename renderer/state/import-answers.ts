import { splitRow } from '../../src/importers/csv-table.ts';
import { judgeCell, type Layout } from '../../src/importers/find-layout.ts';
import { headerCells, interpretColumn } from '../../src/importers/generic-table.ts';
import type { TableGuess } from '../../src/importers/guess-table.ts';
import type { DecodedFile } from '../../src/importers/importer.ts';
import type { ImportTemplate } from '../../src/model/import-template.ts';

/** The answers that move columns: all of them are read anew from the header when one changes. */
export type ShapeChange = Partial<
  Pick<ImportTemplate, 'separator' | 'decimalMark' | 'headerRow' | 'unitRow' | 'firstRow'>
>;

const BEGINS = 40;

function cellsOf(file: DecodedFile, row: number | null, separator: ImportTemplate['separator']) {
  const line = row === null ? undefined : file.head[row - 1];
  return line === undefined ? null : splitRow(line, separator);
}

/** A template with one answer changed: columns, units, roles and signature follow from the file as it is split now. */
export function reshapeTemplate(
  file: DecodedFile,
  template: ImportTemplate,
  change: ShapeChange,
): ImportTemplate {
  const next = { ...template, ...change };
  if (next.separator === ',' && next.decimalMark === ',')
    return reshapeTemplate(file, template, { ...change, decimalMark: '.' });
  const headerRow = next.headerRow !== null && next.headerRow < next.firstRow ? next.headerRow : null;
  const unitRow = next.unitRow !== null && next.unitRow < next.firstRow ? next.unitRow : null;
  const names = cellsOf(file, headerRow, next.separator);
  const units = cellsOf(file, unitRow, next.separator);
  const numbers = cellsOf(file, next.firstRow, next.separator) ?? [];
  const decimalComma = next.decimalMark === ',';
  const layout: Layout = {
    dialect: { separator: next.separator, decimalComma },
    first: next.firstRow - 1,
    rows: 1,
    width: Math.max(1, numbers.length),
    names,
    units,
    nameRow: headerRow === null ? null : headerRow - 1,
    unitRow: unitRow === null ? null : unitRow - 1,
    preamble: [],
    numeric: numbers.map((cell) => judgeCell(cell, decimalComma) > 0),
  };
  const columns = headerCells(layout).map((cell, k) => {
    const { role = 'other', unit, unitText } = interpretColumn(cell, file.name, []);
    const stated = unitText !== undefined && unitText !== '';
    const assumed = unit.unit === '1' ? '' : unit.unit === 'm' && unit.factor === 1e-9 ? 'nm' : unit.unit;
    return {
      name: cell.header || `column ${k + 1}`,
      unit: stated ? unitText : assumed,
      role,
      use: layout.numeric[k] ?? false,
    };
  });
  const first = (file.head[0] ?? '').trim();
  return {
    ...next,
    headerRow,
    unitRow,
    columns,
    signature: {
      header: headerRow === null ? null : (file.head[headerRow - 1] ?? '').trim() || null,
      begins: headerRow === null && next.firstRow > 1 ? first.slice(0, BEGINS) || null : null,
    },
  };
}

/** Files of one shape share one answer: equal separator, mark, names and units, wherever the table begins. */
export function shapeOf({ template }: TableGuess): string {
  return JSON.stringify([
    template.separator,
    template.decimalMark,
    template.columns.map(({ name, unit, use }) => [name, unit, use]),
  ]);
}

/** Roles of which a sweep or a waveform has one: a second column of it was guessed by its unit alone. */
const SINGLE = new Set(['voltage', 'current', 'time', 'wavelength']);

/** True where a careful person would look before the numbers are used: a unit or a meaning was assumed, or is missing. */
export function needsLook(guess: TableGuess): boolean {
  const doubled = doubledRoles(guess.template).some((k) => SINGLE.has(guess.template.columns[k]!.role));
  return guess.doubts.length > 0 || guess.headerRow.value === null || doubled;
}

/** Places of the columns whose role an earlier column has already: only the first of a role is analysed. */
export function doubledRoles({ columns }: ImportTemplate): readonly number[] {
  return columns.flatMap((column, k) =>
    column.use &&
    column.role !== 'other' &&
    columns.slice(0, k).some((other) => other.use && other.role === column.role)
      ? [k]
      : [],
  );
}
