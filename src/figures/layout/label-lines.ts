import type { Mark, Values } from '../figure.ts';
import { walkAlong } from './arc-length.ts';
import { ALL_SIDES, type Box, boxBeside, grow, overhang } from './box.ts';
import { colorOf, insideFrame, noteLine, type PanelContext, project, scaleOf } from './panel-context.ts';

const STATIONS = [0.97, 0.9, 0.82, 0.74, 0.66, 0.58, 0.5, 0.4, 0.3, 0.2, 0.1] as const;
const GAPS = [2, 3.5, 6, 10] as const;

/** Least distance from the points of a curve to a box. */
function distanceTo(xy: Values, box: Box): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const dx = Math.max(box.x - xy[i]!, 0, xy[i]! - box.x - box.w);
    const dy = Math.max(box.y - xy[i + 1]!, 0, xy[i + 1]! - box.y - box.h);
    const d = dx * dx + dy * dy;
    if (d < least) least = d;
  }
  return Math.sqrt(least);
}

/**
 * Direct labels beside their curves: 11 stations from the end, 8 sides, 4 gaps; 4 x ink + 30 per pt outside + 3 (1 - u),
 * and 25 if another curve is nearer than 1.5 x its own + 2 (STYLE 10.5).
 */
export function labelLines(context: PanelContext): void {
  const { frame, canvas, ink } = context;
  const curves = context.panel.marks.flatMap((mark: Mark) =>
    mark.type === 'line' && mark.direct
      ? [
          {
            text: mark.direct,
            color: colorOf(mark),
            xy: insideFrame(frame, project(context, mark.x, mark.y, scaleOf(context, mark))),
          },
        ]
      : [],
  );
  for (const curve of curves) {
    if (curve.xy.length < 4) continue;
    const line = noteLine(context, curve.text);
    const h = line.ascent + line.descent;
    const walk = walkAlong(curve.xy);
    let best = { x: 0, y: 0, cost: Number.POSITIVE_INFINITY };
    for (const share of STATIONS) {
      const at = walk.at(share * walk.total);
      for (const gap of GAPS) {
        for (const side of ALL_SIDES) {
          const box = boxBeside(side, at.x, at.y, line.width, h, gap);
          let cost =
            4 * ink.weigh(grow(box, 0.4)) + 30 * overhang(box, frame, 2) + 0.8 * gap + 3 * (1 - share);
          if (cost >= best.cost) continue;
          const own = distanceTo(curve.xy, box);
          if (curves.some((other) => other !== curve && distanceTo(other.xy, box) < 1.5 * own + 2))
            cost += 25;
          if (cost < best.cost) best = { x: box.x, y: box.y + line.ascent, cost };
        }
      }
    }
    canvas.text(line, best.x, best.y, 'start', 0, curve.color);
    ink.block({ x: best.x, y: best.y - line.ascent, w: line.width, h });
  }
}
