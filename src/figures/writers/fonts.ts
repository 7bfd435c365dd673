import { create, type FontkitFont } from 'fontkit';
import type { Face } from '../figure.ts';

/** The three font files as bytes: hosts read them from `src/figures/fonts`, never from the system. */
export interface FontSet {
  readonly regular: Uint8Array;
  readonly italic: Uint8Array;
  readonly bold: Uint8Array;
}

/** Heights of Liberation Sans per em. */
export const CAP_HEIGHT = 1409 / 2048;
export const DESCENT = 0.21;

/** A face with its bytes, its parsed tables and the advances met so far. */
export interface LoadedFace {
  readonly bytes: Uint8Array;
  readonly font: FontkitFont;
  /** Kerned advance of a string in em. Throws on a code point the face has not: it would print as nothing. */
  advance(text: string): number;
}
export type Fonts = Readonly<Record<Face, LoadedFace>>;

function loadFace(bytes: Uint8Array): LoadedFace {
  const font = create(bytes);
  const known = new Map<string, number>();
  return {
    bytes,
    font,
    advance(text) {
      let width = known.get(text);
      if (width === undefined) {
        for (const character of text) {
          const code = character.codePointAt(0)!;
          if (!font.hasGlyphForCodePoint(code)) {
            throw new Error(
              `no glyph for U+${code.toString(16).toUpperCase().padStart(4, '0')} in "${text}"`,
            );
          }
        }
        width = font.layout(text).advanceWidth / font.unitsPerEm;
        known.set(text, width);
      }
      return width;
    },
  };
}

const loaded = new WeakMap<FontSet, Fonts>();

/** Parses the files of a set once; later calls with the same object are free. */
export function loadFonts(set: FontSet): Fonts {
  let fonts = loaded.get(set);
  if (!fonts) {
    fonts = { r: loadFace(set.regular), i: loadFace(set.italic), b: loadFace(set.bold) };
    loaded.set(set, fonts);
  }
  return fonts;
}

/** True where every character of the text has a glyph in the face. */
export function hasGlyphs(fonts: Fonts, face: Face, text: string): boolean {
  return [...text].every((character) => fonts[face].font.hasGlyphForCodePoint(character.codePointAt(0)!));
}
