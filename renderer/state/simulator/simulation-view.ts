import type { SimulationEvent } from '../../../fitting/index.ts';
import type { Issue } from '../../../src/base/issues.ts';
import type { Conditioned } from '../../../src/conditioning/conditioned.ts';
import type { Conditions } from '../../../src/model/inputs.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { BranchName } from '../../../src/model/quantity.ts';
import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import { compareCurves } from '../../../src/pipeline/compare-simulation.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { drivenRows } from '../../../src/pipeline/measured-drive.ts';
import type { Comparison } from '../../../src/pipeline/simulate.ts';
import { fitsOf } from '../../plot/overlays.ts';
import type { SimulatedCurve, SimulateTask } from '../../workers/simulator-tasks.ts';
import { parametersOf } from './edit-setup.ts';

/** What is simulated now: the setup in force over the curve in sight, or without one. */
export interface Scene {
  /** Id of the measurement, or WITHOUT_DATA. */
  readonly key: string;
  readonly setup: SimulatorSetup;
  readonly measurement: Measurement | null;
  /** Another record whose stimulus drives the device. */
  readonly driver?: Measurement | null;
  readonly outcome: MeasurementOutcome | null;
  readonly conditions: Conditions;
}

/** Why a setup could not be simulated; the curve before it stays. */
export interface Refusal {
  readonly message: string;
  readonly parameter: string | null;
}

/** The newest curve that landed, with what became of the newest question. */
export interface SimulationView {
  readonly scene: Scene;
  readonly curve: SimulatedCurve | null;
  readonly refusal: Refusal | null;
}

export type Columns = Readonly<Record<string, Float64Array>>;
export type { SimulationEvent };

/** The measurement a worker needs: the one compared with, or the one that drives. */
export function recordFor({ setup, measurement, driver }: Scene): Measurement | null {
  return setup.drive.kind === 'recorded' ? (driver ?? null) : measurement;
}

export function drivesItself({ setup, measurement }: Scene): boolean {
  return measurement === null || setup.drive.kind !== 'measurement';
}

/** The task of a scene; `analysis` adds what the recipe extracts from both curves. */
export function taskOf(scene: Scene, parameters = parametersOf(scene.setup), analysis = false): SimulateTask {
  const { drive } = scene.setup;
  const recipe = scene.outcome?.recipe ?? 'auto';
  return {
    type: 'simulate',
    model: scene.setup.model,
    parameters,
    drive: drive.kind === 'measurement' ? null : drive.kind === 'recorded' ? { kind: 'recorded' } : drive,
    analysis: analysis ? { recipe, conditions: conditionsFor(scene) } : null,
  };
}

/** Conditions of a job over this curve: those of the file, over them what was given. */
export function conditionsFor({ measurement, conditions }: Scene): Conditions {
  return { ...measurement?.conditions, ...conditions };
}

export function refusalOf(issue: Issue): Refusal {
  return { message: issue.message, parameter: issue.subject ?? null };
}

/** Models without memory answer the same on the way there and back: they are compared with the leg their fit belongs to. */
export function legOf({ outcome, setup }: Scene): BranchName | 'all' {
  if (setup.model !== 'modified-shockley' || !outcome) return 'all';
  return fitsOf(outcome).find((one) => one.report.model === 'modified-shockley')?.branch ?? 'all';
}

/** The comparison on the rows of one leg only; null where none of them is there. */
export function compareLeg(
  comparison: Comparison,
  simulated: Float64Array,
  measurement: Measurement,
  conditioned: Conditioned | null,
  leg: BranchName | 'all',
): Comparison | null {
  if (leg === 'all' || !conditioned) return comparison;
  const spans = conditioned.legs.filter((one) => one.name === leg);
  const inside = [...drivenRows(measurement)].map((row) =>
    spans.some(({ start, end }) => row >= start && row < end),
  );
  const own = simulated.filter((_, k) => inside[k]);
  const residuals = comparison.residuals.filter((_, k) => inside[k]);
  return compareCurves(
    own.map((value, k) => value + residuals[k]!),
    own,
  );
}
