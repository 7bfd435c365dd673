const LF = 10;
const CR = 13;
const QUOTE = 34;

/** How a file ends inside a row: transfers break, scopes are switched off. */
export interface Cut {
  readonly line: number;
  /** Number of the cut row, from 1. */
  readonly row: number;
  readonly cells: number;
  readonly width: number;
  readonly why: 'cells' | 'number';
}

export interface LastRow {
  readonly rowStart: number;
  readonly cells: number;
  readonly width: number;
  readonly line: number;
  readonly row: number;
  readonly separator: number;
}

function lineText(bytes: Uint8Array, start: number): string {
  let text = '';
  for (let i = start; i < bytes.length && i < start + 4096; i++) {
    const c = bytes[i]!;
    if (c === LF || c === CR) break;
    text += String.fromCharCode(c);
  }
  return text;
}

/** Shape of a number's text: its integer part, the digits of its fraction, its exponent; a cut number misses some of its tail. */
function shapeOf(cell: string): { integer: string; fraction: number; exponent: string | null } {
  const match = /^[+-]?(\d*)(?:[.,](\d*))?(?:[eE]([+-]?\d*))?$/.exec(cell.replaceAll('"', '').trim());
  return { integer: match?.[1] ?? '', fraction: match?.[2]?.length ?? 0, exponent: match?.[3] ?? null };
}

const digitsOf = (exponent: string | null): number => exponent?.replace(/^[+-]/, '').length ?? 0;

/** Up to eight rows before the one at `start`, nearest first. */
function linesBefore(bytes: Uint8Array, start: number): string[] {
  const rows: string[] = [];
  let end = start;
  while (rows.length < 8 && end > 0) {
    while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end--;
    let from = end;
    while (from > 0 && end - from < 4096 && bytes[from - 1] !== LF && bytes[from - 1] !== CR) from--;
    const text = lineText(bytes, from);
    if (!/\d/.test(text)) break;
    rows.push(text);
    end = from;
  }
  return rows;
}

/**
 * Judges the last row of a file without a final line end: null when it is whole. It is cut when it has too few cells, ends in
 * an open quote or inside a number (`-4.00e-`), lacks the trailing separator or the exponent its neighbour has.
 */
export function findCut(bytes: Uint8Array, last: LastRow): Cut | null {
  const { line, row, cells, width } = last;
  const cut = (why: Cut['why']): Cut => ({ line, row, cells, width, why });
  if (cells < width) return cut('cells');
  const text = lineText(bytes, last.rowStart);
  let quotes = 0;
  for (const c of text) if (c.charCodeAt(0) === QUOTE) quotes++;
  if (quotes % 2 === 1) return cut('number');
  const mark = String.fromCharCode(last.separator);
  const lastCell = text.slice(text.lastIndexOf(mark) + 1);
  if (/(?:\d[eE][+-]?|[+-]|\d[.,])$/.test(lastCell)) return cut('number');
  const before = linesBefore(bytes, last.rowStart);
  if (before.length === 0) return null;
  // A phantom separator behind the last column, not one before an empty last cell.
  const closed = (row: string): boolean =>
    mark.trim() !== '' && row.trimEnd().endsWith(mark) && row.split(mark).length > width;
  if (before.every(closed) && !closed(text)) return cut('number');
  // Scientific notation of fixed width: a last cell without its exponent, or with a shorter one, lost its tail.
  const shapes = before.map((row) => shapeOf(row.slice(row.lastIndexOf(mark) + 1)));
  const typical = shapes[0]!;
  const fixed = shapes.every(
    (s) =>
      s.exponent !== null &&
      s.fraction === typical.fraction &&
      digitsOf(s.exponent) === digitsOf(typical.exponent),
  );
  if (!fixed || before.length < 3 || lastCell.trim() === '') return null;
  const shape = shapeOf(lastCell);
  if (shape.exponent !== null) {
    // The tail goes first: whoever has a whole exponent is whole, however short its fraction (EasyEXPERT drops final zeros).
    const { exponent } = shape;
    const shorter = digitsOf(exponent) < digitsOf(typical.exponent);
    return shorter && shapes.some((s) => s.exponent!.startsWith(exponent)) ? cut('number') : null;
  }
  // `0`, or a value spelled without exponent, is no beginning of a number with one digit before the point.
  const zero = (integer: string): boolean => /^0*$/.test(integer);
  if (zero(shape.integer) && !shapes.some((s) => zero(s.integer))) return null;
  return shape.fraction <= typical.fraction ? cut('number') : null;
}
