import { type Deflate, joinBytes } from './deflate.ts';

/** Pixels of a page, red green blue, row by row. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function numbers(...words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => {
    view.setUint32(4 * i, word);
  });
  return bytes;
}

const paeth = (a: number, b: number, c: number): number => {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};

/** Rows with the cheapest of the filters none, sub, up and Paeth, by least sum of absolute differences. */
function filterRows({ width, height, data }: RgbImage): Uint8Array {
  const row = width * 3;
  const out = new Uint8Array(height * (1 + row));
  const candidates = [0, 1, 2, 4].map((filter) => ({ filter, bytes: new Uint8Array(row) }));
  for (let y = 0; y < height; y++) {
    const at = y * row;
    let best = candidates[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of candidates) {
      const { filter, bytes } = candidate;
      let sum = 0;
      for (let i = 0; i < row; i++) {
        const left = i >= 3 ? data[at + i - 3]! : 0;
        const up = y > 0 ? data[at - row + i]! : 0;
        const upLeft = i >= 3 && y > 0 ? data[at - row + i - 3]! : 0;
        const guess = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : paeth(left, up, upLeft);
        const v = (data[at + i]! - guess) & 255;
        bytes[i] = v;
        sum += v < 128 ? v : 256 - v;
      }
      if (sum < least) {
        least = sum;
        best = candidate;
      }
    }
    out[y * (1 + row)] = best.filter;
    out.set(best.bytes, y * (1 + row) + 1);
  }
  return out;
}

/** A PNG of 8-bit RGB without alpha, with its resolution in `pHYs`. @param dpi dots per inch */
export async function encodePng(image: RgbImage, dpi: number, deflate: Deflate): Promise<Uint8Array> {
  const header = new Uint8Array(13);
  header.set(numbers(image.width, image.height));
  header.set([8, 2, 0, 0, 0], 8);
  const perMetre = Math.round(dpi / 0.0254);
  return joinBytes([
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', header),
    chunk('sRGB', Uint8Array.of(0)),
    chunk('pHYs', joinBytes([numbers(perMetre, perMetre), Uint8Array.of(1)])),
    chunk('IDAT', await deflate(filterRows(image))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}
