import type { Result } from '../base/result.ts';
import type { Options } from '../model/recipe.ts';
import { type ColumnDraft, NO_UNIT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { dialectOf } from './find-layout.ts';
import type { DecodedFile } from './importer.ts';
import type { Dialect, TableBody } from './numeric-table.ts';
import { readTable, type TableExpectation } from './read-table.ts';
import { parseUnit } from './unit-words.ts';

/** A rectangular block of numbers that begins at a line of the head. */
export interface ScopeBlock {
  /** Index in the head of the first row of numbers. */
  readonly first: number;
  readonly names: readonly string[];
  readonly dialect?: Dialect;
  readonly more?: Partial<TableExpectation>;
}

/** Reads all columns of a block as numbers. */
export function readBlock(file: DecodedFile, block: ScopeBlock, options: Options): Result<TableBody> {
  return readTable(
    file,
    {
      start: file.headStarts[block.first] ?? file.content.length,
      line: block.first + 1,
      dialect:
        block.dialect ??
        dialectOf(file.head.slice(block.first, block.first + 12), { separator: ',', decimalComma: false }),
      columns: block.names.map(() => 'number'),
      names: block.names,
      ...block.more,
    },
    options,
  );
}

/** Column whose unit stands in a row of its own (`second`, `Volt`). */
export function unitColumn(
  header: string,
  unitText: string,
  data: Float64Array,
  more: Partial<ColumnDraft> = {},
): ColumnDraft {
  return { header, unitText, unit: parseUnit(unitText) ?? NO_UNIT, data, ...more };
}

/** Cells of a header line without the empty ones that trailing separators make. */
export function headerRow(file: DecodedFile, index: number): string[] {
  const cells = splitRow(file.head[index] ?? '');
  while (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells;
}
