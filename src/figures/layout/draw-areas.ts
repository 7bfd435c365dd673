import { labOf, tint } from '../color/color.ts';
import { colorAt } from '../color/color-scale.ts';
import { INK, MISSING_EDGE, MUTED, SPANS, TINT } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import type { Box } from './box.ts';
import { CLIP_SLACK, clipPolygon, growBox } from './clip-line.ts';
import { boxOfLine, colorOf, noteLine, type PanelContext, project, scaleOf } from './panel-context.ts';

type MarkOf<T extends Mark['type']> = Extract<Mark, { type: T }>;

/** A shaded stretch of one axis; neighbours alternate with white (`strength: 0`). */
function drawSpan(context: PanelContext, span: MarkOf<'span'>, rank: number): void {
  const { frame, canvas, style } = context;
  const scale = span.axis === 'x' ? context.x : context.y;
  const [first, end] = span.axis === 'x' ? [frame.x, frame.x + frame.w] : [frame.y, frame.y + frame.h];
  const keep = (at: number): number => Math.max(first, Math.min(end, at));
  const [a, b] = [keep(scale.map(span.from)), keep(scale.map(span.to))];
  const [low, size] = [Math.min(a, b), Math.abs(b - a)];
  if (!(size > 0)) return; // it lies outside the axis
  const box: Box =
    span.axis === 'x'
      ? { x: low, y: frame.y, w: size, h: frame.h }
      : { x: frame.x, y: low, w: frame.w, h: size };
  if (span.strength !== 0) canvas.rect(box, span.color ?? SPANS[rank % 2]!);
  if (!span.label) return;
  const line = noteLine(context, span.label);
  const x = Math.max(
    frame.x + 3,
    Math.min(frame.x + frame.w - 3 - line.width, box.x + box.w / 2 - line.width / 2),
  );
  const y = span.labelAt === 'bottom' ? frame.y + frame.h - 3.5 : frame.y + 3 + CAP_HEIGHT * style.text.note;
  const room = boxOfLine(line, x, y);
  context.ink.block({ ...room, y: room.y - 1, h: room.h + 2 });
  context.late.push(() => canvas.text(line, x, y, 'start', 0, MUTED));
}

/** An uncertainty band, tint without an edge; a lower end that cannot be drawn runs to the frame. */
function drawBand(context: PanelContext, band: MarkOf<'band'>): void {
  const scale = scaleOf(context, band);
  const upper = project(context, band.x, band.hi, scale);
  const lower = project(context, band.x, band.lo, scale);
  const bottom = context.frame.y + context.frame.h;
  const outline: number[] = [];
  for (let k = 0; k < upper.length; k += 2) {
    if (Number.isFinite(upper[k]! + upper[k + 1]!)) outline.push(upper[k]!, upper[k + 1]!);
  }
  for (let k = lower.length - 2; k >= 0; k -= 2) {
    if (!Number.isFinite(upper[k]! + upper[k + 1]!)) continue;
    outline.push(lower[k]!, Number.isFinite(lower[k + 1]!) ? lower[k + 1]! : bottom);
  }
  const cut = clipPolygon(outline, growBox(context.frame, CLIP_SLACK));
  context.canvas.polygon(cut, tint(colorOf(band), TINT.band));
}

/** Position of a value on a colour scale, 0..1. */
export function shareOf(value: number, domain: readonly [number, number], log = false): number {
  const [low, high] = domain;
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** A map of rows x columns. A missing cell is white with a grey edge and one diagonal: never a colour of the scale. */
function drawCells(context: PanelContext, cells: MarkOf<'cells'>): void {
  const { frame, canvas, style } = context;
  const [w, h] = [frame.w / cells.cols, frame.h / cells.rows];
  const gap = 0.5;
  const edge = { color: MISSING_EDGE, width: style.thinnest };
  for (let row = 0; row < cells.rows; row++) {
    for (let column = 0; column < cells.cols; column++) {
      const value = cells.value[row * cells.cols + column]!;
      const box = {
        x: frame.x + column * w + gap / 2,
        y: frame.y + row * h + gap / 2,
        w: w - gap,
        h: h - gap,
      };
      if (!Number.isFinite(value)) {
        const inner = { x: box.x + 0.25, y: box.y + 0.25, w: box.w - 0.5, h: box.h - 0.5 };
        canvas.rect(inner, '#FFFFFF', edge);
        canvas.segments([inner.x, inner.y, inner.x + inner.w, inner.y + inner.h], edge);
        continue;
      }
      const fill = colorAt(cells.scale, shareOf(value, cells.domain, cells.log));
      canvas.rect(box, fill);
      const line = cells.text ? noteLine(context, cells.text(value), style.text.small) : null;
      if (!line || line.width >= w - 1.5) continue;
      const color = labOf(fill)[0] < 58 ? '#FFFFFF' : INK;
      const y = box.y + box.h / 2 + (CAP_HEIGHT * style.text.small) / 2;
      context.late.push(() => canvas.text(line, box.x + box.w / 2, y, 'middle', 0, color));
    }
  }
}

/** Spans, bands and cells: under everything, clipped to the frame. */
export function drawAreas(context: PanelContext): void {
  let spans = 0;
  for (const mark of context.panel.marks) {
    if (mark.type === 'span') drawSpan(context, mark, spans++);
    else if (mark.type === 'band') drawBand(context, mark);
    else if (mark.type === 'cells') drawCells(context, mark);
  }
}
