import type { Corner, Values } from '../figure.ts';
import { type Box, overlapArea } from './box.ts';

/** Ink of data weighs 1, of guides less: a table may cover a guide, never data. */
export const GUIDE_INK = 0.7;
const BLOCKED_PER_PT2 = 6;

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly cost: number;
}

/**
 * One-point raster of everything drawn in a frame, with a summed-area table, so that a box is weighed in four reads.
 * Boxes already placed are kept as rectangles and weigh 6 per pt^2 (STYLE 10).
 */
export class InkMap {
  readonly frame: Box;
  readonly boxes: Box[] = [];
  readonly #columns: number;
  readonly #rows: number;
  readonly #ink: Float32Array;
  #sums: Float64Array | null = null;

  constructor(frame: Box) {
    this.frame = frame;
    this.#columns = Math.ceil(frame.w) + 2;
    this.#rows = Math.ceil(frame.h) + 2;
    this.#ink = new Float32Array(this.#columns * this.#rows);
  }

  /** Marks a square of half width `r` [pt] about a point. */
  addDot(x: number, y: number, r: number, weight = 1): void {
    const i0 = Math.max(0, Math.floor(x - r - this.frame.x));
    const i1 = Math.min(this.#columns - 1, Math.floor(x + r - this.frame.x));
    const j0 = Math.max(0, Math.floor(y - r - this.frame.y));
    const j1 = Math.min(this.#rows - 1, Math.floor(y + r - this.frame.y));
    for (let j = j0; j <= j1; j++) {
      for (let i = i0; i <= i1; i++) {
        const k = j * this.#columns + i;
        if (this.#ink[k]! < weight) this.#ink[k] = weight;
      }
    }
    this.#sums = null;
  }

  /** Marks a polyline (x y pairs), sampled every point; pieces that are not finite are skipped. */
  addLine(xy: Values, r = 0.6, weight = 1): void {
    for (let k = 2; k + 1 < xy.length; k += 2) {
      const [x, y] = [xy[k - 2]!, xy[k - 1]!];
      const [dx, dy] = [xy[k]! - x, xy[k + 1]! - y];
      if (!Number.isFinite(dx + dy)) continue;
      const n = Math.min(4000, Math.max(1, Math.ceil(Math.hypot(dx, dy))));
      for (let i = 0; i <= n; i++) this.addDot(x + (dx * i) / n, y + (dy * i) / n, r, weight);
    }
  }

  block(box: Box): void {
    this.boxes.push(box);
  }

  #sumTable(): Float64Array {
    if (this.#sums) return this.#sums;
    const width = this.#columns + 1;
    const sums = new Float64Array(width * (this.#rows + 1));
    for (let j = 0; j < this.#rows; j++) {
      let row = 0;
      for (let i = 0; i < this.#columns; i++) {
        row += this.#ink[j * this.#columns + i]!;
        sums[(j + 1) * width + i + 1] = sums[j * width + i + 1]! + row;
      }
    }
    this.#sums = sums;
    return sums;
  }

  /** Ink under a box, with 6 per pt^2 for every placed box it touches. */
  weigh(box: Box): number {
    const sums = this.#sumTable();
    const width = this.#columns + 1;
    const column = (x: number): number => Math.max(0, Math.min(this.#columns, x));
    const row = (y: number): number => Math.max(0, Math.min(this.#rows, y));
    const i0 = column(Math.floor(box.x - this.frame.x));
    const i1 = column(Math.ceil(box.x + box.w - this.frame.x));
    const j0 = row(Math.floor(box.y - this.frame.y));
    const j1 = row(Math.ceil(box.y + box.h - this.frame.y));
    let ink =
      sums[j1 * width + i1]! - sums[j0 * width + i1]! - sums[j1 * width + i0]! + sums[j0 * width + i0]!;
    for (const other of this.boxes) ink += BLOCKED_PER_PT2 * overlapArea(box, other, 1);
    return ink;
  }

  /** Whether the box covers data or a placed box; guides may be covered. */
  covers(box: Box): boolean {
    const i1 = Math.min(this.#columns - 1, Math.floor(box.x + box.w - this.frame.x));
    const j1 = Math.min(this.#rows - 1, Math.floor(box.y + box.h - this.frame.y));
    for (let j = Math.max(0, Math.floor(box.y - this.frame.y)); j <= j1; j++) {
      for (let i = Math.max(0, Math.floor(box.x - this.frame.x)); i <= i1; i++) {
        if (this.#ink[j * this.#columns + i]! >= 1) return true;
      }
    }
    return this.boxes.some((other) => overlapArea(box, other) > 0);
  }

  /** Best place of a box in the frame on a 2 pt lattice: least ink, then nearest to the preferred corners. */
  findRoom(w: number, h: number, margin: number, corners: readonly Corner[], clear = 2): Spot {
    const { frame } = this;
    const [left, right] = [frame.x + margin, frame.x + frame.w - margin - w];
    const [top, bottom] = [frame.y + margin, frame.y + frame.h - margin - h];
    if (right < left || bottom < top) return { x: left, y: top, cost: 1e6 };
    let best: Spot = { x: left, y: top, cost: Number.POSITIVE_INFINITY };
    const tryAt = (x: number, y: number): void => {
      const ink = this.weigh({ x: x - clear, y: y - clear, w: w + 2 * clear, h: h + 2 * clear });
      let distance = Number.POSITIVE_INFINITY;
      corners.forEach((corner, rank) => {
        const dx = x - (corner.includes('w') ? left : right);
        const dy = y - (corner.includes('n') ? top : bottom);
        distance = Math.min(distance, Math.hypot(dx, dy) + 6 * rank);
      });
      const cost = 4 * ink + 0.25 * distance;
      if (cost < best.cost) best = { x, y, cost };
    };
    const positions = (from: number, to: number): number[] => {
      const steps = Array.from({ length: Math.floor((to - from) / 2) + 1 }, (_, i) => from + 2 * i);
      return [...steps, to];
    };
    for (const x of positions(left, right)) for (const y of positions(top, bottom)) tryAt(x, y);
    return best;
  }
}
