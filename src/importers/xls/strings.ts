/** Text of a BIFF8 string with a 16-bit length, and the offset behind it; null when it does not fit. */
export function readString(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly text: string; readonly next: number } | null {
  if (start + 3 > end) return null;
  const count = bytes[start]! | (bytes[start + 1]! << 8);
  const wide = (bytes[start + 2]! & 1) === 1;
  let text = '';
  let at = start + 3;
  for (let k = 0; k < count && at + (wide ? 2 : 1) <= end; k++) {
    text += String.fromCharCode(wide ? bytes[at]! | (bytes[at + 1]! << 8) : bytes[at]!);
    at += wide ? 2 : 1;
  }
  return { text, next: at };
}

/** A run of bytes of the stream. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * The shared strings of a workbook. The table runs over several records; a text that goes on in the next one begins there with
 * a new byte that says how wide its characters are.
 */
export function readSharedStrings(bytes: Uint8Array, pieces: readonly Piece[]): string[] {
  const strings: string[] = [];
  let piece = 0;
  let at = (pieces[0]?.start ?? 0) + 8;
  const ended = (): boolean => {
    while (piece < pieces.length && at >= pieces[piece]!.end) {
      piece++;
      at = pieces[piece]?.start ?? 0;
    }
    return piece >= pieces.length;
  };
  const next = (): number => (ended() ? 0 : bytes[at++]!);
  while (!ended()) {
    const count = next() | (next() << 8);
    let flags = next();
    const runs = flags & 8 ? next() | (next() << 8) : 0;
    const phonetic = flags & 4 ? next() | (next() << 8) | (next() << 16) | (next() << 24) : 0;
    let text = '';
    for (let k = 0; k < count; k++) {
      if (piece >= pieces.length) break;
      if (at >= pieces[piece]!.end) {
        if (ended()) break;
        flags = (flags & ~1) | (next() & 1);
      }
      const low = next();
      text += String.fromCharCode(flags & 1 ? low | (next() << 8) : low);
    }
    strings.push(text);
    let skip = 4 * runs + Math.max(0, phonetic);
    while (skip > 0 && !ended()) {
      const step = Math.min(skip, pieces[piece]!.end - at);
      at += step;
      skip -= step;
    }
  }
  return strings;
}
