export type CellValue = string | number | null;

/** A column of an output table. `trusted` text is from a closed vocabulary and is written as it is. */
export interface TableColumn {
  readonly header: string;
  readonly type: 'text' | 'number';
  readonly cells: readonly CellValue[];
  readonly trusted?: boolean;
}

/** What the writers (CSV, Parquet, XLSX) take: columns of equal length; null is an empty cell, never 0. */
export interface OutputTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

/** Builds a table from rows, one reader per column. */
export function buildTable<Row>(
  name: string,
  rows: readonly Row[],
  columns: readonly {
    readonly header: string;
    readonly type: 'text' | 'number';
    readonly trusted?: boolean;
    readonly read: (row: Row) => CellValue | undefined;
  }[],
): OutputTable {
  return {
    name,
    rows: rows.length,
    columns: columns.map(({ header, type, trusted, read }) => ({
      header,
      type,
      ...(trusted ? { trusted } : {}),
      cells: rows.map((row) => {
        const cell = read(row) ?? null;
        return typeof cell === 'number' && !Number.isFinite(cell) ? null : cell;
      }),
    })),
  };
}
