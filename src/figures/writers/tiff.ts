import type { RgbImage } from './png.ts';

const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;

/** PackBits (TIFF 6.0, section 9) of one row: runs of equal bytes as two, others as they are. */
function packRow(row: Uint8Array, out: number[]): void {
  let i = 0;
  while (i < row.length) {
    let run = 1;
    while (run < 128 && i + run < row.length && row[i + run] === row[i]) run++;
    if (run >= 3) {
      out.push(257 - run, row[i]!);
      i += run;
      continue;
    }
    const start = i;
    while (
      i < row.length &&
      i - start < 128 &&
      !(i + 2 < row.length && row[i] === row[i + 1] && row[i] === row[i + 2])
    ) {
      i++;
    }
    out.push(i - start - 1);
    for (let k = start; k < i; k++) out.push(row[k]!);
  }
}

/** A baseline TIFF (little-endian, one strip, 8-bit RGB, PackBits) with its resolution. @param dpi dots per inch */
export function encodeTiff(image: RgbImage, dpi: number): Uint8Array {
  const packed: number[] = [];
  const rowLength = image.width * 3;
  for (let y = 0; y < image.height; y++) {
    packRow(image.data.subarray(y * rowLength, (y + 1) * rowLength), packed);
  }
  const entries = 13;
  const extra = 8 + 2 + 12 * entries + 4; // values that do not fit into an entry follow the directory
  const strip = extra + 6 + 16;
  const bytes = new Uint8Array(strip + packed.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, entries, true);
  let at = 10;
  const add = (tag: number, type: number, count: number, value: number): void => {
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    if (type === SHORT && count === 1) view.setUint16(at + 8, value, true);
    else view.setUint32(at + 8, value, true);
    at += 12;
  };
  add(256, LONG, 1, image.width);
  add(257, LONG, 1, image.height);
  add(258, SHORT, 3, extra);
  add(259, SHORT, 1, 32773); // PackBits
  add(262, SHORT, 1, 2); // RGB
  add(273, LONG, 1, strip);
  add(274, SHORT, 1, 1);
  add(277, SHORT, 1, 3);
  add(278, LONG, 1, image.height);
  add(279, LONG, 1, packed.length);
  add(282, RATIONAL, 1, extra + 6);
  add(283, RATIONAL, 1, extra + 14);
  add(296, SHORT, 1, 2); // inch
  for (let k = 0; k < 3; k++) view.setUint16(extra + 2 * k, 8, true);
  for (const offset of [6, 14]) {
    view.setUint32(extra + offset, Math.round(dpi * 100), true);
    view.setUint32(extra + offset + 4, 100, true);
  }
  bytes.set(packed, strip);
  return bytes;
}
