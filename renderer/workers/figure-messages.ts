import type { Issue } from '../../src/base/issues.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';

export type FigureFile = 'svg' | 'pdf' | 'png' | 'tiff' | 'csv';

export interface FigureAssetUrls {
  readonly regular: string;
  readonly italic: string;
  readonly bold: string;
  readonly wasm: string;
}

/** A figure to draw: the SVG always comes back, for the preview; further files only where they are asked for. */
export interface FigureTask {
  readonly template: string;
  readonly preset: string;
  readonly outcomes: readonly MeasurementOutcome[];
  readonly files: readonly FigureFile[];
  readonly dpi: number;
  /** Quantity of a figure of many devices. @default the first that most devices have */
  readonly quantity?: string | undefined;
}

export interface FigureQuestion {
  readonly id: number;
  readonly task: FigureTask;
  readonly assets: FigureAssetUrls;
}

export interface DrawnFigure {
  readonly id: string;
  /** One sentence: what the figure shows. */
  readonly title: string;
  /** Draft of a caption, in Markdown. */
  readonly caption: string;
  /** Faults against the journal and the house style. */
  readonly issues: readonly Issue[];
  readonly width_mm: number;
  readonly height_mm: number;
  /** The very SVG that is written. */
  readonly svg: string;
  readonly smallestText_pt: number;
  readonly thinnestLine_pt: number;
  readonly files: readonly { readonly format: FigureFile; readonly bytes: Uint8Array }[];
}

export type FigureAnswer =
  | { readonly id: number; readonly ok: true; readonly figure: DrawnFigure | null }
  | { readonly id: number; readonly ok: false; readonly message: string };
