import { tint } from '../color/color.ts';
import { TINT } from '../color/palette.ts';
import type { Corner } from '../figure.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import { grow } from './box.ts';
import { drawingRank, lookOfLine, lookOfMarker } from './draw-marks.ts';
import type { Spot } from './ink-map.ts';
import { ABOVE, type Entry, layLegend, SAMPLE_GAP, total } from './legend-layout.ts';
import { colorOf, type PanelContext } from './panel-context.ts';

const MARGIN = 4.5;
/** A guide may touch a legend's edge, not run through it. */
const MOST_INK = 3;
const CORNER_ORDER: readonly Corner[] = ['ne', 'nw', 'se', 'sw'];

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
  const laid = layLegend(panel, style, context.typeset, frame.w);
  if (!laid) return;
  const { w, h, sample, columns, columnWidths, rowHeight, title } = laid;
  const at = panel.legend?.at;
  const isTop = at === 'top';
  const spot: Spot = isTop
    ? { x: Math.max(frame.x, frame.x + frame.w - w), y: frame.y - h - ABOVE, cost: 0 }
    : findCorner(context, at as Corner | 'auto' | undefined, w, h, MARGIN);
  const box = { x: spot.x, y: spot.y, w, h };
  const isCrowded = spot.cost >= 1e6 || ink.covers(box) || ink.weigh(grow(box, -0.5)) > MOST_INK;
  if (!isTop && isCrowded) context.crowded.add(panel);
  ink.block({ x: spot.x, y: spot.y, w, h });
  const cap = CAP_HEIGHT * style.text.note;
  if (title) canvas.text(title, spot.x, spot.y + cap);
  laid.entries.forEach((entry, i) => {
    const column = i % columns;
    const x = spot.x + total(columnWidths.slice(0, column));
    const row = Math.floor(i / columns) + (title ? 1 : 0);
    const y = spot.y + row * rowHeight + cap / 2 + 0.7;
    drawSample(context, entry, x, y, sample);
    canvas.text(entry.line, x + sample + SAMPLE_GAP, y + cap / 2);
  });
}
