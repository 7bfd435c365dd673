import type { Side } from '../figure.ts';

/** A rectangle on the page [pt], y down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Area two boxes share when each is `gap` wider; 0 when they are apart. */
export function overlapArea(a: Box, b: Box, gap = 0): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) + gap;
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) + gap;
  return w > 0 && h > 0 ? w * h : 0;
}

export function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by };
}

/** How far a box stands out of a frame, summed over the four sides [pt]. */
export function overhang(box: Box, frame: Box, margin = 0): number {
  return (
    Math.max(0, frame.x + margin - box.x) +
    Math.max(0, box.x + box.w - frame.x - frame.w + margin) +
    Math.max(0, frame.y + margin - box.y) +
    Math.max(0, box.y + box.h - frame.y - frame.h + margin)
  );
}

export function contains(frame: Box, x: number, y: number, tolerance = 0): boolean {
  return (
    x >= frame.x - tolerance &&
    x <= frame.x + frame.w + tolerance &&
    y >= frame.y - tolerance &&
    y <= frame.y + frame.h + tolerance
  );
}

/** Unit steps of the eight sides, y down. */
export const SIDES: Readonly<Record<Side, readonly [dx: number, dy: number]>> = {
  n: [0, -1],
  ne: [1, -1],
  e: [1, 0],
  se: [1, 1],
  s: [0, 1],
  sw: [-1, 1],
  w: [-1, 0],
  nw: [-1, -1],
};
export const ALL_SIDES = Object.keys(SIDES) as readonly Side[];

/** The box of a label that stands on a side of a point, `gap` away. */
export function boxBeside(side: Side, x: number, y: number, w: number, h: number, gap: number): Box {
  const [dx, dy] = SIDES[side];
  const g = dx !== 0 && dy !== 0 ? 0.75 * gap : gap;
  return {
    x: dx > 0 ? x + g : dx < 0 ? x - g - w : x - w / 2,
    y: dy > 0 ? y + g : dy < 0 ? y - g - h : y - h / 2,
    w,
    h,
  };
}
