import {
  buildPulses,
  buildSweep,
  CROSSBAR,
  type Drive,
  SIMULATORS,
  type Simulation,
  type SimulationRefusal,
  type Simulator,
  simulate,
  simulateCrossbar,
} from '../../fitting/index.ts';
import { error, type Issue, info, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { columnOf } from '../model/curve.ts';
import { type Conditions, INPUTS } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { parseValue } from '../units/parse-value.ts';
import { isUnit, type Unit } from '../units/units.ts';
import { type Comparison, compareSimulation } from './compare-simulation.ts';
import { drivenRows, driveOf, recordedDriveOf, signOf } from './measured-drive.ts';

export type { Comparison } from './compare-simulation.ts';

export type DriveText =
  | { readonly kind: 'sweep'; readonly text: string }
  | { readonly kind: 'pulse'; readonly text: string }
  | {
      readonly kind: 'recorded';
      readonly measurement: Measurement;
      /** Label or role of the column that drives; without it the programmed voltage, the stimulus, the voltage. */
      readonly column?: string | undefined;
    };

export interface SimulationRequest {
  readonly model: string;
  /** SI numbers, texts with units, `preset` by name, or null for off; by parameter id. */
  readonly parameters: Readonly<Record<string, number | string | null>>;
  /** Without it the drive is that of `measurement`. */
  readonly drive?: DriveText | undefined;
  /** Measured curve to compare with, on its own grid. */
  readonly measurement?: Measurement | undefined;
  /** Extract the quantities of both curves too, with this recipe and these inputs. */
  readonly analysis?: { readonly recipe: string; readonly conditions: Conditions } | undefined;
  /** Numbers of lines of a crossbar, instead of 2, 4, 8 ... and its `size`. */
  readonly sizes?: readonly number[] | undefined;
  readonly cancelled?: () => boolean;
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
export function readSimulatorParameters(
  simulator: Pick<Simulator, 'parameters'>,
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

/** Rate in force: what is asked for, else the preset's or the model's default. */
export function rateOf(
  simulator: Simulator,
  parameters: Readonly<Record<string, number | string | null>>,
): number {
  const rate = parameters['sweepRate'];
  if (typeof rate === 'number') return rate;
  return simulator.parameters.find((parameter) => parameter.id === 'sweepRate')?.default ?? 0.1;
}

function buildDrive(
  request: SimulationRequest,
  simulator: Simulator,
  parameters: Readonly<Record<string, number | string | null>>,
  sign: 1 | -1,
): Drive | SimulationRefusal {
  const { drive, measurement } = request;
  const rate = rateOf(simulator, parameters);
  if (drive?.kind === 'sweep') return buildSweep(drive.text, rate);
  if (drive?.kind === 'pulse') {
    const edge = parameters['edgeTime'];
    return buildPulses(drive.text, typeof edge === 'number' ? edge : 0);
  }
  if (drive) return recordedDriveOf(drive.measurement, rate, drive.column);
  if (measurement) return driveOf(measurement, rate, sign);
  return {
    refused: true,
    parameter: null,
    message: 'A simulation needs a sweep, pulses, a drive or a measurement.',
  };
}

/** A simulation driven with the opposite sign, seen from the outside. */
function turnSigns(simulation: Simulation): Simulation {
  const turned = ['voltage_V', 'current_A', 'deviceVoltage_V'].flatMap((name) => {
    const data = simulation.columns[name];
    return data ? [[name, data.map((value) => 0 - value)] as const] : [];
  });
  return { ...simulation, columns: { ...simulation.columns, ...Object.fromEntries(turned) } };
}

/** More steps at the floor than this are said (METHODS 12). */
const MANY_FLOOR_STEPS = 1000;

function explainFloor({ events, floorHits = 0 }: Simulation): Issue[] {
  if (floorHits <= MANY_FLOOR_STEPS) return [];
  const times = events.flatMap((event) => (event.kind === 'floor' ? [event.time_s] : []));
  const span = `first at ${times[0]?.toPrecision(6)} s, the ${times.length}th at ${times.at(-1)?.toPrecision(6)} s`;
  return [
    warning(
      'NOT_CONVERGED',
      `The step floor of 1 ps was reached ${floorHits} times (${span}): the state moves further in a step than stepLimit allows. The result is kept.`,
      { subject: 'stepLimit', hint: 'Raise stepLimit, or check the switching kinetics.' },
    ),
  ];
}

/** The array has no drive: its columns are read margins against the number of lines. */
function runCrossbar(request: SimulationRequest): Result<SimulationOutcome> {
  if (request.drive || request.measurement)
    return fail(
      error('WRONG_USE', 'The crossbar takes no drive and no measurement: it reads one cell at one voltage.'),
    );
  const parameters = readSimulatorParameters(CROSSBAR, request.parameters);
  if (!parameters.ok) return parameters;
  const simulation = simulateCrossbar(parameters.value, request.cancelled, request.sizes);
  if ('refused' in simulation) return refusal(simulation);
  return succeed({ simulation, comparison: null, issues: [] });
}

/** What was chosen or assumed for a drive from a file: the channel among several, and times from the sweep rate. */
function describeDrive({ curve, title }: Measurement, wanted: string | undefined): Issue[] {
  const volts = curve.columns.filter(({ unit, role }) => unit === 'V' && role === 'voltage');
  const isGuess = wanted === undefined && volts.length > 1 && !columnOf(curve, 'stimulus');
  return [
    ...(isGuess && !volts.some(({ programmed }) => programmed)
      ? [
          info(
            'NOTE',
            `'${volts[0]!.label}' of '${title}' drives, the first of ${volts.map(({ label }) => `'${label}'`).join(', ')}.`,
            { hint: 'Name another with --drive-column.' },
          ),
        ]
      : []),
    ...(columnOf(curve, 'time')
      ? []
      : [info('NOTE', `'${title}' has no times; they follow from the sweep rate.`)]),
  ];
}

/** What of a measurement's own grid is not taken as it stands. */
function describeGrid(measurement: Measurement): Issue[] {
  const { curve, title } = measurement;
  const time = columnOf(curve, 'time')?.data;
  const rows = drivenRows(measurement);
  const fall = time ? rows.findIndex((row, k) => k > 0 && !(time[row]! >= time[rows[k - 1]!]!)) : -1;
  return [
    ...(rows.length < curve.length
      ? [
          info(
            'NOTE',
            `${curve.length - rows.length} of ${curve.length} rows of '${title}' have no voltage and are bridged.`,
          ),
        ]
      : []),
    ...(fall >= 0
      ? [
          info(
            'NOTE',
            `The time of '${title}' falls in row ${rows[fall]! + 1}; the times follow from the sweep rate.`,
          ),
        ]
      : []),
  ];
}

/** Runs a simulator on a new drive or on the grid of a measurement, and compares. What `ivory simulate` and the panel run. */
export function runSimulation(request: SimulationRequest): Result<SimulationOutcome> {
  if (request.model === CROSSBAR.id) return runCrossbar(request);
  const simulator = SIMULATORS.get(request.model);
  if (!simulator) {
    const known = [...SIMULATORS.all, CROSSBAR].map((one) => one.id).join(', ');
    return fail(
      error('WRONG_USE', `There is no model '${request.model}' to simulate.`, { hint: `Known: ${known}.` }),
    );
  }
  const parameters = readSimulatorParameters(simulator, request.parameters);
  if (!parameters.ok) return parameters;
  const { measurement } = request;
  const ownGrid = measurement !== undefined && request.drive === undefined;
  const sign = ownGrid ? signOf(request.model, measurement) : 1;
  const drive = buildDrive(request, simulator, parameters.value, sign);
  if ('refused' in drive) return refusal(drive);
  const ran = simulate(request.model, parameters.value, drive, request.cancelled);
  if ('refused' in ran) return refusal(ran);
  const simulation = sign === 1 ? ran : turnSigns(ran);
  const issues: Issue[] = [];
  if (sign === -1)
    issues.push(info('NOTE', 'The model is driven with the opposite sign: the device conducts at V < 0.'));
  if (measurement && !ownGrid) {
    issues.push(
      warning(
        'NOTE',
        'The comparison is made only on the grid of the measurement; leave out --sweep and --pulse for it.',
      ),
    );
  }
  if (ownGrid) issues.push(...describeGrid(measurement));
  else if (request.drive?.kind === 'recorded')
    issues.push(...describeDrive(request.drive.measurement, request.drive.column));
  issues.push(...explainFloor(simulation));
  const comparison = ownGrid ? compareSimulation(measurement, simulation, issues, request.analysis) : null;
  return succeed({ simulation, comparison, issues });
}
