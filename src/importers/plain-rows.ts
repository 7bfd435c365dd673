import { TENS } from './long-decimal.ts';
import { CellShape, joinDigits, LONGEST_CELL, readPlainCell, SIXES, UPPER, ZEROS } from './plain-cell.ts';

const LF = 10;
const CR = 13;
const TAB = 9;
const BLANK = 32;
const QUOTE = 34;
const PLUS = 43;
const MINUS = 45;

/** Separator and mark as bytes, and which columns are wanted: an empty array for a column that is passed over. */
export interface PlainTable {
  readonly separator: number;
  readonly mark: number;
  readonly skipped: readonly boolean[];
}

/**
 * The fast way through a table: rows of which every wanted cell is a plain decimal number, blanks around it at most. Everything
 * else (gaps, quotes, words, missing cells, the last bytes of the file) is left to `readNumericTable`, row by row.
 *
 * Instruments write rows of one shape, so each cell is first taken to look like the one above it: sign, digits, mark, digits,
 * exponent, separator at the same places. Its digits are then read four to a word without looking for their end, and one test
 * of all that was assumed decides; where it fails, `readPlainCell` reads the cell as it is. The code is written out in one
 * loop, in 32-bit integers (`| 0`) and without calls that return doubles, because that is what the compiler turns into
 * straight machine code: about 10 ns a cell, where a loop over single bytes takes 35.
 */
export class PlainRows {
  /** Offset behind the last row read, and that of its start. */
  position = 0;
  rowStart = 0;
  private readonly view: DataView;
  private readonly table: PlainTable;
  private shapes: readonly CellShape[] = [];

  constructor(bytes: Uint8Array, table: PlainTable) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.table = table;
  }

  /** Columns to fill; again after they have grown. */
  fill(columns: readonly Float64Array[]): void {
    this.shapes = columns.map((data, k) => new CellShape(data, this.table.skipped[k]!));
  }

  /**
   * Reads rows from `start` into the columns from row `row` on, until one is not plain, `lastRow` is reached or `until` passed.
   * @returns the number of the row behind the last one read
   */
  read(start: number, row: number, lastRow: number, until: number): number {
    const { view, shapes } = this;
    const { separator, mark } = this.table;
    const last = (shapes.length - 1) | 0;
    const safe = Math.min(view.byteLength - LONGEST_CELL, until) | 0;
    let position = start | 0;
    let rowStart = this.rowStart | 0;
    row |= 0;
    rows: while (row < lastRow) {
      let i = position;
      let k = 0;
      for (;;) {
        if (i > safe) break rows;
        const shape = shapes[k]!;
        let c = 0;
        if (shape.skipped) {
          c = view.getUint8(i);
          while (c !== separator && c !== LF && c !== CR) {
            if (c === QUOTE || i > safe) break rows;
            i = (i + 1) | 0;
            c = view.getUint8(i);
          }
        } else {
          let word = view.getInt32(i, true);
          let first = word & 0xff;
          if (first === BLANK) {
            while (first === BLANK && i < safe) {
              i = (i + 1) | 0;
              first = view.getUint8(i);
            }
            word = view.getInt32(i, true);
          }
          const whole = shape.whole;
          let bad = 1;
          if (whole !== 0) {
            let p = i;
            let divisor = shape.divisor;
            if (first === MINUS || first === PLUS) {
              if (first === MINUS) divisor = -divisor;
              p = (p + 1) | 0;
              word >>= 8;
            }
            word ^= ZEROS;
            let value = 0;
            if (whole === 1) {
              bad = ((word >>> 8) & 0xff) ^ 0x30 ^ mark;
              value = word & 0xff;
              bad |= (value + 6) & 0xf0;
            } else {
              if (whole === 3) word = view.getInt32(p, true) ^ ZEROS;
              bad = ((word >>> (whole << 3)) & 0xff) ^ 0x30 ^ mark;
              word <<= 32 - (whole << 3);
              bad |= (word | (word + SIXES)) & UPPER;
              value = joinDigits(word);
            }
            p = (p + whole + 1) | 0;
            const words = shape.words;
            if (words > 0) {
              word = view.getInt32(p, true) ^ ZEROS;
              bad |= (word | (word + SIXES)) & UPPER;
              let digits = joinDigits(word);
              p = (p + 4) | 0;
              if (words > 1) {
                word = view.getInt32(p, true) ^ ZEROS;
                bad |= (word | (word + SIXES)) & UPPER;
                digits = (Math.imul(digits, 10_000) + joinDigits(word)) | 0;
                p = (p + 4) | 0;
              }
              value = value * shape.factor + digits;
              if (words > 2) {
                word = view.getInt32(p, true) ^ ZEROS;
                bad |= (word | (word + SIXES)) & UPPER;
                value = value * 10_000 + joinDigits(word);
                p = (p + 4) | 0;
              }
            }
            const rest = shape.rest;
            if (rest > 0) {
              word = (view.getInt32(p, true) ^ ZEROS) << (32 - (rest << 3));
              bad |= (word | (word + SIXES)) & UPPER;
              value = value * TENS[rest]! + joinDigits(word);
              p = (p + rest) | 0;
            }
            const exponent = shape.exponent;
            if (exponent !== 0) {
              bad |= view.getInt32(p, true) ^ exponent;
              p = (p + 4) | 0;
            }
            c = view.getUint8(p);
            // A digit more, or an exponent where there was none: the cell is not over.
            if (c > 47 && c !== separator) bad = 1;
            if (bad === 0) {
              shape.data[row] = value / divisor;
              i = p;
            }
          }
          if (bad !== 0) {
            i = readPlainCell(view, i, mark, row, shape) | 0;
            if (i < 0) break rows;
            c = view.getUint8(i);
          }
          while (c === BLANK && c !== separator && i < safe) {
            i = (i + 1) | 0;
            c = view.getUint8(i);
          }
        }
        if (k === last) break;
        if (c !== separator) break rows;
        i = (i + 1) | 0;
        k = (k + 1) | 0;
      }
      let c = view.getUint8(i);
      // Phantom columns: nothing but separators and blanks behind the last wanted cell.
      while ((c === separator || c === BLANK || c === TAB) && i < safe) {
        i = (i + 1) | 0;
        c = view.getUint8(i);
      }
      if (c === CR) {
        i = (i + 1) | 0;
        c = view.getUint8(i);
      }
      if (c !== LF) break;
      rowStart = position;
      position = (i + 1) | 0;
      row = (row + 1) | 0;
    }
    this.position = position;
    this.rowStart = rowStart;
    return row;
  }
}
