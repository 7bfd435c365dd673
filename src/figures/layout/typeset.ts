import type { Face } from '../figure.ts';
import { type Fonts, hasGlyphs } from '../writers/fonts.ts';
import { normaliseText, plainText } from './markup.ts';
import { type Line, layoutText } from './text-layout.ts';

/** Lays out markup in the fonts of the figure. @param size [pt] */
export type Typeset = (source: string, size: number, face?: Face) => Line;

/** Stands for a character the face has not: names come from files, and a missing glyph would print as nothing. */
const MISSING = '\u25a1';

/**
 * A typesetter that remembers its lines: margins are measured three times with the same labels.
 * @param onMissing told once per label that holds a character without a glyph
 */
export function createTypesetter(
  fonts: Fonts,
  smallestScript: number,
  onMissing: (label: string) => void,
): Typeset {
  const known = new Map<string, Line>();
  const replaceMissing = (source: string): string => {
    const text = normaliseText(source);
    const drawn = [...text].map((c) => (hasGlyphs(fonts, 'r', c) ? c : MISSING)).join('');
    if (drawn !== text) onMissing(plainText(source));
    return drawn;
  };
  return (source, size, face = 'r') => {
    const key = `${face}${size}${source}`;
    let line = known.get(key);
    if (!line) {
      line = layoutText(replaceMissing(source), size, fonts, smallestScript, face);
      known.set(key, line);
    }
    return line;
  };
}
