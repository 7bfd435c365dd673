import type { Severity } from '../base/issues.ts';
import type { QuantityDifference } from './compare-simulation.ts';

/** The records of CONTRACT: what `--json` prints. Numbers are finite or null, never NaN. */
export interface IssueRecord {
  readonly code: string;
  readonly subject?: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: string;
  readonly branch?: string;
}

export interface InspectRecord {
  readonly file: string;
  readonly sha256: string;
  readonly format: string | null;
  readonly instrument: {
    readonly vendor: string | null;
    readonly model: string | null;
    readonly serial: string | null;
  };
  readonly encoding: string | null;
  readonly measurements: readonly {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly points: number;
    readonly recordedAt: string | null;
    readonly columns: readonly {
      readonly name: string;
      readonly role: string;
      readonly unit: string;
      readonly first: number | null;
      readonly last: number | null;
      readonly missing: number;
    }[];
    readonly branches: readonly {
      readonly direction: string;
      readonly points: number;
      readonly from: number | null;
      readonly to: number | null;
    }[];
    readonly metadata: Readonly<Record<string, string>>;
  }[];
  readonly issues: readonly IssueRecord[];
}

export interface QuantityRecord {
  readonly id: string;
  readonly symbol: string;
  readonly branch: string | null;
  readonly cycle: number | null;
  readonly value: number | string | null;
  readonly unit: string;
  readonly standardUncertainty: number | null;
  readonly interval95: readonly [number, number] | null;
  readonly status: 'ok' | 'flagged' | 'bound' | 'refused';
  readonly bound?: 'upper' | 'lower';
  readonly reasons: readonly IssueRecord[];
  readonly method: string;
  readonly convention: string | null;
  readonly inputs: Readonly<Record<string, number | string>>;
  readonly range?: { readonly role: string; readonly from: number; readonly to: number };
}

export interface ParameterRecord {
  readonly id: string;
  readonly symbol: string;
  readonly value: number | null;
  readonly unit: string;
  readonly standardError: number | null;
  readonly interval95: readonly [number, number] | null;
  /** What the interval rests on. */
  readonly intervalFrom?: 'linearised' | 'profile' | 'bootstrap';
  /** An end where the likelihood does not fall inside the box: read it as < or >. */
  readonly intervalOpen?: 'lower' | 'upper' | 'both';
  readonly fixed: boolean;
  readonly atBound: 'lower' | 'upper' | null;
  readonly status: 'ok' | 'flagged' | 'refused';
  readonly reasons: readonly IssueRecord[];
}

export interface AnalyseRecord {
  readonly file: string;
  readonly sha256: string;
  readonly format: string;
  readonly measurement: { readonly id: string; readonly kind: string; readonly title: string };
  readonly device: string;
  readonly recipe: string;
  readonly quantities: readonly QuantityRecord[];
  readonly fits: readonly {
    readonly model: string;
    readonly branch: string | null;
    readonly termination: string;
    readonly rmse: number | null;
    readonly parameters: readonly ParameterRecord[];
    readonly correlation: readonly (readonly (number | null)[])[];
  }[];
  readonly issues: readonly IssueRecord[];
}

export interface FitRecord {
  readonly file: string;
  readonly model: string;
  readonly formula: string;
  readonly points: number;
  readonly masked: number;
  readonly weights: string;
  readonly termination: string;
  readonly evaluations: number;
  readonly rmse: number | null;
  readonly reducedChiSquare: number | null;
  readonly conditionNumber: number | null;
  readonly parameters: readonly ParameterRecord[];
  readonly correlation: readonly (readonly (number | null)[])[];
  readonly issues: readonly IssueRecord[];
  readonly secondOpinion: {
    readonly solver: string;
    readonly termination: string;
    readonly parameters: Readonly<Record<string, number | null>>;
    readonly largestDifference: number | null;
    readonly agrees: boolean;
  } | null;
  /** What a methods section needs beside: */
  readonly solver: string;
  readonly objective: string;
  /** rel and abs in force, where weights know them. */
  readonly noise: { readonly relative: number | null; readonly absolute: number | null } | null;
  readonly errors: 'scaled' | 'known';
  readonly starts: number;
  readonly degreesOfFreedom: number;
  readonly chiSquare: number | null;
  readonly lagOne: number | null;
  /** p value of the runs test on the signs of the residuals. */
  readonly runsTest: number | null;
  readonly aicc: number | null;
  /** Points the robust option left out; not among `points`. */
  readonly dropped: number;
  readonly constants: Readonly<Record<string, number | null>>;
  /** Present in a joint fit: one record per curve. */
  readonly branch?: string | null;
  readonly joint?: JointRecord;
  /** Present where models were compared on the same points: best first. */
  readonly comparison?: readonly ComparedModel[];
}

export interface ComparedModel {
  readonly model: string;
  readonly aicc: number;
  readonly deltaAicc: number;
  readonly akaikeWeight: number;
}

export interface JointRecord {
  readonly shared: readonly string[];
  readonly curves: number;
  readonly points: number;
  readonly degreesOfFreedom: number;
  readonly chiSquare: number | null;
  readonly reducedChiSquare: number | null;
  /** p value of the F test of sharing. */
  readonly sharingTest: number | null;
}

export interface SimulateRecord {
  readonly model: string;
  /** The test, where it was one and no drive. */
  readonly series?: string;
  /** Where the spectra in `columns` were taken, and the light of each emitter there [W]. */
  readonly spectra?: readonly {
    readonly time_s?: number;
    readonly voltage_V?: number;
    readonly light_W: readonly number[];
  }[];
  readonly parameters: Readonly<Record<string, number | null>>;
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
  readonly events: readonly unknown[];
  readonly derived: Readonly<Record<string, number | null>>;
  readonly comparison: {
    readonly rmse: number | null;
    readonly nrmse: number | null;
    readonly r2: number | null;
    readonly points: number;
    /** measured - simulated, one per row of `columns`. */
    readonly residuals: readonly (number | null)[];
    /** What the same recipe extracts from both curves. */
    readonly quantities?: readonly QuantityDifference[];
  } | null;
}
