import { readSharedStrings, readString } from './strings.ts';

/** A cell of a sheet: a number or a text; formulas come with their last value. */
export type XlsCell = number | string;

export interface XlsSheet {
  readonly name: string;
  /** Rows by index from 0; a row holds its cells by column from 0, holes are undefined. */
  readonly rows: readonly (readonly (XlsCell | undefined)[])[];
}

const MOST_ROWS = 65_536;
const MOST_COLUMNS = 256;

const RECORD = {
  formula: 0x0006,
  end: 0x000a,
  continue: 0x003c,
  sheet: 0x0085,
  multipleRk: 0x00bd,
  sharedStrings: 0x00fc,
  sharedLabel: 0x00fd,
  number: 0x0203,
  label: 0x0204,
  boolOrError: 0x0205,
  formulaText: 0x0207,
  rk: 0x027e,
} as const;

const ERROR_TEXTS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

/** A number in 30 bits: the upper half of a double or an integer, either of them a hundredth if the lowest bit is set. */
function decodeRk(word: number): number {
  let value: number;
  if (word & 2) value = word >> 2;
  else {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(4, word & 0xfffffffc, true);
    value = view.getFloat64(0, true);
  }
  return word & 1 ? value / 100 : value;
}

interface RecordAt {
  readonly type: number;
  readonly start: number;
  readonly length: number;
  /** Offset of the next record. */
  readonly next: number;
}

function readRecord(view: DataView, at: number): RecordAt | null {
  if (at + 4 > view.byteLength) return null;
  const length = view.getUint16(at + 2, true);
  const start = at + 4;
  if (start + length > view.byteLength) return null;
  return { type: view.getUint16(at, true), start, length, next: start + length };
}

/** Cells of one sheet, from its first record to its end mark or `until`. */
function readSheet(
  view: DataView,
  bytes: Uint8Array,
  from: number,
  until: number,
  shared: readonly string[],
  room: { rows: number },
): (XlsCell | undefined)[][] {
  const rows: (XlsCell | undefined)[][] = [];
  const put = (row: number, column: number, value: XlsCell): void => {
    if (row >= MOST_ROWS || column >= MOST_COLUMNS) return;
    // a cell in the last row of each of 256 sheets must not cost 16 million empty rows
    if (row >= rows.length + room.rows) return;
    for (; rows.length <= row; room.rows--) rows.push([]);
    rows[row]![column] = value;
  };
  let waiting: { row: number; column: number } | null = null;
  for (let record = readRecord(view, from); record; record = readRecord(view, record.next)) {
    const { type, start, length } = record;
    if (type === RECORD.end || start >= until) break;
    if (type === RECORD.formulaText && waiting) {
      put(waiting.row, waiting.column, readString(bytes, start, start + length)?.text ?? '');
      waiting = null;
      continue;
    }
    if (length < 6) continue;
    const row = view.getUint16(start, true);
    const column = view.getUint16(start + 2, true);
    if (type === RECORD.number && length >= 14) put(row, column, view.getFloat64(start + 6, true));
    else if (type === RECORD.rk && length >= 10) put(row, column, decodeRk(view.getInt32(start + 6, true)));
    else if (type === RECORD.multipleRk) {
      for (let k = 0; 4 + 6 * (k + 1) + 2 <= length; k++)
        put(row, column + k, decodeRk(view.getInt32(start + 6 + 6 * k, true)));
    } else if (type === RECORD.sharedLabel && length >= 10) {
      put(row, column, shared[view.getUint32(start + 6, true)] ?? '');
    } else if (type === RECORD.label)
      put(row, column, readString(bytes, start + 6, start + length)?.text ?? '');
    else if (type === RECORD.boolOrError && length >= 8) {
      const value = bytes[start + 6]!;
      put(
        row,
        column,
        bytes[start + 7] === 1 ? (ERROR_TEXTS[value] ?? '#N/A') : value === 1 ? 'TRUE' : 'FALSE',
      );
    } else if (type === RECORD.formula && length >= 14) {
      // The value of a formula is a double, or a mark that says text, error or truth value.
      if (view.getUint16(start + 12, true) !== 0xffff) put(row, column, view.getFloat64(start + 6, true));
      else if (bytes[start + 6] === 0) waiting = { row, column };
      else if (bytes[start + 6] === 2) put(row, column, ERROR_TEXTS[bytes[start + 8]!] ?? '#N/A');
      else if (bytes[start + 6] === 1) put(row, column, bytes[start + 8] === 1 ? 'TRUE' : 'FALSE');
    }
  }
  return rows;
}

/**
 * Sheets of a BIFF8 workbook stream: numbers, shared and own texts, values of formulas. Work and memory are bounded by the bytes of
 * the stream: each record is read once, rows and columns stop at the limits of the format.
 * @see [MS-XLS] Excel Binary File Format
 */
export function readWorkbook(stream: Uint8Array): readonly XlsSheet[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const places: { name: string; offset: number }[] = [];
  let shared: readonly string[] = [];
  for (let record = readRecord(view, 0); record; record = readRecord(view, record.next)) {
    if (record.type === RECORD.end) break;
    if (record.type === RECORD.sheet && record.length >= 8 && places.length < 256) {
      const isWide = (stream[record.start + 7]! & 1) === 1;
      const count = stream[record.start + 6]!;
      let name = '';
      for (let k = 0; k < count; k++) {
        const at = record.start + 8 + (isWide ? 2 * k : k);
        if (at + (isWide ? 2 : 1) > record.next) break;
        name += String.fromCharCode(isWide ? view.getUint16(at, true) : stream[at]!);
      }
      places.push({ name, offset: view.getUint32(record.start, true) });
    } else if (record.type === RECORD.sharedStrings) {
      const pieces = [{ start: record.start, end: record.next }];
      for (
        let more = readRecord(view, record.next);
        more?.type === RECORD.continue;
        more = readRecord(view, more.next)
      ) {
        pieces.push({ start: more.start, end: more.next });
      }
      shared = readSharedStrings(stream, pieces);
    }
  }
  const offsets = [...new Set(places.map(({ offset }) => offset))].sort((a, b) => a - b);
  const seen = new Set<number>();
  // rows of all sheets together: those the bytes can fill, and one sheet of empty ones
  const room = { rows: MOST_ROWS + Math.ceil(stream.length / 8) };
  return places.map(({ name, offset }) => {
    // A sheet ends at the next one: 256 sheets that all point to one place must not cost 256 readings.
    const first = seen.has(offset) ? null : readRecord(view, offset);
    seen.add(offset);
    const until = offsets.find((other) => other > offset) ?? stream.length;
    return { name, rows: first ? readSheet(view, stream, first.next, until, shared, room) : [] };
  });
}
