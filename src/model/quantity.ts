import type { FitReport } from '../../fitting/index.ts';
import type { Issue } from '../base/issues.ts';
import type { Unit } from '../units/units.ts';
import type { ColumnRole } from './curve.ts';
import type { MeasurementId } from './ids.ts';
import type { Given } from './inputs.ts';
import type { QuantityId } from './quantities.ts';

/** `+`/`-` before the leg where both signs are swept; null where a leg has no meaning. */
export type BranchName = 'forward' | 'reverse' | '+forward' | '+reverse' | '-forward' | '-reverse';

export type QuantityStatus = 'ok' | 'flagged' | 'bound' | 'refused';

/**
 * One determined (or refused) quantity. Numbers are in the unit of CONTRACT (`unit`), finite or null: the only way to
 * make one is `quantities.ts`' builders, which take SI and turn a non-finite value into a refusal.
 */
export interface Quantity {
  readonly id: QuantityId;
  readonly symbol: string;
  readonly branch: BranchName | null;
  readonly cycle: number | null;
  readonly unit: Unit;
  readonly status: QuantityStatus;
  readonly reasons: readonly Issue[];
  readonly value: number | string | null;
  /** k = 1 */
  readonly standardUncertainty: number | null;
  readonly interval95: readonly [number, number] | null;
  readonly bound?: 'upper' | 'lower';
  readonly method: string;
  readonly convention: string | null;
  readonly inputs: Readonly<Record<string, Given>>;
  readonly range?: { readonly role: ColumnRole; readonly from: number; readonly to: number };
  /** Points the value rests on. */
  readonly points?: number;
}

/** Something to draw over the measured curve, in SI: a fit, a tangent, a level, a marked event. */
export interface Overlay {
  readonly id: string;
  /** `masked`: points that were left out, the cause in `label`. */
  readonly kind: 'fit' | 'tangent' | 'level' | 'segment' | 'event' | 'band' | 'simulated' | 'masked';
  readonly label: string;
  readonly branch: BranchName | null;
  readonly x: { readonly role: ColumnRole; readonly data: Float64Array };
  readonly y: { readonly role: ColumnRole; readonly data: Float64Array };
  /** Weighted residuals on the fitted points, with the row each belongs to. */
  readonly residuals?: { readonly rows: Int32Array; readonly x: Float64Array; readonly sigma: Float64Array };
}

/** A fit with where it was made. */
export interface BranchFit {
  readonly branch: BranchName | null;
  readonly cycle: number | null;
  readonly report: FitReport;
  /** Rows of the measurement used. */
  readonly window: { readonly role: ColumnRole; readonly from: number; readonly to: number };
}

/** A small plot beside a number: what a method was read from, its own line, and what another fit makes of the same points. */
export interface EvidencePlot {
  readonly kind: 'plot';
  /** Convention of the records it belongs to: `cheung-1`. */
  readonly id: string;
  readonly title: string;
  readonly branch: BranchName | null;
  readonly cycle: number | null;
  readonly x: { readonly symbol: string; readonly unit: string; readonly data: Float64Array };
  readonly y: { readonly symbol: string; readonly unit: string; readonly data: Float64Array };
  /** `own`: the line of the method; `fit`: the global fit of the same leg. Both on `x.data`, or on an `x` of their own. */
  readonly lines: readonly {
    readonly role: 'own' | 'fit';
    readonly x: Float64Array;
    readonly y: Float64Array;
  }[];
}

/** Models ranked on the same points, best first, with the check that each must pass. */
export interface EvidenceRanking {
  readonly kind: 'ranking';
  readonly branch: BranchName | null;
  readonly cycle: number | null;
  readonly rows: readonly {
    readonly name: string;
    readonly aicc: number | null;
    /** AICc above the best of all. */
    readonly above: number | null;
    /** Akaike weight among those that pass their check; null for the others. */
    readonly weight: number | null;
    readonly passes: boolean;
    /** What was checked, in a sentence with its numbers; empty where there is nothing to check. */
    readonly check: string;
  }[];
}

export type Evidence = EvidencePlot | EvidenceRanking;

export interface AnalysisResult {
  readonly measurementId: MeasurementId;
  readonly analysis: string;
  readonly analysisVersion: number;
  readonly quantities: readonly Quantity[];
  readonly fits: readonly BranchFit[];
  readonly overlays: readonly Overlay[];
  readonly issues: readonly Issue[];
  /** What the numbers were read from, for the window to show beside them. */
  readonly evidence?: readonly Evidence[];
}
