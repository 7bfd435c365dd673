import type { Conditioned } from '../conditioning/conditioned.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement, MeasurementKind } from '../model/measurement.ts';
import type { QuantityId } from '../model/quantities.ts';
import type { AnalysisResult, BranchName, Quantity } from '../model/quantity.ts';
import type { FitOptions, FitWindow, OptionSpec, Options } from '../model/recipe.ts';

/** Everything an analysis may look at. It is pure: same input, same result, to the bit. */
export interface AnalysisInput {
  readonly measurement: Measurement;
  /** Present for kind `iv`. */
  readonly conditioned: Conditioned | null;
  /** Resolved: command line over device table over folder over file. */
  readonly conditions: Conditions;
  /** Results of earlier steps of the recipe on the same measurement. */
  readonly earlier: readonly AnalysisResult[];
  /** Other measurements of the same device (a dark sweep, the light channel), conditioned on demand by the analysis. */
  readonly siblings: readonly Measurement[];
  readonly branches: 'all' | readonly BranchName[];
  readonly windows: readonly FitWindow[];
  /** Starts, held values, bounds and ties set by hand, by branch. */
  readonly fitOptions?: readonly FitOptions[];
  readonly options: Options;
  /** Polled between stages of long work; throws nothing, the analysis returns what it has. */
  readonly cancelled?: () => boolean;
  /** Takes over a long computation whose arguments are those of an earlier run; absent, everything is computed. */
  readonly recall?: Recall;
}

/**
 * A long, pure computation inside an analysis, which need not be done again where only the rest of the analysis has changed (R_s times
 * area needs no new fit for a new area).
 * @param args everything `compute` depends on, as plain data
 */
export type Recall = <T>(name: string, args: readonly unknown[], compute: () => T) => T;

/** Recalls where the pipeline can, else computes. */
export function recallOr<T>(
  { recall }: AnalysisInput,
  name: string,
  args: readonly unknown[],
  compute: () => T,
): T {
  return recall ? recall(name, args, compute) : compute();
}

export type AnalysisOutput = Pick<AnalysisResult, 'quantities' | 'fits' | 'overlays' | 'issues' | 'evidence'>;

/** One quantity family of the field: definition, formula and failure answers live in docs/methods/<id>.md. */
export interface Analysis {
  readonly id: string;
  /** Raised whenever a number changes. */
  readonly version: number;
  readonly label: string;
  readonly kinds: readonly MeasurementKind[];
  /** Every id that `run` answers, always: with a value, a bound or a refusal. */
  readonly quantities: readonly QuantityId[];
  readonly options: readonly OptionSpec[];
  /**
   * False where the columns are of another kind of table: a recipe with several analyses of tables runs those that apply, and all
   * of them where none does, so that the reason is read.  @default true
   */
  readonly applies?: (measurement: Measurement) => boolean;
  run(input: AnalysisInput): AnalysisOutput;
}

export function defineAnalysis(analysis: Analysis): Analysis {
  return analysis;
}

/** The first quantity of an id (and branch) among earlier results that carries a number. */
export function earlierQuantity(
  earlier: readonly AnalysisResult[],
  id: QuantityId,
  branch?: BranchName | null,
): Quantity | undefined {
  for (const result of earlier) {
    for (const quantity of result.quantities) {
      if (
        quantity.id === id &&
        quantity.value !== null &&
        (branch === undefined || quantity.branch === branch)
      ) {
        return quantity;
      }
    }
  }
  return undefined;
}
