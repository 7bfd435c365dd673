import {
  buildPulses,
  buildRecordedDrive,
  buildSweep,
  type Drive,
  SIMULATORS,
  type Simulation,
  type SimulationRefusal,
  type Simulator,
  simulate,
} from '../../fitting/index.ts';
import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { columnOf, columnsOf } from '../model/curve.ts';
import { INPUTS } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { parseValue } from '../units/parse-value.ts';
import { isUnit, type Unit } from '../units/units.ts';

export type DriveText =
  | { readonly kind: 'sweep'; readonly text: string }
  | { readonly kind: 'pulse'; readonly text: string }
  | { readonly kind: 'recorded'; readonly measurement: Measurement };

export interface SimulationRequest {
  readonly model: string;
  /** SI numbers, texts with units, `preset` by name, or null for off; by parameter id. */
  readonly parameters: Readonly<Record<string, number | string | null>>;
  /** Without it the drive is that of `measurement`. */
  readonly drive?: DriveText | undefined;
  /** Measured curve to compare with, on its own grid. */
  readonly measurement?: Measurement | undefined;
  readonly cancelled?: () => boolean;
}

/** Root mean square difference of measured and simulated current, on the usable rows of the measurement. */
export interface Comparison {
  /** [A] */
  readonly rmse: number;
  /** rmse over the span of the measured current. */
  readonly nrmse: number;
  /** 1 - SS_res/SS_tot. */
  readonly r2: number;
  readonly points: number;
}

export interface SimulationOutcome {
  readonly simulation: Simulation;
  readonly comparison: Comparison | null;
  readonly issues: readonly Issue[];
}

const OFF = new Set(['none', 'off', 'null']);

/** Prefixes of CONTRACT before a parameter: `left.`, `right.`, `cell.`. */
function bareId(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/** Numbers from texts, in the unit of the parameter; what a simulator does not know is left to it to refuse. */
function readSimulatorParameters(
  simulator: Simulator,
  given: SimulationRequest['parameters'],
): Result<Record<string, number | string | null>> {
  const issues: Issue[] = [];
  const entries = Object.entries(given).map(([id, value]): [string, number | string | null] => {
    if (typeof value !== 'string' || id === 'preset') return [id, value];
    if (OFF.has(value)) return [id, null];
    const bare = bareId(id);
    const spec =
      simulator.parameters.find((parameter) => parameter.id === id) ??
      simulator.parameters.find((parameter) => bareId(parameter.id) === bare);
    const unit: Unit =
      spec && isUnit(spec.unit) ? spec.unit : (INPUTS.find((input) => input.id === bare)?.unit ?? '1');
    const parsed = parseValue(value, unit);
    if (parsed.ok) return [id, parsed.value];
    issues.push(error('WRONG_USE', `Parameter ${id}: ${parsed.message}.`, { subject: id }));
    return [id, null];
  });
  const [first, ...rest] = issues;
  return first ? fail(first, ...rest) : succeed(Object.fromEntries(entries));
}

function refusal(refused: SimulationRefusal): Result<never> {
  return fail(
    error('WRONG_USE', refused.message, refused.parameter === null ? {} : { subject: refused.parameter }),
  );
}

/** The programmed voltage of a measurement, else the measured one. */
function sweptVoltage(measurement: Measurement): Float64Array | undefined {
  const programmed = columnsOf(measurement.curve, 'voltage').find((column) => column.programmed);
  return (programmed ?? columnOf(measurement.curve, 'voltage'))?.data;
}

/** Voltage and time of a measured sweep; the time follows from the sweep rate where the file has none, or one that falls. */
function driveOf(measurement: Measurement, rate_V_per_s: number): Drive | SimulationRefusal {
  const voltage = sweptVoltage(measurement);
  if (!voltage)
    return { refused: true, parameter: null, message: `'${measurement.title}' has no voltage column.` };
  const time = columnOf(measurement.curve, 'time')?.data;
  const rows = usableRows(measurement, voltage);
  const pick = (data: Float64Array): Float64Array => Float64Array.from(rows, (row) => data[row]!);
  const isClock = time && rows.every((row, k) => k === 0 || time[row]! >= time[rows[k - 1]!]!);
  return buildRecordedDrive(isClock ? pick(time) : null, pick(voltage), rate_V_per_s);
}

function usableRows(measurement: Measurement, voltage: Float64Array): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < measurement.curve.length; row++) if (Number.isFinite(voltage[row])) rows.push(row);
  return rows;
}

