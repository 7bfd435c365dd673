import { tint } from './color.ts';
import { drawingRank, lookOfLine, lookOfMarker } from './draw-marks.ts';
import type { Corner, Mark } from './figure.ts';
import { CAP_HEIGHT } from './fonts.ts';
import type { Spot } from './ink-map.ts';
import { TINT } from './palette.ts';
import { colorOf, noteLine, type PanelContext } from './panel-context.ts';
import type { Line } from './text-layout.ts';

const SAMPLE = { line: 13, marker: 4 } as const;
const SAMPLE_GAP = 3.2;
const COLUMN_GAP = 8;
const ROW = 1.32;
const MARGIN = 4.5;
export const CORNER_ORDER: readonly Corner[] = ['ne', 'nw', 'se', 'sw'];

interface Entry {
  readonly line: Line;
  readonly marks: readonly Mark[];
}

/** Legend entries in order of appearance; marks with equal keys share one sample. */
function collectEntries(context: PanelContext): readonly Entry[] {
  const byKey = new Map<string, Mark[]>();
  for (const mark of context.panel.marks) {
    if (!mark.key) continue;
    const marks = byKey.get(mark.key);
    if (marks) marks.push(mark);
    else byKey.set(mark.key, [mark]);
  }
  return [...byKey].map(([key, marks]) => ({ line: noteLine(context, key), marks }));
}

/** A box at a named corner, or the best free place. */
export function findCorner(
  context: PanelContext,
  at: Corner | 'auto' | undefined,
  w: number,
  h: number,
  margin: number,
): Spot {
  const { frame, ink } = context;
  if (at === undefined || at === 'auto') return ink.findRoom(w, h, margin, CORNER_ORDER);
  const x = at.includes('w') ? frame.x + margin : frame.x + frame.w - margin - w;
  const y = at.includes('n') ? frame.y + margin : frame.y + frame.h - margin - h;
  return { x, y, cost: 0 };
}

function drawSample(context: PanelContext, entry: Entry, x: number, y: number, width: number): void {
  const { canvas, style } = context;
  for (const mark of [...entry.marks].sort((a, b) => drawingRank(a) - drawingRank(b))) {
    if (mark.type === 'line') {
      canvas.line([x, y, x + width, y], lookOfLine(mark, style));
    } else if (mark.type === 'points') {
      const look = lookOfMarker(mark, style);
      canvas.markers(look.shape, look.size, [x + width / 2, y], look.fill, look.edge, true);
    } else if (mark.type === 'band') {
      canvas.rect({ x, y: y - 2.2, w: width, h: 4.4 }, tint(colorOf(mark), TINT.band));
    }
  }
}

/** The legend: no frame, in a corner or the best free place, or above the frame (`top`). */
export function drawLegend(context: PanelContext): void {
  const { panel, style, canvas, frame, ink } = context;
  const entries = collectEntries(context);
  if (entries.length === 0 || panel.legend?.at === 'none') return;
  const onTop = panel.legend?.at === 'top';
  const columns = onTop ? entries.length : (panel.legend?.columns ?? 1);
  const hasLines = entries.some((entry) =>
    entry.marks.some((mark) => mark.type === 'line' || mark.type === 'band'),
  );
  const sample = hasLines ? SAMPLE.line : SAMPLE.marker;
  const rowHeight = style.text.note * ROW;
  const cap = CAP_HEIGHT * style.text.note;
  const columnWidth = Array.from({ length: columns }, (_, c) => {
    const widths = entries
      .filter((_, i) => i % columns === c)
      .map(({ line }) => sample + SAMPLE_GAP + line.width);
    return Math.max(...widths) + (c < columns - 1 ? COLUMN_GAP : 0);
  });
  const title = panel.legend?.title ? noteLine(context, panel.legend.title) : null;
  const rows = Math.ceil(entries.length / columns) + (title ? 1 : 0);
  const w = Math.max(
    columnWidth.reduce((sum, v) => sum + v, 0),
    title?.width ?? 0,
  );
  const h = rows * rowHeight - (rowHeight - cap) + 1.5;
  const at = panel.legend?.at;
  const spot: Spot =
    at === 'top'
      ? { x: w > frame.w ? frame.x : frame.x + frame.w - w, y: frame.y - h - 2.2, cost: 0 }
      : findCorner(context, at, w, h, MARGIN);
  ink.block({ x: spot.x, y: spot.y, w, h });
  if (title) canvas.text(title, spot.x, spot.y + cap);
  entries.forEach((entry, i) => {
    const column = i % columns;
    const x = spot.x + columnWidth.slice(0, column).reduce((sum, v) => sum + v, 0);
    const row = Math.floor(i / columns) + (title ? 1 : 0);
    const y = spot.y + row * rowHeight + cap / 2 + 0.7;
    drawSample(context, entry, x, y, sample);
    canvas.text(entry.line, x + sample + SAMPLE_GAP, y + cap / 2);
  });
}
