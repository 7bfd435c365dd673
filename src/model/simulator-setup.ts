import type { FitReport } from '../../fitting/index.ts';

/** What drives a simulated device: the voltage of the measurement itself, a text of `ivory simulate`, or another record. */
export type SimulatorDrive =
  | { readonly kind: 'measurement' }
  | { readonly kind: 'sweep' | 'pulse'; readonly text: string }
  /** The stimulus of another record of the project, by its id. */
  | { readonly kind: 'recorded'; readonly id: string };

/** A simulator as it was set up over a curve, or without one: kept with the project. */
export interface SimulatorSetup {
  readonly model: string;
  readonly preset: string;
  /** Values over the preset by parameter id, SI; null switches an effect off. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Parameters of a pair that stand once for each device; by id without `left.` or `right.`. */
  readonly untied: readonly string[];
  /** Parameters that a fit adjusts. */
  readonly free: readonly string[];
  readonly drive: SimulatorDrive;
  /** What the last fit of the free ones found; null before the first. */
  readonly fit: FitReport | null;
}
