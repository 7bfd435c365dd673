import type { Mark, Side } from '../figure.ts';
import { ALL_SIDES, type Box, boxBeside, contains, grow, overhang, SIDES } from './box.ts';
import { colorOf, noteLine, type PanelContext, scaleOf } from './panel-context.ts';

type Note = Extract<Mark, { type: 'note' }>;
interface Place {
  readonly side: Side;
  readonly gap: number;
}

/** Free note: 8 sides x 5 distances; 3 x ink + 20 per pt outside + 0.4 x distance. */
function findPlace(context: PanelContext, x: number, y: number, w: number, h: number, gap: number): Place {
  let best = { side: 'ne' as Side, gap, cost: Number.POSITIVE_INFINITY };
  for (const distance of [gap, gap + 5, gap + 11, gap + 18, gap + 28]) {
    for (const side of ALL_SIDES) {
      const box = boxBeside(side, x, y, w, h, distance);
      const ink = context.ink.weigh(grow(box, 0.6));
      const cost =
        3 * ink + 20 * overhang(box, context.frame, 2) + 0.4 * distance + (side.length > 1 ? 0 : 0.5);
      if (cost < best.cost) best = { side, gap: distance, cost };
    }
  }
  return best;
}

/** A side that was asked for is kept unless its ink exceeds 14 and another side is better by 3. */
function keepOrMove(
  context: PanelContext,
  asked: Side,
  x: number,
  y: number,
  w: number,
  h: number,
  gap: number,
): Place {
  const weigh = (box: Box): number => context.ink.weigh(grow(box, 0.3)) + 20 * overhang(box, context.frame);
  const wished = weigh(boxBeside(asked, x, y, w, h, gap));
  let best = { side: asked, gap, cost: wished };
  if (wished <= 14 || !contains(context.frame, x, y)) return best;
  for (const distance of [gap, gap + 4, gap + 9]) {
    for (const side of ALL_SIDES) {
      const cost = weigh(boxBeside(side, x, y, w, h, distance)) + 0.3 * distance;
      if (cost < best.cost - 3) best = { side, gap: distance, cost };
    }
  }
  return best;
}

/** A note of one or more lines beside a point. `symbol = value` without room shrinks to the symbol, as rule labels do. */
export function drawNote(context: PanelContext, note: Note): void {
  const symbol = note.text.split(' = ')[0]!;
  if (symbol !== note.text && (note.side ?? 'auto') === 'auto' && !findsRoom(context, note)) {
    context.remarks.push(note.text);
    placeNote(context, { ...note, text: symbol });
  } else placeNote(context, note);
}

function layNote(context: PanelContext, note: Note) {
  const lines = note.text.split('\n').map((text) => noteLine(context, text, note.size));
  const rowHeight = (note.size ?? context.style.text.note) * 1.25;
  const first = lines[0]!;
  const w = Math.max(...lines.map((line) => line.width));
  const h = first.ascent + rowHeight * (lines.length - 1) + lines[lines.length - 1]!.descent;
  return { lines, rowHeight, first, w, h };
}

/** The point a note belongs to; a free note whose point lies outside the frame stands at the nearest edge. */
function anchorOf(context: PanelContext, note: Note): { readonly x: number; readonly y: number } {
  const { frame } = context;
  const [x, y] = [context.x.map(note.at[0]), scaleOf(context, note).map(note.at[1])];
  if ((note.side ?? 'auto') !== 'auto') return { x, y };
  return {
    x: Math.max(frame.x, Math.min(frame.x + frame.w, x)),
    y: Math.max(frame.y, Math.min(frame.y + frame.h, y)),
  };
}

function findsRoom(context: PanelContext, note: Note): boolean {
  const { x, y } = anchorOf(context, note);
  const { w, h } = layNote(context, note);
  const place = findPlace(context, x, y, w, h, note.gap ?? 3);
  const box = boxBeside(place.side, x, y, w, h, place.gap);
  return overhang(box, context.frame, 2) < 1 && context.ink.weigh(grow(box, -0.3)) < 1;
}

function placeNote(context: PanelContext, note: Note): void {
  const { frame, canvas, style, ink } = context;
  const { x, y } = anchorOf(context, note);
  if (!Number.isFinite(x + y)) return;
  const { lines, rowHeight, first, w, h } = layNote(context, note);
  const gap = note.gap ?? 3;
  const asked = note.side ?? 'auto';
  const place =
    asked === 'auto' ? findPlace(context, x, y, w, h, gap) : keepOrMove(context, asked, x, y, w, h, gap);
  let box = boxBeside(place.side, x, y, w, h, place.gap);
  if (x >= frame.x && x <= frame.x + frame.w) {
    const within = (v: number, from: number, to: number): number => Math.max(from, Math.min(to, v));
    box = {
      ...box,
      x: within(box.x, frame.x + 2, frame.x + frame.w - 2 - w),
      y: within(box.y, frame.y + 2, frame.y + frame.h - 2 - h),
    };
  }
  ink.block(box);
  const color = colorOf(note);
  if (note.leader) {
    const [tx, ty] = [Math.max(box.x, Math.min(box.x + w, x)), Math.max(box.y, Math.min(box.y + h, y))];
    const n = Math.hypot(tx - x, ty - y);
    const [ux, uy] = [(tx - x) / n, (ty - y) / n];
    if (n > 4)
      canvas.line([tx - ux, ty - uy, x + ux * 1.6, y + uy * 1.6], { color, width: style.line.guide });
  }
  const [dx] = SIDES[place.side];
  lines.forEach((line, i) => {
    const baseline = box.y + first.ascent + i * rowHeight;
    if (dx > 0) canvas.text(line, box.x, baseline, 'start', 0, color);
    else if (dx < 0) canvas.text(line, box.x + w, baseline, 'end', 0, color);
    else canvas.text(line, box.x + w / 2, baseline, 'middle', 0, color);
  });
}
