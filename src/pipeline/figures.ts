import type { FontSet } from '../figures/fonts.ts';
import type { FigureFormat } from '../model/recipe.ts';
import type { NamedBytes } from './answer-job.ts';
import type { JobOutcome } from './job.types.ts';
import type { IssueRecord } from './record.types.ts';

/** Which figures of a file are wanted. */
export interface FigureWish {
  readonly formats: readonly FigureFormat[];
  readonly preset: string;
  /** Template ids; null = every template that has something to show. */
  readonly templates: readonly string[] | null;
  /** Files that keep their extension in the figure's name, because another file of the folder differs in it only. */
  readonly keepExtension: readonly string[];
}

export interface FigureAssets {
  readonly fonts: FontSet;
  readonly resvgWasm: Uint8Array;
}

export async function drawFigures(
  _outcome: JobOutcome,
  _wish: FigureWish,
  _assets: FigureAssets,
): Promise<{ readonly files: readonly NamedBytes[]; readonly issues: readonly IssueRecord[] }> {
  return { files: [], issues: [] };
}
