import type { Shape } from '../figure.ts';

/** A closed outline as path operators (M L C Z) with their coordinates [pt]. */
export interface Outline {
  readonly ops: string;
  readonly xy: readonly number[];
}

/** Distance of the control points that makes four Bezier arcs a circle. */
export const ARC = 0.5523;

/** Outline of an ellipse as four arcs. */
export function ellipse(x: number, y: number, rx: number, ry: number): Outline {
  const [kx, ky] = [ARC * rx, ARC * ry];
  const xy = [
    x - rx,
    y,
    x - rx,
    y - ky,
    x - kx,
    y - ry,
    x,
    y - ry,
    x + kx,
    y - ry,
    x + rx,
    y - ky,
    x + rx,
    y,
  ];
  return {
    ops: 'MCCCCZ',
    xy: [...xy, x + rx, y + ky, x + kx, y + ry, x, y + ry, x - kx, y + ry, x - rx, y + ky, x - rx, y],
  };
}

/** Outline of a marker about (0, 0); sizes are matched by area to the circle of the same diameter [pt]. */
export function markerOutline(shape: Shape, size: number): Outline {
  const r = size / 2;
  if (shape === 'circle') return ellipse(0, 0, r, r);
  if (shape === 'square') {
    const a = r * 0.886;
    return { ops: 'MLLLZ', xy: [-a, -a, a, -a, a, a, -a, a] };
  }
  if (shape === 'diamond') {
    const a = r * 1.24;
    return { ops: 'MLLLZ', xy: [0, -a, a, 0, 0, a, -a, 0] };
  }
  if (shape === 'plus') {
    const a = r * 1.1;
    return { ops: 'MLML', xy: [-a, 0, a, 0, 0, -a, 0, a] };
  }
  const a = r * 1.3;
  const up = shape === 'triangle' ? -1 : 1;
  return { ops: 'MLLZ', xy: [0, up * a * 0.98, a * 0.98, -up * a * 0.72, -a * 0.98, -up * a * 0.72] };
}
