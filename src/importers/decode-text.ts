import type { BlockSource, DecodedFile, SourceFile } from './importer.ts';
import { decodeRange, isUtf8, type TextEncoding, utf16ToUtf8 } from './text-encoding.ts';

const LF = 10;
const CR = 13;
/** Lines and bytes looked at by detection: the longest header seen has 215 lines. */
const HEAD_LINES = 600;
const HEAD_BYTES = 1 << 18;
const HEAD_LINE_BYTES = 1 << 14;
const PROBE_BYTES = 4096;

/** Offset just behind the line end at `i` (which holds CR or LF): LF, CRLF, CR CR LF and a lone CR are one end each. */
export function skipLineEnd(bytes: Uint8Array, i: number): number {
  if (bytes[i] === LF) return i + 1;
  // At most two more CR: a look-ahead without bound would make a file of CRs quadratic.
  let k = i + 1;
  while (k < i + 3 && bytes[k] === CR) k++;
  return bytes[k] === LF ? k + 1 : i + 1;
}

/** Offset of the next CR or LF at or after `start`, else `end`. */
export function findLineEnd(bytes: Uint8Array, start: number, end = bytes.length): number {
  let i = start;
  while (i < end && bytes[i] !== LF && bytes[i] !== CR) i++;
  return i;
}

/** Bytes of `block` up to and with its last line end; a CR at the very end may belong to a CRLF and is left for the next. */
export function wholeLines(block: Uint8Array): number {
  let end = block.length;
  while (end > 0 && block[end - 1] !== LF && !(block[end - 1] === CR && end < block.length)) end--;
  return end;
}

/** Lines of a text, by the same rule as the bytes. */
export function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r{1,3}\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function detectEncoding(bytes: Uint8Array): { encoding: TextEncoding; mark: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8-bom', mark: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  // UTF-16 without its mark: ASCII text has a zero in every second byte.
  const probe = Math.min(bytes.length, 64) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < probe; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (probe >= 8 && even === 0 && odd > 0.4 * probe) return { encoding: 'utf-16le', mark: 0 };
  if (probe >= 8 && odd === 0 && even > 0.4 * probe) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: isUtf8(bytes) ? 'utf-8' : 'windows-1252', mark: 0 };
}

/** A source whose offsets count from behind the byte order mark, as those of the content do. */
function shiftBlocks(rest: BlockSource, mark: number): BlockSource {
  return mark === 0
    ? rest
    : { size: rest.size - mark, read: (start, end) => rest.read(start + mark, end + mark) };
}

function isBinaryContent(content: Uint8Array): boolean {
  const [a, b, c, d] = content;
  if (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0) return true;
  if (a === 0x50 && b === 0x4b && (c === 3 || c === 5) && (d === 4 || d === 6)) return true;
  const probe = Math.min(content.length, PROBE_BYTES);
  let control = 0;
  for (let i = 0; i < probe; i++) {
    const code = content[i]!;
    if (code === 0) return true;
    if (code < 32 && code !== LF && code !== CR && code !== 9 && code !== 12) control++;
  }
  return control > 0.02 * probe;
}

/** Thrown where an importer wants the whole text of a file that is read in blocks; `importFile` turns it into an issue. */
export class WholeTextNeeded extends Error {}

/** Decodes a file as far as detection needs it; the whole text only when somebody asks. Never fails. */
export function decodeFile(source: SourceFile): DecodedFile {
  const { encoding, mark } = detectEncoding(source.bytes);
  const { rest } = source;
  const stripped = source.bytes.subarray(mark, rest ? wholeLines(source.bytes) : undefined);
  const content = encoding.startsWith('utf-16') ? utf16ToUtf8(stripped, encoding === 'utf-16le') : stripped;
  const isBinary = isBinaryContent(content);
  const slice = (start: number, end: number): string => decodeRange(content, start, end, encoding);
  const head: string[] = [];
  const headStarts: number[] = [];
  const limit = isBinary ? 0 : Math.min(content.length, HEAD_BYTES);
  for (let start = 0; start < limit && head.length < HEAD_LINES; ) {
    const end = findLineEnd(content, start);
    head.push(slice(start, Math.min(end, start + HEAD_LINE_BYTES)));
    headStarts.push(start);
    start = end < content.length ? skipLineEnd(content, end) : end;
  }
  let text: string | undefined;
  let lines: readonly string[] | undefined;
  const getText = (): string => {
    if (rest) throw new WholeTextNeeded();
    text ??= slice(0, content.length);
    return text;
  };
  const getLines = (): readonly string[] => {
    lines ??= splitLines(getText());
    return lines;
  };
  const { name, bytes, sha256, companion, watch } = source;
  return {
    name,
    bytes,
    sha256,
    ...(companion ? { companion } : {}),
    ...(watch ? { watch } : {}),
    ...(rest ? { rest: shiftBlocks(rest, mark) } : {}),
    encoding: isBinary ? 'binary' : encoding,
    isBinary,
    content,
    head,
    headStarts,
    text: getText,
    lines: getLines,
    slice,
  };
}
