import type { FitReport, Simulation } from '../../fitting/index.ts';
import { error, type Issue } from '../../src/base/issues.ts';
import { fail, type Result, succeed } from '../../src/base/result.ts';
import { columnOf } from '../../src/model/curve.ts';
import type { Conditions } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import { compareDecades, type DecadeDifference } from '../../src/pipeline/compare-decades.ts';
import { type EmissionColour, emissionColours } from '../../src/pipeline/emission-colours.ts';
import { fitSimulator, type SimulatorFitRequest } from '../../src/pipeline/fit-simulator.ts';
import { drivenRows } from '../../src/pipeline/measured-drive.ts';
import { type Comparison, runSimulation } from '../../src/pipeline/simulate.ts';
import { type TestedDevice, type TestTask, testTask } from './test-tasks.ts';

/** A simulation to run; the measurement it is laid over travels beside it, once. */
export interface SimulateTask {
  readonly type: 'simulate';
  readonly model: string;
  readonly parameters: Readonly<Record<string, number | string | null>>;
  /** Null: the drive of the measurement, compared with it. `recorded`: driven by its stimulus, nothing compared. */
  readonly drive:
    | { readonly kind: 'sweep' | 'pulse'; readonly text: string }
    | { readonly kind: 'recorded' }
    | null;
  /** What the recipe extracts from both curves, beside the differences; slower. */
  readonly analysis: { readonly recipe: string; readonly conditions: Conditions } | null;
}

export interface FitTask {
  readonly type: 'fit';
  readonly request: Omit<SimulatorFitRequest, 'measurement' | 'cancelled' | 'onProgress'>;
}

export type { TestedDevice, TestTask } from './test-tasks.ts';

export type SimulatorTask = SimulateTask | FitTask | TestTask;

/** The measured column a simulation is compared with, on its rows. */
export interface Response {
  readonly role: 'current' | 'light';
  readonly label: string;
  readonly unit: string;
  readonly measured: Float64Array;
  /** On the scale of the detector; NaN where nothing was measured. */
  readonly simulated: Float64Array;
}

export interface SimulatedCurve {
  readonly simulation: Simulation;
  readonly comparison: Comparison | null;
  /** In decades of the current; null for light. */
  readonly decades: DecadeDifference | null;
  readonly response: Response | null;
  /** Rows of the measurement behind the rows of the simulation; null on a drive of its own. */
  readonly rows: Int32Array | null;
  readonly issues: readonly Issue[];
  /** Of the emitters whose wavelength is set. */
  readonly colours: readonly EmissionColour[];
  /** What the simulation itself took. */
  readonly milliseconds: number;
}

export interface FittedSimulator {
  readonly report: FitReport;
  readonly parameters: Readonly<Record<string, number | null>>;
  readonly issues: readonly Issue[];
}

function findResponse(
  measurement: Measurement,
  rows: Int32Array,
  simulation: Simulation,
  comparison: Comparison,
): Response | null {
  const current = columnOf(measurement.curve, 'current');
  const column = current ?? columnOf(measurement.curve, 'light');
  if (!column) return null;
  const measured = Float64Array.from(rows, (row) => column.data[row]!);
  const simulated = current
    ? (simulation.columns['current_A'] ?? new Float64Array())
    : measured.map((value, k) => value - comparison.residuals[k]!);
  return {
    role: current ? 'current' : 'light',
    label: column.label,
    unit: column.unit,
    measured,
    simulated,
  };
}

function simulateTask(task: SimulateTask, measurement: Measurement | null): Result<SimulatedCurve> {
  const start = performance.now();
  const own = task.drive === null ? measurement : null;
  const drive =
    task.drive?.kind === 'recorded' ? measurement && { kind: 'recorded' as const, measurement } : task.drive;
  if (task.drive && !drive)
    return fail(error('NO_DATA', 'The record that drives this simulation is no longer in the project.'));
  const request = {
    model: task.model,
    parameters: task.parameters,
    ...(drive ? { drive } : {}),
    ...(own ? { measurement: own } : {}),
    ...(own && task.analysis ? { analysis: task.analysis } : {}),
  };
  const ran = runSimulation(request);
  const milliseconds = performance.now() - start;
  if (!ran.ok) return ran;
  const { simulation, comparison, issues } = ran.value;
  const rows = own ? drivenRows(own) : null;
  const response = own && rows && comparison ? findResponse(own, rows, simulation, comparison) : null;
  const decades = response?.role === 'current' ? compareDecades(response.measured, response.simulated) : null;
  const colours = emissionColours(simulation);
  return succeed({ simulation, comparison, decades, response, rows, issues, colours, milliseconds });
}

function fitTask(
  task: FitTask,
  measurement: Measurement,
  onProgress: (evaluations: number, cost: number) => void,
): Result<FittedSimulator> {
  const fitted = fitSimulator({ ...task.request, measurement, onProgress });
  if (!fitted.ok) return fitted;
  const { report, parameters, issues } = fitted.value;
  return succeed({ report, parameters, issues });
}

export interface SimulatorAnswers {
  readonly simulate: SimulatedCurve;
  readonly fit: FittedSimulator;
  readonly test: TestedDevice;
}

/** Runs a task of the simulator panel; the same call in a worker and in a test. */
export function answerSimulatorTask(
  task: SimulatorTask,
  measurement: Measurement | null,
  onProgress: (evaluations: number, cost: number) => void = () => {},
): Result<SimulatorAnswers[keyof SimulatorAnswers]> {
  if (task.type === 'simulate') return simulateTask(task, measurement);
  if (task.type === 'test') return testTask(task);
  if (!measurement) throw new Error('a fit was asked for without a measurement');
  return fitTask(task, measurement, onProgress);
}
