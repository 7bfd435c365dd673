import { wholeLines } from './decode-text.ts';
import type { BlockSource } from './importer.ts';
import { BLOCK_BYTES } from './large-files.ts';
import { readNumericTable, type TableBody, type TableRequest } from './numeric-table.ts';
import { reportBytes } from './read-watch.ts';

/** A line longer than this in a file that is read in blocks ends the table. */
const LONGEST_LINE = BLOCK_BYTES;

/** Columns that grow; the final arrays are views where hardly anything is spare, so that no copy doubles the memory. */
class Columns {
  private readonly data: Float64Array[];
  private rows = 0;
  constructor(widths: readonly Float64Array[], capacity: number) {
    this.data = widths.map((column) => new Float64Array(column.length === 0 ? 0 : capacity));
  }
  append(body: TableBody): void {
    body.columns.forEach((column, k) => {
      if (column.length === 0) return;
      if (this.rows + column.length > this.data[k]!.length) {
        const grown = new Float64Array(Math.ceil(1.2 * (this.rows + column.length)));
        grown.set(this.data[k]!);
        this.data[k] = grown;
      }
      this.data[k]!.set(column, this.rows);
    });
    this.rows += body.rows;
  }
  finish(): readonly Float64Array[] {
    return this.data.map((column) => (column.length === 0 ? column : column.subarray(0, this.rows)));
  }
}

/**
 * Reads a table that goes on behind `head` block by block. Memory: the columns (8 bytes a number), one block and its columns;
 * never the text.
 * @param head the first bytes of the file, ending with a line end; `request.start` lies in it
 */
export function readTableInBlocks(
  head: Uint8Array,
  rest: BlockSource,
  { watch, ...request }: TableRequest,
): TableBody {
  const first = readNumericTable(head, request);
  if (first.end < head.length) return first;
  const bytesPerRow = (head.length - request.start) / Math.max(first.rows, 1);
  const limit = request.maximumRows ?? Number.POSITIVE_INFINITY;
  const expected = Math.min(limit, first.rows + (1.02 * (rest.size - head.length)) / bytesPerRow);
  const columns = new Columns(first.columns, Math.ceil(expected) + 16);
  columns.append(first);
  let { rows, endLine, badCells, ragged, cut } = first;
  let position = head.length;
  while (position < rest.size && rows < limit) {
    if (watch) reportBytes(watch, position, rest.size);
    const block = rest.read(position, Math.min(rest.size, position + BLOCK_BYTES));
    const isLast = position + block.length >= rest.size;
    const used = isLast ? block.length : wholeLines(block);
    if (used === 0 || block.length > LONGEST_LINE + 1) break;
    const body = readNumericTable(used === block.length ? block : block.subarray(0, used), {
      ...request,
      start: 0,
      line: endLine,
      maximumRows: limit - rows,
    });
    columns.append(body);
    rows += body.rows;
    endLine = body.endLine;
    position += body.end;
    badCells = {
      count: badCells.count + body.badCells.count,
      samples: [...badCells.samples, ...body.badCells.samples].slice(0, 5),
    };
    ragged = { count: ragged.count + body.ragged.count, line: ragged.line || body.ragged.line };
    cut = body.cut && { ...body.cut, row: rows + 1 };
    if (body.end < used) break;
  }
  return { rows, columns: columns.finish(), end: position, endLine, badCells, ragged, cut };
}
