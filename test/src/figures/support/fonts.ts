import { readFileSync } from 'node:fs';
import type { FontSet } from '../../../../src/figures/writers/fonts.ts';

const read = (face: string): Uint8Array =>
  new Uint8Array(
    readFileSync(new URL(`../../../../src/figures/fonts/LiberationSans-${face}.ttf`, import.meta.url)),
  );

/** The shipped fonts, read once for all tests. */
export const FONTS: FontSet = { regular: read('Regular'), italic: read('Italic'), bold: read('Bold') };

export function readRasterEngine(): Uint8Array {
  return new Uint8Array(
    readFileSync(new URL('../../../../node_modules/@resvg/resvg-wasm/index_bg.wasm', import.meta.url)),
  );
}
