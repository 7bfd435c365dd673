import type { Issue } from '../base/issues.ts';
import type { DeviceId, MeasurementId } from './ids.ts';
import type { Conditions } from './inputs.ts';
import type { Measurement } from './measurement.ts';
import type { AnalysisResult } from './quantity.ts';
import type { AnalysisRecipe, FitOptions, FitWindow, FormulaFit, StepOptions } from './recipe.ts';
import type { SimulatorSetup } from './simulator-setup.ts';

export interface Device {
  readonly id: DeviceId;
  readonly name: string;
  /** Place on the array, from the name or set by hand: A3 is row A, column 3. */
  readonly row: string | null;
  readonly column: number | null;
  readonly mark: 'dead' | 'outlier' | null;
  readonly note: string;
  readonly conditions: Conditions;
}

/** One undoable deed of the user, as a sentence: "Window of A3 forward moved to 0.30 - 7.00 V". */
export interface Step {
  readonly id: number;
  readonly sentence: string;
}

export interface Project {
  readonly schema: 1;
  readonly title: string;
  readonly createdWith: string;
  readonly devices: readonly Device[];
  readonly measurements: readonly Measurement[];
  readonly conditions: Conditions;
  readonly recipes: readonly AnalysisRecipe[];
  /** Recipe in force per measurement; `auto` where absent. */
  readonly recipeOf: Readonly<Record<MeasurementId, string>>;
  /** Fit windows set by hand, per measurement; they win over the recipe's. */
  readonly windows: Readonly<Record<MeasurementId, readonly FitWindow[]>>;
  /** Starts, held values, bounds and ties of fits set by hand, per measurement; absent in older projects. */
  readonly fitOptions?: Readonly<Record<MeasurementId, readonly FitOptions[]>>;
  /** A formula of the user's own, per measurement; absent in older projects. */
  readonly formulas?: Readonly<Record<MeasurementId, FormulaFit>>;
  /** Simulators set up over curves, or without one under the empty id; absent in older projects. */
  readonly simulations?: Readonly<Record<string, SimulatorSetup>>;
  /** Rows the user left out, per measurement; absent in older projects. */
  readonly masks?: Readonly<Record<MeasurementId, readonly number[]>>;
  /** Definitions in force, by analysis; absent in older projects. */
  readonly stepOptions?: StepOptions;
  /** Files that could not be used, with the reason: kept in sight until left out or repaired. */
  readonly failures: readonly { readonly file: string; readonly issues: readonly Issue[] }[];
  readonly results: Readonly<Record<MeasurementId, readonly AnalysisResult[]>>;
  readonly steps: readonly Step[];
}
