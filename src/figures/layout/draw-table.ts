import { INK, seriesColor } from '../color/palette.ts';
import type { Table } from '../figure.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import type { Box } from './box.ts';
import { findCorner } from './draw-legend.ts';
import type { PanelContext } from './panel-context.ts';

const COLUMN_GAP = 7;
const ROW = 1.45;
const SHRINK = [1, 0.92, 0.85, 0.78] as const;

/** The table at one size: laid-out cells, column widths and the room it needs. */
function layTable(context: PanelContext, table: Table, size: number) {
  const cells = table.rows.map((row) => row.map((cell) => context.typeset(cell, size)));
  const columns = Math.max(...table.rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(...cells.map((row) => row[c]?.width ?? 0)),
  );
  const rowHeight = size * ROW;
  return {
    size,
    cells,
    widths,
    rowHeight,
    w: widths.reduce((sum, v) => sum + v, 0) + COLUMN_GAP * (columns - 1) + 4,
    h: rowHeight * cells.length + 2.5,
  };
}

/**
 * Three rules (top, under the head, bottom), the first column left, others right, on white; heads in series colours double as
 * legend. It may cover guides, never data: it shrinks as far as the journal's smallest text, else it is left out and said so.
 */
export function drawTable(context: PanelContext, table: Table): void {
  const { canvas, style, ink } = context;
  const smallest = Math.min(style.rules.smallestText_pt, style.text.small);
  for (const factor of SHRINK) {
    const size = style.text.small * factor;
    if (size < smallest - 1e-9) break;
    const laid = layTable(context, table, size);
    const spot = findCorner(context, table.at, laid.w, laid.h, 4);
    const box: Box = { x: spot.x, y: spot.y, w: laid.w, h: laid.h };
    if (spot.cost >= 1e6 || ink.covers(box)) continue;
    const look = { color: INK, width: style.thinnest };
    canvas.rect({ x: box.x - 1, y: box.y - 1, w: box.w + 2, h: box.h + 2 }, '#FFFFFF');
    const rules = [box.y, box.y + laid.rowHeight + 0.6, box.y + box.h];
    canvas.segments(
      rules.flatMap((y) => [box.x, y, box.x + box.w, y]),
      look,
    );
    laid.cells.forEach((row, r) => {
      const y = box.y + (r === 0 ? 0 : 1.4) + laid.rowHeight * (r + 0.5) + (CAP_HEIGHT * size) / 2 + 0.1;
      let x = box.x + 2;
      row.forEach((line, c) => {
        const series = r === 0 ? (table.headSeries?.[c] ?? -1) : -1;
        const color = series >= 0 ? seriesColor(series) : INK;
        if (c === 0) canvas.text(line, x, y, 'start', 0, color);
        else canvas.text(line, x + laid.widths[c]!, y, 'end', 0, color);
        x += laid.widths[c]! + COLUMN_GAP;
      });
    });
    ink.block(box);
    return;
  }
  context.remarks.push('The table of values found no room in the figure.');
}
