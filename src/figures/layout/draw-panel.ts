import type { Inset, Mark } from '../figure.ts';
import { insetStyle } from '../style.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import { drawAxisArrow, drawDimension, drawSweepArrow } from './annotate-arrows.ts';
import { drawNote } from './annotate-note.ts';
import { drawSlope } from './annotate-slope.ts';
import type { Box } from './box.ts';
import { drawAreas } from './draw-areas.ts';
import { drawAxes } from './draw-axes.ts';
import { drawColorbar } from './draw-colorbar.ts';
import { drawLegend, findCorner } from './draw-legend.ts';
import { drawMarks } from './draw-marks.ts';
import { drawTable } from './draw-table.ts';
import { labelLines } from './label-lines.ts';
import { labelRule } from './label-rules.ts';
import { legendRoom } from './legend-layout.ts';
import { measureMargins, SHOW_ALL } from './measure.ts';
import { boxOfLine, createPanelContext, noteLine, type PanelContext } from './panel-context.ts';

/** Insets shrink before they are left out; they never cover data. */
const SHRINK = [1, 0.92, 0.85, 0.78] as const;

/** A fixed text in a corner of the frame: what distinguishes one of several panels. */
function drawCorner(context: PanelContext): void {
  const { panel, frame, canvas, style, ink } = context;
  if (!panel.corner) return;
  const line = noteLine(context, panel.corner);
  const at = panel.cornerAt ?? 'nw';
  const margin = Math.min(4, frame.w * 0.06);
  const x = at.includes('w') ? frame.x + margin : frame.x + frame.w - margin - line.width;
  const y = at.includes('n')
    ? frame.y + margin + CAP_HEIGHT * style.text.note
    : frame.y + frame.h - margin - line.descent;
  ink.block(boxOfLine(line, x, y));
  context.late.push(() => canvas.text(line, x, y));
}

function drawInset(context: PanelContext, inset: Inset, index: number): void {
  const { style, ink, canvas, typeset } = context;
  const small = insetStyle(style);
  const growth = style.text.small / 6; // the size is given for 6 pt text
  for (const factor of SHRINK) {
    const [w, h] = [inset.width * growth * factor, inset.height * growth * factor];
    const spot = findCorner(context, inset.at, w, h, 3);
    const box: Box = { x: spot.x + (inset.dx ?? 0), y: spot.y + (inset.dy ?? 0), w, h };
    if (spot.cost >= 1e6 || ink.covers(box)) continue;
    let margins = measureMargins(inset.panel, small, typeset, w * 0.7, h * 0.7, SHOW_ALL);
    const inner = (): Box => ({
      x: box.x + margins.left,
      y: box.y + margins.top,
      w: w - margins.left - margins.right,
      h: h - margins.top - margins.bottom,
    });
    margins = measureMargins(inset.panel, small, typeset, inner().w, inner().h, SHOW_ALL);
    canvas.rect({ x: box.x - 0.5, y: box.y - 0.5, w: w + 1, h: h + 1 }, '#FFFFFF');
    drawPanel(
      createPanelContext({
        id: `${context.id}-inset${index}`,
        panel: inset.panel,
        canvas,
        style: small,
        typeset,
        frame: inner(),
        margins,
        remarks: context.remarks,
        crowded: context.crowded,
      }),
    );
    ink.block(box);
    return;
  }
  context.remarks.push('The inset found no room in the figure.');
}

function drawFixedAnnotation(context: PanelContext, mark: Mark): void {
  if (mark.type === 'dimension') drawDimension(context, mark);
  else if (mark.type === 'sweep') drawSweepArrow(context, mark);
  else if (mark.type === 'slope') drawSlope(context, mark);
  else if (mark.type === 'axisArrow') drawAxisArrow(context, mark);
  else if (mark.type === 'note' && mark.side !== undefined && mark.side !== 'auto') drawNote(context, mark);
}

const isFreeNote = (mark: Mark): mark is Extract<Mark, { type: 'note' }> =>
  mark.type === 'note' && (mark.side === undefined || mark.side === 'auto');

/** One panel, in the order of STYLE 1 and, for what looks for room, of STYLE 10.2. */
export function drawPanel(context: PanelContext): void {
  const { canvas, panel, id, frame } = context;
  canvas.open(id);
  canvas.open(`${id}-area`, context.clip);
  drawAreas(context);
  canvas.close();
  canvas.open(`${id}-axes`);
  drawAxes(context);
  canvas.close();
  drawMarks(context);
  if (panel.colorbar) drawColorbar(context, panel.colorbar);
  if (panel.title) {
    const above = legendRoom(panel, context.style, context.typeset, frame.w); // a legend above the frame stands below the title
    canvas.text(noteLine(context, panel.title), frame.x + frame.w / 2, frame.y - above - 3, 'middle');
  }
  canvas.open(`${id}-notes`);
  drawCorner(context);
  for (const mark of panel.marks) drawFixedAnnotation(context, mark);
  if (panel.table) drawTable(context, panel.table);
  drawLegend(context); // before the insets: a figure can do without an inset, not without its legend
  (panel.insets ?? []).forEach((inset, index) => {
    drawInset(context, inset, index);
  });
  for (const mark of panel.marks) if (mark.type === 'rule') labelRule(context, mark);
  for (const mark of panel.marks) if (isFreeNote(mark)) drawNote(context, mark);
  labelLines(context);
  for (const draw of context.late) draw();
  canvas.close();
  canvas.close();
}
