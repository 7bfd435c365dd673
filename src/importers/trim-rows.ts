/** Columns without the rows at their end in which none has a value: side-by-side curves are padded to the longest. */
export function trimRows(columns: readonly Float64Array[]): Float64Array[] {
  let rows = columns[0]?.length ?? 0;
  while (rows > 0 && columns.every((column) => Number.isNaN(column[rows - 1]!))) rows--;
  return columns.map((column) => (column.length === rows ? column : column.slice(0, rows)));
}
