import type { AxisSpec, FigureSpec, Mark, PanelSpec, Values } from './figure.ts';
import { axisTitle } from './layout/axis-title.ts';
import { plainText } from './layout/markup.ts';
import { type JournalRules, panelLetter, presetOf } from './presets.ts';

/** One column of the numbers behind a figure. */
interface DataColumn {
  readonly name: string;
  readonly values: Values;
}

/** Quotes where CSV needs it, and guards a cell that a spreadsheet would read as a formula. */
function writeCell(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Axis words without the display prefix: the numbers are in SI. */
function columnTitle(axis: AxisSpec | undefined, rules: JournalRules): string {
  if (!axis) return '';
  const { unit: _, ...bare } = axis;
  return plainText(axisTitle(bare, rules));
}

function markColumns(mark: Mark, panel: PanelSpec, prefix: string, rules: JournalRules): DataColumn[] {
  const axis = mark.on === 'y2' ? panel.y2 : panel.y;
  const [x, y] = [columnTitle(panel.x, rules) || 'x', columnTitle(axis, rules) || 'y'];
  const name = (what: string): string => `${prefix}${what}`;
  if (mark.type === 'line')
    return [
      { name: name(x), values: mark.x },
      { name: name(y), values: mark.y },
    ];
  if (mark.type === 'points') {
    const columns: DataColumn[] = [
      { name: name(x), values: mark.x },
      { name: name(y), values: mark.y },
    ];
    if (mark.ex) columns.push({ name: name(`${x} error`), values: mark.ex });
    if (mark.ey) columns.push({ name: name(`${y} error`), values: mark.ey });
    return columns;
  }
  if (mark.type === 'band') {
    return [
      { name: name(x), values: mark.x },
      { name: name(`${y} lower`), values: mark.lo },
      { name: name(`${y} upper`), values: mark.hi },
    ];
  }
  return mark.type === 'cells' ? [{ name: name('value, row by row'), values: mark.value }] : [];
}

/** What a mark is called: its legend text, else its role. */
function markTitle(mark: Mark): string {
  if (mark.key) return plainText(mark.key);
  if (mark.type === 'line') return mark.direct ? plainText(mark.direct) : mark.role;
  return mark.type;
}

function panelColumns(panel: PanelSpec, place: string, rules: JournalRules): DataColumn[] {
  const own = panel.marks.flatMap((mark) => markColumns(mark, panel, `${place}${markTitle(mark)}: `, rules));
  const insets = (panel.insets ?? []).flatMap((inset) => panelColumns(inset.panel, `${place}inset, `, rules));
  return [...own, ...insets];
}

function allColumns(figure: FigureSpec, rules: JournalRules): readonly DataColumn[] {
  return figure.cells.flatMap((cell, c) =>
    cell.panels.flatMap((panel, p) => {
      const letter = figure.cells.length > 1 ? `${cell.letter ?? panelLetter(rules.letters, c)} ` : '';
      const stack = cell.panels.length > 1 ? `panel ${p + 1} ` : '';
      return panelColumns(panel, letter + stack, rules);
    }),
  );
}

/** How many numbers `figureData` would write. */
export function countNumbers(figure: FigureSpec): number {
  return allColumns(figure, presetOf(figure.preset)).reduce((sum, { values }) => sum + values.length, 0);
}

/**
 * The numbers behind a figure as CSV: a pair of columns per line or series, in SI with full precision, empty where there is no
 * value; the first row names panel, series and axis.
 */
export function figureData(figure: FigureSpec): string {
  const columns = allColumns(figure, presetOf(figure.preset));
  const rows = Math.max(0, ...columns.map(({ values }) => values.length));
  const lines = [columns.map(({ name }) => writeCell(name)).join(',')];
  for (let i = 0; i < rows; i++) {
    lines.push(
      columns
        .map(({ values }) => (i < values.length && Number.isFinite(values[i]!) ? String(values[i]) : ''))
        .join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
