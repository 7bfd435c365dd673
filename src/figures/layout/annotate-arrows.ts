import type { Mark } from '../figure.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import { walkAlong } from './arc-length.ts';
import { type Box, boxBeside, overhang } from './box.ts';
import { ellipse } from './marker-shapes.ts';
import { colorOf, noteLine, type PanelContext, project, scaleOf } from './panel-context.ts';

type MarkOf<T extends Mark['type']> = Extract<Mark, { type: T }>;

/** A measured distance: heads at both ends from 13 pt on, else two arrows of 10 pt from outside; text at the side, never across. */
export function drawDimension(context: PanelContext, mark: MarkOf<'dimension'>): void {
  const { canvas, style, ink } = context;
  const scale = scaleOf(context, mark);
  const [x1, y1] = [context.x.map(mark.from[0]), scale.map(mark.from[1])];
  const [x2, y2] = [context.x.map(mark.to[0]), scale.map(mark.to[1])];
  const n = Math.hypot(x2 - x1, y2 - y1);
  if (!(n > 0)) return;
  const [ux, uy] = [(x2 - x1) / n, (y2 - y1) / n];
  const color = colorOf(mark);
  const look = { color, width: style.frame };
  const fits = n >= 13;
  if (fits) {
    canvas.line([x1 + ux * 2, y1 + uy * 2, x2 - ux * 2, y2 - uy * 2], look);
    canvas.arrowHead(x1, y1, -ux, -uy, color);
    canvas.arrowHead(x2, y2, ux, uy, color);
  } else {
    canvas.line([x1 - ux * 10, y1 - uy * 10, x1 - ux * 2, y1 - uy * 2], look);
    canvas.line([x2 + ux * 10, y2 + uy * 10, x2 + ux * 2, y2 + uy * 2], look);
    canvas.arrowHead(x1, y1, ux, uy, color);
    canvas.arrowHead(x2, y2, -ux, -uy, color);
    canvas.line([x1, y1, x2, y2], { color, width: style.line.guide });
  }
  ink.addLine([x1, y1, x2, y2], 1.5);
  if (!mark.text) return;
  const line = noteLine(context, mark.text);
  // The side that was asked for, unless the text would leave the frame there or stand on data.
  const asked = mark.side ?? 'n';
  let best = { box: null as Box | null, cost: Number.POSITIVE_INFINITY };
  for (const side of [asked, ...(['e', 'w', 'n', 's'] as const)]) {
    const reach = fits ? 0 : 10;
    const x =
      side === 'e' ? Math.max(x1, x2) + reach : side === 'w' ? Math.min(x1, x2) - reach : (x1 + x2) / 2;
    const box = boxBeside(side, x, (y1 + y2) / 2, line.width, line.ascent + line.descent, 2.2);
    const cost = ink.weigh(box) + 20 * overhang(box, context.frame, 1) + (side === asked ? 0 : 14);
    if (cost < best.cost) best = { box, cost };
  }
  if (!best.box) return;
  canvas.text(line, best.box.x, best.box.y + line.ascent, 'start', 0, color);
  ink.block(best.box);
}

/** A ring about a curve and an arrow from its top to the axis it belongs to. */
export function drawAxisArrow(context: PanelContext, mark: MarkOf<'axisArrow'>): void {
  const { canvas, style, ink } = context;
  const [x, y] = [context.x.map(mark.at[0]), scaleOf(context, mark).map(mark.at[1])];
  if (!Number.isFinite(x + y)) return;
  const [rx, ry, length] = [mark.rx ?? 2.6, mark.ry ?? 6, mark.length ?? 15];
  const direction = mark.to === 'left' ? -1 : 1;
  const color = colorOf(mark);
  const look = { color, width: style.frame };
  canvas.outline(ellipse(x, y, rx, ry), look);
  canvas.line([x, y - ry, x + direction * (length - 3), y - ry], look);
  canvas.arrowHead(x + direction * length, y - ry, direction, 0, color);
  ink.block({
    x: Math.min(x - rx, x + direction * length) - 2,
    y: y - ry - 2,
    w: length + rx + 4,
    h: 2 * ry + 4,
  });
}

const STATIONS = 12;

