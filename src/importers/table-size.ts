import { findLineEnd } from './decode-text.ts';

const LF = 10;
const CR = 13;

/** Line ends are counted in so many places of so many bytes; a smaller table is counted whole. */
const PROBES = 64;
const PROBE_BYTES = 2048;

/**
 * Rows to make room for; too few is no harm, the columns grow. Exact where all rows have one length.
 * @param width columns: a row has a digit and a separator for each, so that blank lines make no room
 */
export function estimateRows(bytes: Uint8Array, start: number, width: number): number {
  const size = bytes.length - start;
  const whole = size <= PROBES * PROBE_BYTES;
  let counted = 0;
  let ends = 0;
  for (let k = 0; k < (whole ? 1 : PROBES); k++) {
    // A probe goes from line end to line end.
    const from = start + Math.floor((k * (size - PROBE_BYTES)) / PROBES);
    const first = whole ? start : Math.min(bytes.length, findLineEnd(bytes, from) + 1);
    const to = whole ? bytes.length : Math.min(bytes.length, first + PROBE_BYTES);
    let last = first;
    for (let i = first; i < to; i++) {
      const c = bytes[i]!;
      if (c !== LF && (c !== CR || bytes[i + 1] === LF)) continue;
      ends++;
      last = i + 1;
    }
    counted += last - first;
  }
  const lines = whole ? ends : ends === 0 ? PROBES : Math.ceil((size * ends) / counted);
  return Math.min(lines, Math.ceil(size / (2 * width))) + 1;
}

/** Spare rows worth no copy: a view then keeps little more than it shows. */
const MOST_SPARE = 1 / 64;

/** A column without the rows it has room for but not read. */
export function cutColumn(column: Float64Array, rows: number): Float64Array {
  if (column.length <= rows) return column;
  return column.length - rows <= MOST_SPARE * rows ? column.subarray(0, rows) : column.slice(0, rows);
}
