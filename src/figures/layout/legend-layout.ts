import type { Mark, PanelSpec } from '../figure.ts';
import type { Style } from '../style.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import type { Line } from './text-layout.ts';
import type { Typeset } from './typeset.ts';

const SAMPLE = { line: 13, marker: 4 } as const;
export const SAMPLE_GAP = 3.2;
const COLUMN_GAP = 8;
const ROW = 1.32;
/** Air between a legend above the frame and the frame. */
export const ABOVE = 2.2;

export interface Entry {
  readonly line: Line;
  readonly marks: readonly Mark[];
}
export interface LaidLegend {
  readonly entries: readonly Entry[];
  readonly title: Line | null;
  readonly columns: number;
  readonly columnWidths: readonly number[];
  readonly sample: number;
  readonly rowHeight: number;
  readonly w: number;
  readonly h: number;
}

/** Legend entries in order of appearance; marks with equal keys share one sample. */
function collectEntries(panel: PanelSpec, style: Style, typeset: Typeset): readonly Entry[] {
  const byKey = new Map<string, Mark[]>();
  for (const mark of panel.marks) {
    if (!mark.key) continue;
    const marks = byKey.get(mark.key);
    if (marks) marks.push(mark);
    else byKey.set(mark.key, [mark]);
  }
  return [...byKey].map(([key, marks]) => ({ line: typeset(key, style.text.note), marks }));
}

function layColumns(entries: readonly Entry[], columns: number, sample: number): readonly number[] {
  return Array.from({ length: columns }, (_, c) => {
    const widths = entries
      .filter((_, i) => i % columns === c)
      .map(({ line }) => sample + SAMPLE_GAP + line.width);
    return Math.max(0, ...widths) + (c < columns - 1 ? COLUMN_GAP : 0);
  });
}

/** Sum of some widths [pt]. */
export const total = (widths: readonly number[]): number => widths.reduce((sum, w) => sum + w, 0);

/** Columns, rows and size of a legend; above the frame it takes as many columns as fit the width [pt]. Null: no entries. */
export function layLegend(
  panel: PanelSpec,
  style: Style,
  typeset: Typeset,
  width: number,
): LaidLegend | null {
  const entries = collectEntries(panel, style, typeset);
  if (entries.length === 0 || panel.legend?.at === 'none') return null;
  const hasLines = entries.some((entry) =>
    entry.marks.some((mark) => mark.type === 'line' || mark.type === 'band'),
  );
  const sample = hasLines ? SAMPLE.line : SAMPLE.marker;
  let columns = panel.legend?.columns ?? 1;
  if (panel.legend?.at === 'top') {
    columns = entries.length;
    while (columns > 1 && total(layColumns(entries, columns, sample)) > width) columns--;
  }
  const columnWidths = layColumns(entries, columns, sample);
  const title = panel.legend?.title ? typeset(panel.legend.title, style.text.note) : null;
  const rowHeight = style.text.note * ROW;
  const rows = Math.ceil(entries.length / columns) + (title ? 1 : 0);
  const h = rows * rowHeight - (rowHeight - CAP_HEIGHT * style.text.note) + 1.5;
  const w = Math.max(total(columnWidths), title?.width ?? 0);
  return { entries, title, columns, columnWidths, sample, rowHeight, w, h };
}

/** Room a legend above the frame needs [pt]; 0 for one inside. */
export function legendRoom(panel: PanelSpec, style: Style, typeset: Typeset, width: number): number {
  if (panel.legend?.at !== 'top') return 0;
  const laid = layLegend(panel, style, typeset, width);
  return laid ? laid.h + ABOVE : 0;
}
