import type { FigureSpec, Mark, Values } from '../../src/figures/figure.ts';

interface Column {
  readonly head: string;
  readonly values: Values;
}

function columnsOf(mark: Mark, name: string): Column[] {
  if (mark.type !== 'line' && mark.type !== 'points' && mark.type !== 'band') return [];
  const label = mark.key ?? name;
  if (mark.type === 'band')
    return [
      { head: `${label} x`, values: mark.x },
      { head: `${label} low`, values: mark.lo },
      { head: `${label} high`, values: mark.hi },
    ];
  return [
    { head: `${label} x`, values: mark.x },
    { head: `${label} y`, values: mark.y },
    ...(mark.type === 'points' && mark.ey ? [{ head: `${label} u(y)`, values: mark.ey }] : []),
  ];
}

function cell(text: string): string {
  const guarded = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The numbers behind each panel as CSV, SI values, empty where there is none. */
export function writeFigureNumbers(spec: FigureSpec): string {
  const columns = spec.cells.flatMap((one, c) =>
    one.panels.flatMap((panel, p) =>
      panel.marks.flatMap((mark, m) =>
        columnsOf(mark, `${mark.type} ${m + 1}`).map((column) => ({
          ...column,
          head: `${one.letter ?? `panel ${c + 1}${one.panels.length > 1 ? `.${p + 1}` : ''}`}: ${column.head}`,
        })),
      ),
    ),
  );
  const rows = Math.max(0, ...columns.map((column) => column.values.length));
  const lines = [columns.map((column) => cell(column.head)).join(',')];
  for (let row = 0; row < rows; row++) {
    lines.push(
      columns
        .map(({ values }) => {
          const value = values[row];
          return value === undefined || !Number.isFinite(value) ? '' : String(value);
        })
        .join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
