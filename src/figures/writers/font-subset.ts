import type { LoadedFace } from './fonts.ts';

/**
 * A TrueType subset that a browser accepts in @font-face: renumbered glyphs, own cmap, name and kern tables, no hinting.
 * (fontkit's subset has no cmap, name or OS/2, so browsers reject it.) About 4 kB for 30 glyphs.
 */

type Table = readonly [tag: string, bytes: Uint8Array<ArrayBuffer>];

const pad4 = (n: number): number => (n + 3) & ~3;
const powerBelow = (n: number): number => 2 ** Math.floor(Math.log2(n));

/** A table built by writing big-endian numbers into its view. */
function buildTable(length: number, write: (view: DataView) => void): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}

/** The tables of a font file and the lookups a subset needs. */
function openFile(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, { readonly at: number; readonly length: number }>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const p = 12 + 16 * i;
    const tag = String.fromCharCode(...bytes.subarray(p, p + 4));
    tables.set(tag, { at: view.getUint32(p + 8), length: view.getUint32(p + 12) });
  }
  const entry = (tag: string) => {
    const found = tables.get(tag);
    if (!found) throw new Error(`the font file has no table ${tag}`);
    return found;
  };
  const isLong = view.getInt16(entry('head').at + 50) === 1;
  const loca = entry('loca').at;
  const offset = (glyph: number): number =>
    isLong ? view.getUint32(loca + 4 * glyph) : 2 * view.getUint16(loca + 2 * glyph);
  const hmtx = entry('hmtx').at;
  const fullMetrics = view.getUint16(entry('hhea').at + 34);
  return {
    copy: (tag: string) => new Uint8Array(bytes.subarray(entry(tag).at, entry(tag).at + entry(tag).length)),
    glyph: (glyph: number) =>
      new Uint8Array(bytes.subarray(entry('glyf').at + offset(glyph), entry('glyf').at + offset(glyph + 1))),
    advance: (glyph: number) => view.getUint16(hmtx + 4 * Math.min(glyph, fullMetrics - 1)),
    bearing: (glyph: number) =>
      glyph < fullMetrics
        ? view.getInt16(hmtx + 4 * glyph + 2)
        : view.getInt16(hmtx + 4 * fullMetrics + 2 * (glyph - fullMetrics)),
  };
}

/** A simple glyph without its instructions. */
function dropInstructions(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(data.buffer);
  const at = 10 + 2 * view.getInt16(0);
  const length = view.getUint16(at);
  const out = new Uint8Array(data.length - length);
  out.set(data.subarray(0, at));
  out.set(data.subarray(at + 2 + length), at + 2); // the instruction count stays, as 0
  return out;
}

/** A composite glyph with its parts renumbered by `add` and without instructions. */
function renumberParts(
  data: Uint8Array<ArrayBuffer>,
  add: (glyph: number) => number,
): Uint8Array<ArrayBuffer> {
  const [MORE, WORDS, SCALE, SCALE_XY, MATRIX, INSTRUCTIONS] = [0x20, 0x01, 0x08, 0x40, 0x80, 0x100];
  const view = new DataView(data.buffer);
  let at = 10;
  let flags = MORE;
  while (flags & MORE) {
    flags = view.getUint16(at);
    view.setUint16(at, flags & ~INSTRUCTIONS);
    view.setUint16(at + 2, add(view.getUint16(at + 2)));
    at += 4 + (flags & WORDS ? 4 : 2) + (flags & SCALE ? 2 : flags & SCALE_XY ? 4 : flags & MATRIX ? 8 : 0);
  }
  return data.slice(0, at);
}

/** Format 4 character map of code points to the new glyph numbers. */
function buildCmap(map: readonly (readonly [code: number, glyph: number])[]): Uint8Array<ArrayBuffer> {
  const segments = map.length + 1;
  const power = powerBelow(segments);
  const words = [
    ...[0, 1, 3, 1, 0, 12], // one subtable: Windows, Unicode BMP
    ...[4, 16 + 8 * segments, 0, segments * 2, power * 2, Math.log2(power), (segments - power) * 2],
    ...map.map(([code]) => code),
    0xffff,
    0,
    ...map.map(([code]) => code),
    0xffff,
    ...map.map(([code, glyph]) => (glyph - code) & 0xffff),
    1,
    ...new Array<number>(segments).fill(0),
  ];
  return buildTable(words.length * 2, (view) => {
    words.forEach((word, i) => {
      view.setUint16(2 * i, word);
    });
  });
}

/** Kerning of every pair of the subset, measured by shaping, so that browsers set the advances the layout used. */
function buildKern(
  face: LoadedFace,
  map: readonly (readonly [number, number])[],
): Uint8Array<ArrayBuffer> | null {
  const { font } = face;
  const pairs: [left: number, right: number, move: number][] = [];
  for (const [c1, g1] of map) {
    for (const [c2, g2] of map) {
      if (c1 === 32 || c2 === 32) continue;
      const shaped = font.layout(String.fromCodePoint(c1, c2)).advanceWidth;
      const move = shaped - font.glyphForCodePoint(c1).advanceWidth - font.glyphForCodePoint(c2).advanceWidth;
      if (Math.abs(move) > font.unitsPerEm / 500) pairs.push([g1, g2, Math.round(move)]);
    }
  }
  if (pairs.length === 0) return null;
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return buildTable(18 + 6 * pairs.length, (view) => {
    const power = powerBelow(pairs.length);
    const header = [0, 1, 0, 14 + 6 * pairs.length, 1, pairs.length, power * 6, Math.log2(power)];
    [...header, (pairs.length - power) * 6].forEach((word, i) => {
      view.setUint16(2 * i, word);
    });
    pairs.forEach(([left, right, move], i) => {
      view.setUint16(18 + 6 * i, left);
      view.setUint16(20 + 6 * i, right);
      view.setInt16(22 + 6 * i, move);
    });
  });
}

