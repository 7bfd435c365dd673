import type { Issue } from '../../src/base/issues.ts';
import { ROW_FLAG } from '../../src/model/curve.ts';
import type { DeviceId, MeasurementId } from '../../src/model/ids.ts';
import type { Conditions } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { Device } from '../../src/model/project.ts';
import type { FitOptions, FitWindow, FormulaFit, StepOptions } from '../../src/model/recipe.ts';
import type { SimulatorSetup } from '../../src/model/simulator-setup.ts';
import { PHOTON_ENERGY_FROM } from '../../src/pipeline/photon-energy.ts';

/** A file that was added: read, or not and why. */
export interface FileEntry {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly format: string | null;
  readonly state: 'waiting' | 'read' | 'failed' | 'left-out';
  readonly issues: readonly Issue[];
  readonly measurements: readonly MeasurementId[];
}

/** All that undo brings back. What is computed from it (results) is kept beside it, keyed by what it was computed from. */
export interface Workspace {
  readonly title: string;
  readonly files: readonly FileEntry[];
  readonly measurements: Readonly<Record<string, Measurement>>;
  readonly order: readonly MeasurementId[];
  readonly devices: Readonly<Record<string, Device>>;
  /** Given by the user for the whole project. */
  readonly conditions: Conditions;
  /** Fit windows set by hand, by measurement; they win over the recipe's. */
  readonly windows: Readonly<Record<string, readonly FitWindow[]>>;
  readonly recipeOf: Readonly<Record<string, string>>;
  /** Starts, held values, bounds and ties of fits set by hand, by measurement. */
  readonly fitOptions: Readonly<Record<string, readonly FitOptions[]>>;
  /** A formula of the user's own, by measurement. */
  readonly formulas: Readonly<Record<string, FormulaFit>>;
  /** Simulators set up by hand, by measurement; the one without a measurement has the empty id. */
  readonly simulations: Readonly<Record<string, SimulatorSetup>>;
  /** Rows the user left out, ascending, by measurement; the curves stay as they were read. */
  readonly masks: Readonly<Record<string, readonly number[]>>;
  /** Definitions in force for the whole project, by analysis: devices are compared by one definition. */
  readonly stepOptions: StepOptions;
}

export const EMPTY_WORKSPACE: Workspace = {
  title: 'New project',
  files: [],
  measurements: {},
  order: [],
  devices: {},
  conditions: {},
  windows: {},
  recipeOf: {},
  fitOptions: {},
  formulas: {},
  simulations: {},
  masks: {},
  stepOptions: {},
};

/** Row and column of an array from a device's name: `A3` is row A, column 3. */
export function placeOnArray(name: string): { readonly row: string | null; readonly column: number | null } {
  const match = /^([A-Z])(\d{1,2})$/i.exec(name);
  return match ? { row: match[1]!.toUpperCase(), column: Number(match[2]) } : { row: null, column: null };
}

export function newDevice(id: DeviceId): Device {
  return { id, name: id, ...placeOnArray(id), mark: null, note: '', conditions: {} };
}

/** What a result depends on besides the curve: equal keys, equal numbers. */
export function inputKey(workspace: Workspace, id: MeasurementId): string {
  const measurement = workspace.measurements[id];
  if (!measurement) return '';
  return JSON.stringify([
    workspace.recipeOf[id] ?? 'auto',
    workspace.windows[id] ?? [],
    workspace.fitOptions[id] ?? [],
    workspace.formulas[id] ?? null,
    workspace.masks[id] ?? [],
    workspace.stepOptions,
    workspace.conditions,
    workspace.devices[measurement.deviceId]?.conditions ?? {},
    measurement.source.sha256,
    measurement.source.formatVersion,
    // of which files the curve is made; an energy taken from a spectrum beside it
    ...[measurement.metadata['joined from'], measurement.metadata[PHOTON_ENERGY_FROM]].filter(Boolean),
    ...(measurement.metadata[PHOTON_ENERGY_FROM] ? [measurement.conditions.photonEnergy] : []),
  ]);
}

/** Conditions a job is given over those of the measurement: of the device, over-ruled by what the user typed for all. */
export function conditionsOf(workspace: Workspace, id: MeasurementId): Conditions {
  const measurement = workspace.measurements[id];
  return { ...(measurement && workspace.devices[measurement.deviceId]?.conditions), ...workspace.conditions };
}

/** A curve with the rows that the user left out flagged: what analyses and plots are given. */
export function maskedMeasurement(workspace: Workspace, id: MeasurementId): Measurement | undefined {
  const measurement = workspace.measurements[id];
  const rows = workspace.masks[id];
  if (!measurement || !rows || rows.length === 0) return measurement;
  const flags = measurement.curve.flags.slice();
  for (const row of rows) if (row < flags.length) flags[row]! |= ROW_FLAG.excluded;
  return { ...measurement, curve: { ...measurement.curve, flags } };
}

export function windowsOf(workspace: Workspace, id: MeasurementId): readonly FitWindow[] {
  return workspace.windows[id] ?? [];
}

/** Other curves of the same device in the same file, as a batch over files sees them: both must give the same numbers. */
export function siblingsOf(workspace: Workspace, id: MeasurementId): readonly Measurement[] {
  const measurement = workspace.measurements[id];
  if (!measurement) return [];
  return workspace.order
    .map((other) => maskedMeasurement(workspace, other)!)
    .filter(
      (other) =>
        other.id !== id &&
        other.deviceId === measurement.deviceId &&
        other.source.file === measurement.source.file,
    );
}
