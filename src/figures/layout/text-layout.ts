import type { Face, Run } from '../figure.ts';
import { CAP_HEIGHT, DESCENT, type Fonts } from '../writers/fonts.ts';
import { parseMarkup } from './markup.ts';

/** One laid-out line: runs with their own offsets, width and the heights above and below the base line, all in pt. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
  readonly size: number;
}

/** Scripts of STYLE 4, in em of the base size. */
const SCRIPT = { scale: 0.72, raise: 0.37, lower: 0.15 } as const;
const THIN_SPACE = 0.17;
const DESCENDERS = /[gjpqyµ,()|[\]βμρφηχξζÅ/;]/;

/**
 * Lays out one line of markup. @param size [pt]; @param smallestScript [pt] of the journal
 * Every run has its own x, so that the writers need no text-anchor; dy is positive downwards.
 */
export function layoutText(
  source: string,
  size: number,
  fonts: Fonts,
  smallestScript: number,
  face: Face = 'r',
): Line {
  const scriptSize = Math.min(size, Math.max(size * SCRIPT.scale, smallestScript));
  const runs: Run[] = [];
  let x = 0;
  let ascent = CAP_HEIGHT * size;
  let descent = 0;
  // Two scripts on one base are stacked: both start at `stackFrom`, the line goes on at the wider one's end.
  let stackFrom: number | null = null;
  let stackEnd = 0;
  let previousPlace = 'base';
  for (const token of parseMarkup(source, face)) {
    if (token === 'space') {
      x = Math.max(x, stackEnd) + THIN_SPACE * size;
      stackFrom = null;
      continue;
    }
    const isBase = token.place === 'base';
    if (isBase) {
      x = Math.max(x, stackEnd);
      stackFrom = null;
    } else if (token.place !== previousPlace) {
      const last = runs[runs.length - 1];
      const leans = last?.face === 'i' && last.dy === 0;
      if (stackFrom === null) {
        stackFrom = x;
        x += (token.place === 'sup' ? (leans ? 0.07 : 0.02) : leans ? -0.01 : 0.015) * size;
      } else x = stackFrom + 0.02 * size;
    }
    const runSize = isBase ? size : scriptSize;
    const dy = token.place === 'sup' ? -SCRIPT.raise * size : token.place === 'sub' ? SCRIPT.lower * size : 0;
    const w = fonts[token.face].advance(token.text) * runSize;
    runs.push({ text: token.text, face: token.face, size: runSize, dx: x, dy, w });
    x += w;
    stackEnd = Math.max(stackEnd, x);
    const below = DESCENDERS.test(token.text) ? DESCENT * runSize : 0;
    if (token.place === 'sup') ascent = Math.max(ascent, SCRIPT.raise * size + CAP_HEIGHT * scriptSize);
    else descent = Math.max(descent, dy + (isBase ? below : Math.max(below, 0.015 * runSize)));
    previousPlace = token.place;
  }
  return { runs, width: Math.max(x, stackEnd), ascent, descent, size };
}