/** A family name of our own: the licence reserves `Liberation` for unmodified files. */
function buildName(): Uint8Array<ArrayBuffer> {
  const records = [1, 2, 4, 6].map((id) => ({ id, text: id === 2 ? 'Regular' : 'Subset' }));
  const strings = 6 + 12 * records.length;
  const length = records.reduce((total, { text }) => total + 2 * text.length, strings);
  return buildTable(length, (view) => {
    view.setUint16(2, records.length);
    view.setUint16(4, strings);
    let at = 0;
    records.forEach(({ id, text }, i) => {
      [3, 1, 0x409, id, 2 * text.length, at].forEach((word, k) => {
        view.setUint16(6 + 12 * i + 2 * k, word);
      });
      for (const character of text) {
        view.setUint16(strings + at, character.charCodeAt(0));
        at += 2;
      }
    });
  });
}

function checksum(bytes: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 4) {
    const word =
      ((bytes[i]! << 24) | ((bytes[i + 1] ?? 0) << 16) | ((bytes[i + 2] ?? 0) << 8) | (bytes[i + 3] ?? 0)) >>>
      0;
    total = (total + word) >>> 0;
  }
  return total;
}

/** Puts tables (in order of their tags) into a file with directory and checksums. */
function assembleFile(tables: readonly Table[]): Uint8Array {
  const start = 12 + 16 * tables.length;
  const file = new Uint8Array(tables.reduce((total, [, bytes]) => total + pad4(bytes.length), start));
  const view = new DataView(file.buffer);
  const power = powerBelow(tables.length);
  view.setUint32(0, 0x10000);
  [tables.length, power * 16, Math.log2(power), (tables.length - power) * 16].forEach((word, i) => {
    view.setUint16(4 + 2 * i, word);
  });
  let at = start;
  let head = 0;
  tables.forEach(([tag, bytes], i) => {
    const p = 12 + 16 * i;
    for (let k = 0; k < 4; k++) view.setUint8(p + k, tag.charCodeAt(k));
    view.setUint32(p + 4, checksum(bytes));
    view.setUint32(p + 8, at);
    view.setUint32(p + 12, bytes.length);
    file.set(bytes, at);
    if (tag === 'head') head = at;
    at += pad4(bytes.length);
  });
  view.setUint32(head + 8, (0xb1b0afba - checksum(file)) >>> 0);
  return file;
}

/** A font file with the glyphs of `characters` only. Throws where the face has no such table (it must be TrueType). */
export function subsetFont(face: LoadedFace, characters: ReadonlySet<string>): Uint8Array {
  const source = openFile(face.bytes);
  const order = [0];
  const indexOf = new Map([[0, 0]]);
  const add = (glyph: number): number => {
    let index = indexOf.get(glyph);
    if (index === undefined) {
      index = order.length;
      order.push(glyph);
      indexOf.set(glyph, index);
    }
    return index;
  };
  const codes = [...characters].map((c) => c.codePointAt(0)!).sort((a, b) => a - b);
  const map = codes.map((code) => [code, add(face.font.glyphForCodePoint(code).id)] as const);
  const glyphs: Uint8Array[] = [];
  for (let i = 0; i < order.length; i++) {
    const data = source.glyph(order[i]!); // composites append their parts to `order` while we walk it
    const contours = data.length === 0 ? 0 : new DataView(data.buffer).getInt16(0);
    glyphs.push(data.length === 0 ? data : contours >= 0 ? dropInstructions(data) : renumberParts(data, add));
  }
  const offsets = [0];
  for (const glyph of glyphs) offsets.push(offsets[offsets.length - 1]! + pad4(glyph.length));
  const glyf = new Uint8Array(offsets[offsets.length - 1]!);
  glyphs.forEach((glyph, i) => {
    glyf.set(glyph, offsets[i]);
  });
  const head = source.copy('head');
  new DataView(head.buffer).setInt16(50, 1);
  new DataView(head.buffer).setUint32(8, 0);
  const hhea = source.copy('hhea');
  new DataView(hhea.buffer).setUint16(34, order.length);
  const maxp = source.copy('maxp');
  new DataView(maxp.buffer).setUint16(4, order.length);
  const hmtx = buildTable(4 * order.length, (view) => {
    order.forEach((glyph, i) => {
      view.setUint16(4 * i, source.advance(glyph));
      view.setInt16(4 * i + 2, source.bearing(glyph));
    });
  });
  const loca = buildTable(4 * offsets.length, (view) => {
    offsets.forEach((offset, i) => {
      view.setUint32(4 * i, offset);
    });
  });
  const post = new Uint8Array(32);
  post.set([0, 3, 0, 0]);
  post.set(source.copy('post').subarray(4, 16), 4);
  const kern = buildKern(face, map);
  return assembleFile([
    ['OS/2', source.copy('OS/2')],
    ['cmap', buildCmap(map)],
    ['glyf', glyf],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ...(kern ? [['kern', kern] as const] : []),
    ['loca', loca],
    ['maxp', maxp],
    ['name', buildName()],
    ['post', post],
  ]);
}
