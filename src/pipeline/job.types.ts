import type { Result } from '../base/result.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import type { AnalysisResult } from '../model/quantity.ts';
import type { AnalysisRecipe, FitWindow, Options } from '../model/recipe.ts';

/** A file as it crosses to a worker. `bytes` is transferred. */
export interface JobFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256?: string;
  readonly companions?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** What a worker (browser or Node) is asked; plain data only. */
export type JobRequest =
  | {
      readonly type: 'import';
      readonly file: JobFile;
      readonly importer?: { readonly id: string; readonly options: Options };
    }
  | {
      readonly type: 'analyse';
      readonly measurement: Measurement;
      readonly siblings: readonly Measurement[];
      readonly recipe: string | AnalysisRecipe;
      readonly conditions: Conditions;
      readonly windows: readonly FitWindow[];
    }
  | {
      readonly type: 'import-and-analyse';
      readonly file: JobFile;
      readonly importer?: { readonly id: string; readonly options: Options };
      readonly recipe: string | AnalysisRecipe;
      readonly conditions: Conditions;
      readonly windows: Readonly<Record<string, readonly FitWindow[]>>;
    };

/** One analysed measurement: the record of CONTRACT is made from it by `records.ts`. */
export interface MeasurementOutcome {
  readonly measurement: Measurement;
  readonly recipe: string;
  readonly results: readonly AnalysisResult[];
  /** Masks and legs for the plot; null where the kind has none. */
  readonly conditioned: import('../conditioning/conditioned.ts').Conditioned | null;
}

export interface JobOutcome {
  readonly format: string | null;
  readonly encoding: string;
  readonly sha256: string;
  readonly measurements: readonly Measurement[];
  readonly outcomes: readonly MeasurementOutcome[];
  readonly issues: Result<never>['issues'];
}

export type JobResponse = Result<JobOutcome>;
