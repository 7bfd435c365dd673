import type { BranchName } from '../../src/model/quantity.ts';
import type { FitWindow } from '../../src/model/recipe.ts';
import type { ScaleId } from '../state/view-state.ts';

/** A simulated curve to lay over the measured one, in SI. */
export interface SimulatedLine {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly compared?: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
}

export interface ViewOptions {
  readonly scale: ScaleId;
  readonly residuals: boolean;
  readonly leg: BranchName | null;
  /** Windows set by hand, and one in the hand. */
  readonly windows: readonly FitWindow[];
  readonly simulated: SimulatedLine | null;
}
