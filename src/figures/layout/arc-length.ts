import type { Values } from '../figure.ts';

/** A polyline (x y pairs) that can be walked by distance [pt]. */
export interface Walk {
  readonly total: number;
  at(distance: number): { readonly x: number; readonly y: number };
  /** Unit direction about a distance, taken over `reach` pt to each side. */
  directionAt(distance: number, reach: number): { readonly ux: number; readonly uy: number };
}

export function walkAlong(xy: Values): Walk {
  const n = xy.length / 2;
  const lengths = new Float64Array(n);
  for (let i = 1; i < n; i++) {
    lengths[i] = lengths[i - 1]! + Math.hypot(xy[2 * i]! - xy[2 * i - 2]!, xy[2 * i + 1]! - xy[2 * i - 1]!);
  }
  const total = lengths[n - 1] ?? 0;
  const at = (distance: number): { x: number; y: number } => {
    const d = Math.max(0, Math.min(total, distance));
    let [low, high] = [0, n - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lengths[middle]! <= d) low = middle;
      else high = middle;
    }
    const span = lengths[high]! - lengths[low]!;
    const t = span > 0 ? (d - lengths[low]!) / span : 0;
    return {
      x: xy[2 * low]! + t * (xy[2 * high]! - xy[2 * low]!),
      y: xy[2 * low + 1]! + t * (xy[2 * high + 1]! - xy[2 * low + 1]!),
    };
  };
  return {
    total,
    at,
    directionAt(distance, reach) {
      const [a, b] = [at(distance - reach), at(distance + reach)];
      const n = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      return { ux: (b.x - a.x) / n, uy: (b.y - a.y) / n };
    },
  };
}
