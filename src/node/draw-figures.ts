import type { DrawFigures } from '../pipeline/answer-job.ts';
import type { FigureWish } from '../pipeline/figures.ts';
import { loadAssets } from './assets.ts';

/** A run over a folder writes no second copy of its long records. */
const MOST_NUMBERS = 50_000;

/** Figures with the fonts from the disk; null where none are wanted. The writers are loaded with the first figure only. */
export function openDrawing(wish: FigureWish | null): DrawFigures | null {
  if (wish === null) return null;
  return async (outcome) => {
    const { drawFigures } = await import('../pipeline/figures.ts');
    return drawFigures(outcome, { mostNumbers: MOST_NUMBERS, ...wish }, loadAssets());
  };
}
