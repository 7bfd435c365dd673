import type { BranchName } from './quantity.ts';

export type OptionValue = string | number | boolean;
export type Options = Readonly<Record<string, OptionValue>>;

/** One option of an importer, an analysis or a template: the form, the flag and the check follow from it. */
export interface OptionSpec {
  readonly id: string;
  readonly label: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'choice' | 'text';
  readonly default: OptionValue;
  readonly choices?: readonly string[];
  readonly range?: readonly [number, number];
  readonly help?: string;
}

/** A range of the swept quantity, in SI, a user set for one branch of one device (or for all by `'*'`). */
export interface FitWindow {
  readonly branch: BranchName | '*';
  readonly from: number;
  readonly to: number;
}

/**
 * What a user says of the parameters of one branch's fit (or of all by `'*'`), by parameter id, in the units of the model:
 * where each starts, which are held, freed, boxed, or tied to an expression of others.
 */
export interface FitOptions {
  readonly branch: BranchName | '*';
  readonly start: Readonly<Record<string, number>>;
  readonly fixed: Readonly<Record<string, number>>;
  readonly free: readonly string[];
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
  readonly ties: Readonly<Record<string, string>>;
}

/** A formula of one's own for one curve: columns by label or role, values in SI. */
export interface FormulaFit {
  readonly text: string;
  readonly branch: BranchName | null;
  readonly x: string;
  readonly y: string;
  readonly start: Readonly<Record<string, number>>;
}

/** Options by analysis, over those of the recipe. */
export type StepOptions = Readonly<Record<string, Options>>;

export interface RecipeStep {
  readonly analysis: string;
  readonly branches: 'all' | readonly BranchName[];
  readonly options: Options;
}

export type FigureFormat = 'svg' | 'pdf' | 'png' | 'tiff';

export interface RecipeFigure {
  readonly template: string;
  readonly preset: string;
  readonly formats: readonly FigureFormat[];
}

/** What is done with a measurement, as data: the window, the batch, the tests and the command line run the same. */
export interface AnalysisRecipe {
  readonly schema: 1;
  readonly id: string;
  readonly label: string;
  readonly importer: 'auto' | { readonly id: string; readonly options: Options };
  readonly steps: readonly RecipeStep[];
  /** Per-device override of the fit window, by device id. */
  readonly windows: Readonly<Record<string, readonly FitWindow[]>>;
  readonly figures: readonly RecipeFigure[];
}

/** Defaults overlaid by what was given; unknown names are dropped, so that old recipes keep working. */
export function resolveOptions(specs: readonly OptionSpec[], given: Options): Options {
  return Object.fromEntries(
    specs.map((spec) => [spec.id, Object.hasOwn(given, spec.id) ? given[spec.id]! : spec.default]),
  );
}
