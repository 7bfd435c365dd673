import type { DrawFigures } from '../pipeline/answer-job.ts';
import { drawFigures, type FigureWish } from '../pipeline/figures.ts';
import { loadAssets } from './assets.ts';

/** Figures with the fonts from the disk; null where none are wanted. */
export function openDrawing(wish: FigureWish | null): DrawFigures | null {
  return wish && ((outcome) => drawFigures(outcome, wish, loadAssets()));
}
