import type { Issue } from '../base/issues.ts';
import type { Result } from '../base/result.ts';
import type { Conditioned } from '../conditioning/conditioned.ts';
import type { BlockSource } from '../importers/importer.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import type { AnalysisResult } from '../model/quantity.ts';
import type {
  AnalysisRecipe,
  FitOptions,
  FitWindow,
  FormulaFit,
  Options,
  StepOptions,
} from '../model/recipe.ts';
import type { PreviousRun, RunTrace } from './reuse.ts';

/** What a running job may ask and tell. In a worker nothing is heard while a fit runs: cancelling there ends the worker. */
export interface JobHooks {
  /** Polled between measurements and steps, inside long fits, and every few megabytes of a file. */
  readonly cancelled?: () => boolean;
  /** Told every few megabytes of the file that is being read. */
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
  /** Opens a file too large to be held; given where the job runs, since it cannot cross. */
  readonly openBlocks?: (handle: string) => BlockSource;
}

/** A file as it crosses to a worker. `bytes` is transferred. */
export interface JobFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256?: string;
  /** Set for a very large file: `bytes` are its first, the rest is opened by `JobHooks.openBlocks`. */
  readonly handle?: string;
  readonly companions?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The other files of the same acquisition (F0005CH1, F0005CH2): where they fit, all are one measurement, that of the first. */
  readonly channels?: readonly JobFile[];
  /** Other files of the same device by their names (light, spectrum): light of a sweep joins it, spectra give the photon energy. */
  readonly siblings?: readonly JobFile[];
}

/** What a worker (browser or Node) is asked; plain data only. */
export type JobRequest =
  | {
      readonly type: 'import';
      readonly file: JobFile;
      readonly importer?: { readonly id: string; readonly options: Options };
      /** Settings of the folders around the file, outermost first; their channel roles are applied here. */
      readonly settings?: readonly FolderSettings[];
    }
  | {
      readonly type: 'analyse';
      readonly measurement: Measurement;
      readonly siblings: readonly Measurement[];
      readonly recipe: string | AnalysisRecipe;
      /** What the user set; wins over `settings` and over what the file says. */
      readonly conditions: Conditions;
      readonly settings?: readonly FolderSettings[];
      readonly windows: readonly FitWindow[];
      /** Starts, held values, bounds and ties of the parameters, set by hand. */
      readonly fitOptions?: readonly FitOptions[];
      readonly formula?: FormulaFit | null;
      readonly stepOptions?: StepOptions;
      /** An earlier outcome of this curve: steps none of whose inputs changed are taken from it. */
      readonly previous?: PreviousRun | null;
      /** Notes what each step reads, for the next run. */
      readonly keepTrace?: boolean;
    }
  | {
      readonly type: 'import-and-analyse';
      readonly file: JobFile;
      readonly importer?: { readonly id: string; readonly options: Options };
      readonly recipe: string | AnalysisRecipe;
      readonly conditions: Conditions;
      readonly settings?: readonly FolderSettings[];
      /** By device id; `'*'` is for every device without its own. Over the windows of the recipe. */
      readonly windows: Readonly<Record<string, readonly FitWindow[]>>;
      readonly stepOptions?: StepOptions;
      readonly keepTrace?: boolean;
    }
  | {
      readonly type: 'simulate';
      /** What the simulated device is called. */
      readonly title: string;
      readonly model: string;
      readonly parameters: Readonly<Record<string, number | string | null>>;
      readonly drive: { readonly kind: 'sweep' | 'pulse'; readonly text: string };
      /** Analyses the simulated curve like a measured one; null leaves it at the curve. */
      readonly recipe: string | null;
      readonly conditions: Conditions;
    };

/** One analysed measurement: the record of CONTRACT is made from it by `records.ts`. */
export interface MeasurementOutcome {
  readonly measurement: Measurement;
  readonly recipe: string;
  readonly results: readonly AnalysisResult[];
  /** Masks and legs for the plot; null where the kind has none. */
  readonly conditioned: Conditioned | null;
  /** What was noticed outside the analyses: an implausible input, a step that does not apply. */
  readonly issues?: readonly Issue[];
  /** What each step read; only where it was asked for. */
  readonly trace?: RunTrace;
}

export interface JobOutcome {
  readonly format: string | null;
  readonly encoding: string;
  readonly sha256: string;
  readonly measurements: readonly Measurement[];
  readonly outcomes: readonly MeasurementOutcome[];
  readonly issues: readonly Issue[];
}

export type JobResponse = Result<JobOutcome>;
