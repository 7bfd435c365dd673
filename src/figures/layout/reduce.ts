import type { Values } from '../figure.ts';

/**
 * Fewer points with the same picture (STYLE 7). Coordinates are x y pairs in pt.
 * Lines: min-max per column of 0.12 pt where x is monotone, then Douglas-Peucker; loops Douglas-Peucker only.
 */
const COLUMN_PT = 0.12;
const TOLERANCE_PT = 0.02;
const REDUCE_FROM = 4000;
const JUMP_PT = 10;

/** Per column keeps first, lowest, highest and last point: a one-sample spike survives. */
function keepColumnExtremes(xy: Float64Array, column: number): Float64Array {
  const n = xy.length / 2;
  const out = new Float64Array(xy.length);
  let length = 0;
  const put = (k: number): void => {
    out[length++] = xy[2 * k]!;
    out[length++] = xy[2 * k + 1]!;
  };
  let i = 0;
  while (i < n) {
    const here = Math.floor(xy[2 * i]! / column);
    let [end, low, high] = [i, i, i];
    while (end < n && Math.floor(xy[2 * end]! / column) === here) {
      if (xy[2 * end + 1]! < xy[2 * low + 1]!) low = end;
      if (xy[2 * end + 1]! > xy[2 * high + 1]!) high = end;
      end++;
    }
    const [a, b] = [Math.min(low, high), Math.max(low, high)];
    put(i);
    if (a > i) put(a);
    if (b > a) put(b);
    if (end - 1 > b) put(end - 1);
    i = end;
  }
  return out.slice(0, length);
}

/** Douglas-Peucker with an own stack: no point left out lies further than `tolerance` from the line kept. */
export function simplifyLine(xy: Float64Array, tolerance: number): Float64Array {
  const n = xy.length / 2;
  if (n < 3) return xy;
  const keep = new Uint8Array(n);
  keep[0] = 1;
  keep[n - 1] = 1;
  const stack = [0, n - 1];
  while (stack.length > 0) {
    const b = stack.pop()!;
    const a = stack.pop()!;
    const [ax, ay] = [xy[2 * a]!, xy[2 * a + 1]!];
    const [dx, dy] = [xy[2 * b]! - ax, xy[2 * b + 1]! - ay];
    const length2 = dx * dx + dy * dy;
    let farthest = -1;
    let most = tolerance * tolerance;
    for (let i = a + 1; i < b; i++) {
      const [px, py] = [xy[2 * i]! - ax, xy[2 * i + 1]! - ay];
      const t = length2 > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length2)) : 0;
      const distance2 = (px - t * dx) ** 2 + (py - t * dy) ** 2;
      if (distance2 > most) {
        most = distance2;
        farthest = i;
      }
    }
    if (farthest > 0) {
      keep[farthest] = 1;
      stack.push(a, farthest, farthest, b);
    }
  }
  return xy.filter((_, k) => keep[k >> 1] === 1);
}

function isMonotoneInX(xy: Float64Array): boolean {
  let direction = 0;
  for (let i = 2; i < xy.length; i += 2) {
    const step = Math.sign(xy[i]! - xy[i - 2]!);
    if (step === 0) continue;
    if (direction === 0) direction = step;
    else if (step !== direction) return false;
  }
  return true;
}

export function reduceLine(xy: Float64Array): Float64Array {
  const many = xy.length / 2 > REDUCE_FROM && isMonotoneInX(xy);
  return simplifyLine(many ? keepColumnExtremes(xy, COLUMN_PT) : xy, TOLERANCE_PT);
}

/** Splits a projected line where a coordinate is not finite; single points are no line. */
export function finiteRuns(xy: Float64Array): Float64Array[] {
  const n = xy.length / 2;
  const runs: Float64Array[] = [];
  let start = 0;
  for (let i = 0; i <= n; i++) {
    if (i < n && Number.isFinite(xy[2 * i]! + xy[2 * i + 1]!)) continue;
    if (i - start > 1) runs.push(xy.slice(2 * start, 2 * i));
    start = i + 1;
  }
  return runs;
}

/**
 * Indices of markers `pitch` apart along the path. The path is taken after an 11-point mean when there are more than 60 points
 * (else noise eats the budget); first, last and both sides of a jump that lasts three points are kept. @param jump [pt]
 */
export function thinMarkers(xy: Values, pitch: number, jump = JUMP_PT): number[] {
  const n = xy.length / 2;
  const isDrawn = (i: number): boolean => Number.isFinite(xy[2 * i]! + xy[2 * i + 1]!);
  const mean = (from: number, to: number, k: 0 | 1): number => {
    let [sum, count] = [0, 0];
    for (let i = Math.max(0, from); i <= Math.min(n - 1, to); i++) {
      if (!isDrawn(i)) continue;
      sum += xy[2 * i + k]!;
      count++;
    }
    return count > 0 ? sum / count : Number.NaN;
  };
  const half = n > 60 ? 5 : 0;
  const keep = new Set<number>();
  let walked = pitch;
  let [px, py] = [Number.NaN, Number.NaN];
  let last = -1;
  for (let i = 0; i < n; i++) {
    if (!isDrawn(i)) continue;
    const x = half > 0 ? mean(i - half, i + half, 0) : xy[2 * i]!;
    const y = half > 0 ? mean(i - half, i + half, 1) : xy[2 * i + 1]!;
    if (Number.isFinite(px)) walked += Math.hypot(x - px, y - py);
    [px, py] = [x, y];
    const step =
      i > 0 && isDrawn(i - 1) ? Math.hypot(xy[2 * i]! - xy[2 * i - 2]!, xy[2 * i + 1]! - xy[2 * i - 1]!) : 0;
    const lasts =
      step > jump &&
      Math.hypot(mean(i, i + 2, 0) - mean(i - 3, i - 1, 0), mean(i, i + 2, 1) - mean(i - 3, i - 1, 1)) > jump;
    if (lasts) {
      keep.add(i - 1);
      keep.add(i);
      walked = 0;
    } else if (walked >= pitch) {
      keep.add(i);
      walked = 0;
    }
    last = i;
  }
  if (last >= 0) keep.add(last);
  return [...keep].sort((a, b) => a - b);
}