/** Offset path of an arrow about a station of the walk, smoothed over five stations so that noise does not shake it. */
function offsetPath(walk: ReturnType<typeof walkAlong>, middle: number, length: number, offset: number) {
  const raw: number[] = [];
  let turn = 0;
  let before = Number.NaN;
  for (let i = 0; i <= STATIONS; i++) {
    const d = middle - length / 2 + (length * i) / STATIONS;
    const { ux, uy } = walk.directionAt(d, 3.5);
    const angle = Math.atan2(uy, ux);
    if (Number.isFinite(before))
      turn += Math.abs(Math.atan2(Math.sin(angle - before), Math.cos(angle - before)));
    before = angle;
    const c = walk.at(d);
    raw.push(c.x + uy * offset, c.y - ux * offset);
  }
  const path: number[] = [];
  for (let i = 0; i <= STATIONS; i++) {
    const [from, to] = [Math.max(0, i - 2), Math.min(STATIONS, i + 2)];
    let [sx, sy] = [0, 0];
    for (let k = from; k <= to; k++) {
      sx += raw[2 * k]!;
      sy += raw[2 * k + 1]!;
    }
    path.push(sx / (to - from + 1), sy / (to - from + 1));
  }
  return { path, turn };
}

/**
 * An arrow beside a curve that shows the sweep's direction, never on it: 39 stations x 2 sides; 1.5 x ink under the arrow
 * + 2 x under the number + 6 x turning angle + 5 |u - 0.5| (STYLE 10.6).
 */
export function drawSweepArrow(context: PanelContext, mark: MarkOf<'sweep'>): void {
  const { canvas, frame, ink, style } = context;
  const xy = project(context, mark.x, mark.y, scaleOf(context, mark));
  const drawn = xy.filter((_, k) => Number.isFinite(xy[k & ~1]! + xy[k | 1]!));
  const length = mark.length ?? (frame.w < 170 ? 12 : 16); // panels under 60 mm
  const walk = walkAlong(drawn);
  // A curve of noise runs up and down the whole frame: an arrow beside it shows nothing.
  const isNoise = walk.total > 6 * (frame.w + frame.h);
  if (walk.total < length * 1.5 || isNoise) return;
  const line = mark.text ? noteLine(context, mark.text) : null;
  const cap = CAP_HEIGHT * style.text.note;
  const outside = (x: number, y: number): number =>
    40 * Math.max(0, frame.x + 4 - x, x - frame.x - frame.w + 4, frame.y + 4 - y, y - frame.y - frame.h + 4);
  const place = (share: number, offset: number) => {
    const middle = share * walk.total;
    const { path, turn } = offsetPath(walk, middle, length, offset);
    let cost = turn * 6 + Math.abs(share - 0.5) * 5;
    for (let i = 0; i < path.length; i += 2) {
      const [x, y] = [path[i]!, path[i + 1]!];
      cost += 1.5 * ink.weigh({ x: x - 2, y: y - 2, w: 4, h: 4 }) + outside(x, y);
    }
    let [tx, ty] = [0, 0];
    if (line) {
      const c = walk.at(middle);
      const [dx, dy] = [path[STATIONS]! - c.x, path[STATIONS + 1]! - c.y];
      const n = Math.hypot(dx, dy) || 1;
      tx = path[STATIONS]! + (dx / n) * (2.6 + line.width / 2);
      ty = path[STATIONS + 1]! + (dy / n) * (2.6 + cap / 2);
      const box = { x: tx - line.width / 2 - 1, y: ty - cap / 2 - 1, w: line.width + 2, h: cap + 2 };
      cost += 2 * ink.weigh(box) + outside(tx, ty);
    }
    return { path, tx, ty, cost };
  };
  let best = place(mark.at ?? 0.5, mark.offset ?? 5.5);
  if (mark.at === undefined) {
    const [from, to] = mark.within ?? [0.12, 0.88];
    const offsets = mark.offset ? [mark.offset] : [5.5, -5.5];
    for (let share = from; share <= to + 1e-9; share += 0.02) {
      for (const offset of offsets) {
        const candidate = place(share, offset);
        if (candidate.cost < best.cost) best = candidate;
      }
    }
  }
  const { path } = best;
  const end = path.length - 2;
  const [dx, dy] = [path[end]! - path[end - 4]!, path[end + 1]! - path[end - 3]!];
  const n = Math.hypot(dx, dy) || 1;
  const color = colorOf(mark);
  canvas.line(path.slice(0, -2), { color, width: style.line.trace, round: true });
  canvas.arrowHead(path[end]! + (dx / n) * 1.5, path[end + 1]! + (dy / n) * 1.5, dx, dy, color);
  ink.addLine(path, 1.2, 1.2);
  if (!line) return;
  canvas.text(line, best.tx, best.ty + cap / 2, 'middle', 0, color);
  ink.block({ x: best.tx - line.width / 2, y: best.ty - line.ascent / 2, w: line.width, h: line.ascent });
}
