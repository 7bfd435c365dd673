import type { Values } from '../figure.ts';
import type { Box } from './box.ts';

/**
 * Lines and areas cut to a box before they are written: a fit that runs a million points past the frame is invisible, but
 * renderers that keep 32-bit coordinates fail on it. The writers' clip paths still trim to the frame itself.
 */

/** Beyond the frame [pt]: joins and dashes at the cut stay out of sight. */
export const CLIP_SLACK = 20;

export function growBox({ x, y, w, h }: Box, by: number): Box {
  return { x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by };
}

/** Share of a segment inside a box, by Liang and Barsky; null where it misses the box. */
function insideShare(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  box: Box,
): readonly [number, number] | null {
  let [from, to] = [0, 1];
  for (const [start, delta, low, high] of [
    [x0, x1 - x0, box.x, box.x + box.w],
    [y0, y1 - y0, box.y, box.y + box.h],
  ] as const) {
    if (delta === 0) {
      if (start < low || start > high) return null;
      continue;
    }
    const [a, b] = [(low - start) / delta, (high - start) / delta];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return from < to ? [from, to] : null;
}

/** The parts of a polyline (x y pairs, all finite) that lie in a box; the line itself where all of it does. */
export function clipLine(xy: Float64Array, box: Box): readonly Float64Array[] {
  const isIn = (k: number): boolean =>
    xy[k]! >= box.x && xy[k]! <= box.x + box.w && xy[k + 1]! >= box.y && xy[k + 1]! <= box.y + box.h;
  let whole = true;
  for (let k = 0; k < xy.length && whole; k += 2) whole = isIn(k);
  if (whole) return [xy];
  const parts: Float64Array[] = [];
  let part: number[] = [];
  const finish = (): void => {
    if (part.length >= 4) parts.push(Float64Array.from(part));
    part = [];
  };
  for (let k = 0; k + 3 < xy.length; k += 2) {
    const [x0, y0, x1, y1] = [xy[k]!, xy[k + 1]!, xy[k + 2]!, xy[k + 3]!];
    const share = insideShare(x0, y0, x1, y1, box);
    if (!share) {
      finish();
      continue;
    }
    const [from, to] = share;
    if (part.length === 0) part.push(x0 + from * (x1 - x0), y0 + from * (y1 - y0));
    part.push(x0 + to * (x1 - x0), y0 + to * (y1 - y0));
    if (to < 1) finish();
  }
  finish();
  return parts;
}

/** A polygon cut to a box, by Sutherland and Hodgman: one side of the box after the other. */
export function clipPolygon(xy: Values, box: Box): number[] {
  let points = Array.from({ length: xy.length }, (_, k) => xy[k]!);
  const sides = [
    [0, 1, box.x],
    [0, -1, box.x + box.w],
    [1, 1, box.y],
    [1, -1, box.y + box.h],
  ] as const;
  for (const [axis, sign, limit] of sides) {
    const kept: number[] = [];
    for (let k = 0; k < points.length; k += 2) {
      const next = (k + 2) % points.length;
      const [a, b] = [(points[k + axis]! - limit) * sign, (points[next + axis]! - limit) * sign];
      if (a >= 0) kept.push(points[k]!, points[k + 1]!);
      if (a >= 0 === b >= 0) continue;
      const share = a / (a - b);
      kept.push(
        points[k]! + share * (points[next]! - points[k]!),
        points[k + 1]! + share * (points[next + 1]! - points[k + 1]!),
      );
    }
    points = kept;
  }
  return points;
}
