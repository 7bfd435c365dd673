import type { Face } from './figure.ts';
import type { Fonts } from './fonts.ts';
import { type Line, layoutText } from './text-layout.ts';

/** Lays out markup in the fonts of the figure. @param size [pt] */
export type Typeset = (source: string, size: number, face?: Face) => Line;

/** A typesetter that remembers its lines: margins are measured three times with the same labels. */
export function createTypesetter(fonts: Fonts, smallestScript: number): Typeset {
  const known = new Map<string, Line>();
  return (source, size, face = 'r') => {
    const key = `${face}${size}${source}`;
    let line = known.get(key);
    if (!line) {
      line = layoutText(source, size, fonts, smallestScript, face);
      known.set(key, line);
    }
    return line;
  };
}
