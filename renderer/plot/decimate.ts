/** Points beyond which a view is thinned. */
export const DECIMATE_FROM = 4000;
/** More than this cannot be drawn as SVG: a long record whose x jumps from row to row has a pixel column for each. */
const MOST_KEPT = 200_000;
const BUCKETS = 20_000;

/**
 * Keeps per pixel column the first, lowest, highest and last point, so that no spike is lost and the line looks the same.
 * @param x positions, in measured order; rising for at least most of the run
 * @returns rows kept, ascending; where x jumps so much that they are too many, lowest and highest of equal runs of rows
 */
export function decimateMinMax(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  domain: readonly [number, number],
  columns: number,
): Int32Array {
  const n = x.length;
  if (n <= DECIMATE_FROM) return Int32Array.from({ length: n }, (_, i) => i);
  const kept: number[] = [];
  const width = (domain[1] - domain[0]) / columns;
  let column = Number.NaN;
  let first = 0;
  let low = 0;
  let high = 0;
  const flush = (last: number) => {
    const rows = [first, low, high, last].sort((a, b) => a - b);
    for (const row of rows) if (kept.at(-1) !== row) kept.push(row);
  };
  for (let i = 0; i < n; i++) {
    const at = Math.floor((x[i]! - domain[0]) / width);
    if (kept.length > MOST_KEPT) return keepExtremes(y, BUCKETS);
    if (at !== column) {
      if (i > 0) flush(i - 1);
      column = at;
      first = i;
      low = i;
      high = i;
    } else {
      if (y[i]! < y[low]!) low = i;
      if (y[i]! > y[high]!) high = i;
    }
  }
  flush(n - 1);
  return Int32Array.from(kept);
}

/** Lowest and highest row of each of so many equal runs of rows. */
function keepExtremes(y: ArrayLike<number>, buckets: number): Int32Array {
  const kept: number[] = [];
  for (let k = 0; k < buckets; k++) {
    const from = Math.floor((k * y.length) / buckets);
    const to = Math.floor(((k + 1) * y.length) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (y[i]! < y[low]!) low = i;
      if (y[i]! > y[high]!) high = i;
    }
    if (to > from) kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return Int32Array.from(kept);
}
