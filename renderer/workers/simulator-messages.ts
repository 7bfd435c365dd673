import type { Result } from '../../src/base/result.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { SimulatorAnswers, SimulatorTask } from './simulator-tasks.ts';

export interface SimulatorQuestion {
  readonly id: number;
  readonly task: SimulatorTask;
  /** Sent once and kept by the worker: `undefined` means the one it has, null none. */
  readonly measurement?: Measurement | null;
}

export type SimulatorAnswer =
  | { readonly id: number; readonly kind: 'progress'; readonly evaluations: number; readonly cost: number }
  | {
      readonly id: number;
      readonly kind: 'done';
      readonly response: Result<SimulatorAnswers[keyof SimulatorAnswers]>;
    };