/** Rate in force: what is asked for, else the preset's or the model's default. */
function rateOf(simulator: Simulator, parameters: Readonly<Record<string, number | string | null>>): number {
  const rate = parameters['sweepRate'];
  if (typeof rate === 'number') return rate;
  return simulator.parameters.find((parameter) => parameter.id === 'sweepRate')?.default ?? 0.1;
}

function buildDrive(
  request: SimulationRequest,
  simulator: Simulator,
  parameters: Readonly<Record<string, number | string | null>>,
): Drive | SimulationRefusal {
  const { drive, measurement } = request;
  const rate = rateOf(simulator, parameters);
  if (drive?.kind === 'sweep') return buildSweep(drive.text, rate);
  if (drive?.kind === 'pulse') {
    const edge = parameters['edgeTime'];
    return buildPulses(drive.text, typeof edge === 'number' ? edge : 0);
  }
  const source = drive?.measurement ?? measurement;
  if (source) return driveOf(source, rate);
  return {
    refused: true,
    parameter: null,
    message: 'A simulation needs a sweep, pulses, a drive or a measurement.',
  };
}

/** Compares row by row on the grid of the measurement; rows without a current count for nothing. */
export function compareCurrents(measured: Float64Array, simulated: Float64Array): Comparison | null {
  let n = 0;
  let sum = 0;
  let residual = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < measured.length; k++) {
    const y = measured[k]!;
    const difference = y - simulated[k]!;
    if (!Number.isFinite(difference)) continue;
    n += 1;
    sum += y;
    residual += difference * difference;
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  if (n === 0) return null;
  const mean = sum / n;
  let total = 0;
  for (let k = 0; k < measured.length; k++) {
    if (Number.isFinite(measured[k]! - simulated[k]!)) total += (measured[k]! - mean) ** 2;
  }
  const rmse = Math.sqrt(residual / n);
  return { rmse, nrmse: rmse / (high - low), r2: 1 - residual / total, points: n };
}

function compareWith(
  measurement: Measurement,
  simulation: Simulation,
  ownGrid: boolean,
  issues: Issue[],
): Comparison | null {
  const current = columnOf(measurement.curve, 'current')?.data;
  if (!current) {
    issues.push(warning('NO_DATA', `'${measurement.title}' has no current to compare with.`));
    return null;
  }
  if (!ownGrid) {
    issues.push(
      warning(
        'NOTE',
        'The comparison is made only on the grid of the measurement; leave out --sweep and --pulse for it.',
      ),
    );
    return null;
  }
  const rows = usableRows(measurement, sweptVoltage(measurement)!);
  const measured = Float64Array.from(rows, (row) => current[row]!);
  return compareCurrents(measured, simulation.columns['current_A'] ?? new Float64Array());
}

/** Runs a simulator on a new drive or on the grid of a measurement, and compares. What `ivory simulate` and the panel run. */
export function runSimulation(request: SimulationRequest): Result<SimulationOutcome> {
  const simulator = SIMULATORS.get(request.model);
  if (!simulator) {
    const known = SIMULATORS.all.map((one) => one.id).join(', ');
    return fail(
      error('WRONG_USE', `There is no model '${request.model}' to simulate.`, { hint: `Known: ${known}.` }),
    );
  }
  const parameters = readSimulatorParameters(simulator, request.parameters);
  if (!parameters.ok) return parameters;
  const drive = buildDrive(request, simulator, parameters.value);
  if ('refused' in drive) return refusal(drive);
  const simulation = simulate(request.model, parameters.value, drive, request.cancelled);
  if ('refused' in simulation) return refusal(simulation);
  const issues: Issue[] = [];
  const comparison = request.measurement
    ? compareWith(request.measurement, simulation, request.drive === undefined, issues)
    : null;
  return succeed({ simulation, comparison, issues });
}
