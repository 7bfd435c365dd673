/** How the bytes of a text file spell characters. Written by hand because the core has no DOM or Node names. */
export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Windows-1252 for 0x80 .. 0x9f; the five unused codes stay as they are. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Offset of the first byte above 0x7f, or the length. Thirty-two bytes at a time: it runs over whole files. */
export function findNonAscii(bytes: Uint8Array): number {
  const length = bytes.length;
  let i = 0;
  while (i < length && ((bytes.byteOffset + i) & 3) !== 0) {
    if (bytes[i]! > 127) return i;
    i++;
  }
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + i, (length - i) >> 2);
  const eights = words.length - 7;
  let w = 0;
  while (w < eights) {
    const front = words[w]! | words[w + 1]! | words[w + 2]! | words[w + 3]!;
    const back = words[w + 4]! | words[w + 5]! | words[w + 6]! | words[w + 7]!;
    if (((front | back) & 0x80808080) !== 0) break;
    w += 8;
  }
  while (w < words.length && (words[w]! & 0x80808080) === 0) w++;
  i += w << 2;
  while (i < length && bytes[i]! < 128) i++;
  return i;
}

/** Length of the UTF-8 sequence at `i` (2 to 4), 0 when it is none: overlong forms and surrogates are refused. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const a = bytes[i]!;
  const follows = (k: number): boolean => (bytes[i + k]! & 0xc0) === 0x80;
  if (a >= 0xc2 && a <= 0xdf) return follows(1) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef) {
    const b = bytes[i + 1]!;
    if ((a === 0xe0 && b < 0xa0) || (a === 0xed && b > 0x9f)) return 0;
    return follows(1) && follows(2) ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const b = bytes[i + 1]!;
    if ((a === 0xf0 && b < 0x90) || (a === 0xf4 && b > 0x8f)) return 0;
    return follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

export function isUtf8(bytes: Uint8Array): boolean {
  let i = findNonAscii(bytes);
  while (i < bytes.length) {
    if (bytes[i]! < 128) {
      i++;
      continue;
    }
    const n = sequenceLength(bytes, i);
    if (n === 0) return false;
    i += n;
  }
  return true;
}

function codePoint(bytes: Uint8Array, i: number, n: number): number {
  const rest = (k: number): number => bytes[i + k]! & 0x3f;
  if (n === 2) return ((bytes[i]! & 0x1f) << 6) | rest(1);
  if (n === 3) return ((bytes[i]! & 0x0f) << 12) | (rest(1) << 6) | rest(2);
  return ((bytes[i]! & 0x07) << 18) | (rest(1) << 12) | (rest(2) << 6) | rest(3);
}

/** Text of `bytes[start, end)`; a broken UTF-8 sequence (a range that cuts one) becomes U+FFFD. */
export function decodeRange(bytes: Uint8Array, start: number, end: number, encoding: TextEncoding): string {
  const single = encoding === 'windows-1252';
  const units = new Uint16Array(Math.min(end - start, 1 << 13) + 2);
  let text = '';
  let used = 0;
  for (let i = start; i < end; ) {
    if (used + 2 > units.length) {
      text += String.fromCharCode.apply(null, units.subarray(0, used) as unknown as number[]);
      used = 0;
    }
    const a = bytes[i]!;
    if (a < 128) {
      units[used++] = a;
      i++;
    } else if (single) {
      units[used++] = a < 0xa0 ? WINDOWS_1252.charCodeAt(a - 0x80) : a;
      i++;
    } else {
      const n = sequenceLength(bytes, i);
      if (n === 0 || i + n > end) {
        units[used++] = 0xfffd;
        i++;
        continue;
      }
      const code = codePoint(bytes, i, n);
      if (code > 0xffff) {
        units[used++] = 0xd800 + ((code - 0x10000) >> 10);
        units[used++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
      } else units[used++] = code;
      i += n;
    }
  }
  return text + String.fromCharCode.apply(null, units.subarray(0, used) as unknown as number[]);
}

/** UTF-16 bytes (without mark) as UTF-8 bytes; a lone surrogate becomes U+FFFD, an odd last byte is dropped. */
export function utf16ToUtf8(bytes: Uint8Array, littleEndian: boolean): Uint8Array {
  const unit = (i: number): number =>
    littleEndian ? bytes[i]! | (bytes[i + 1]! << 8) : (bytes[i]! << 8) | bytes[i + 1]!;
  const out = new Uint8Array((bytes.length >> 1) * 3);
  let n = 0;
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    let code = unit(i);
    if (code >= 0xd800 && code < 0xe000) {
      const low = i + 3 < bytes.length ? unit(i + 2) : 0;
      if (code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i += 2;
      } else code = 0xfffd;
    }
    if (code < 0x80) out[n++] = code;
    else if (code < 0x800) {
      out[n++] = 0xc0 | (code >> 6);
      out[n++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      out[n++] = 0xe0 | (code >> 12);
      out[n++] = 0x80 | ((code >> 6) & 0x3f);
      out[n++] = 0x80 | (code & 0x3f);
    } else {
      out[n++] = 0xf0 | (code >> 18);
      out[n++] = 0x80 | ((code >> 12) & 0x3f);
      out[n++] = 0x80 | ((code >> 6) & 0x3f);
      out[n++] = 0x80 | (code & 0x3f);
    }
  }
  return out.subarray(0, n);
}
