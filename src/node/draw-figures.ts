import type { DrawFigures } from '../pipeline/answer-job.ts';
import type { FigureWish } from '../pipeline/figures.ts';
import { loadAssets } from './assets.ts';

/** Figures with the fonts from the disk; null where none are wanted. The writers are loaded with the first figure only. */
export function openDrawing(wish: FigureWish | null): DrawFigures | null {
  if (wish === null) return null;
  return async (outcome) => {
    const { drawFigures } = await import('../pipeline/figures.ts');
    return drawFigures(outcome, wish, loadAssets());
  };
}
