/** Width of a text on a terminal: combining marks take none. */
function widthOf(text: string): number {
  return [...text.replaceAll(/\p{Mn}/gu, '')].length;
}

/** Columns lined up with two blanks between them; `right` names the columns that end flush. */
export function layoutTable(
  rows: readonly (readonly string[])[],
  { indent = '', right = [] as readonly number[] } = {},
): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const pad = ' '.repeat(widths[column]! - widthOf(cell));
        return right.includes(column) ? pad + cell : cell + pad;
      });
      return `${indent}${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}
