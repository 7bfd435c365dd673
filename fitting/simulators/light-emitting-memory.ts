import {
  buildMemoryDevice,
  hasCell,
  listKinetics,
  readCircuit,
  readIonic,
  readLight,
} from './build-devices.ts';
import { type DrivenCircuit, integrateCircuit } from './circuit.ts';
import { checkDrive } from './drives.ts';
import type { IonicState } from './ionic-state.ts';
import { delayAfterReversals } from './latency.ts';
import { traceLight } from './light.ts';
import type { MemoryDevice } from './memory-device.ts';
import { CIRCUIT_SPECS, MEMORY_SPECS, PARALLEL_CELL_SPECS } from './parameter-specs.ts';
import { isRefusal, listParameters, type ParameterSet, pickNumber, readParameters } from './parameters.ts';
import { LIGHT_EMITTING_MEMORY_PRESETS } from './presets.ts';
import { finishSimulation } from './rows.ts';
import { SeriesNode } from './series-node.ts';
import type { Simulator } from './simulator.ts';

const PARAMETERS: ParameterSet = {
  id: 'light-emitting-memory',
  specs: [...MEMORY_SPECS, ...PARALLEL_CELL_SPECS, ...CIRCUIT_SPECS],
  devices: ['left.', 'right.'],
  defaults: LIGHT_EMITTING_MEMORY_PRESETS['LEM-A']!,
};

/**
 * Two filament devices, each with its cell, in opposite series (METHODS 8.3-8.4): V on the left Ag against the grounded right Ag. For
 * V > 0 the left one switches and the right one emits; both polarities mirror each other.
 */
export const lightEmittingMemory: Simulator = {
  id: PARAMETERS.id,
  label: 'Light-emitting memory',
  parameters: listParameters(PARAMETERS),
  presets: LIGHT_EMITTING_MEMORY_PRESETS,
  defaultPreset: 'LEM-A',
  run(given, drive, cancelled) {
    const values = readParameters(PARAMETERS, given);
    if (isRefusal(values)) return values;
    const problem = checkDrive(drive);
    if (problem !== null) return problem;
    const left = buildMemoryDevice(values, 'left.');
    if (isRefusal(left)) return left;
    const right = buildMemoryDevice(values, 'right.');
    if (isRefusal(right)) return right;
    const options = readCircuit(values);
    const ionics = ['left.', 'right.'].map((side) =>
      hasCell(values, side) ? readIonic(values, side, 'cell.') : null,
    );
    const circuit = new OppositePair([left, right], ionics, options.resistance_ohm, options.limits_A);

    const rows = drive.time_s.length;
    const column = (): Float64Array => new Float64Array(rows);
    const current_A = column();
    const columns = {
      nodeVoltage_V: column(),
      leftVoltage_V: column(),
      rightVoltage_V: column(),
      leftState: column(),
      rightState: column(),
      leftCellCurrent_A: column(),
      rightCellCurrent_A: column(),
    };
    const start = Float64Array.of(
      pickNumber(values, 'left.', 'state'),
      pickNumber(values, 'right.', 'state'),
      pickNumber(values, 'left.', 'cell.ionicState'),
      pickNumber(values, 'right.', 'cell.ionicState'),
      left.startFormed(pickNumber(values, 'left.', 'state')),
      right.startFormed(pickNumber(values, 'right.', 'state')),
      0,
      0,
    );
    const report = integrateCircuit(circuit, start, drive, {
      stepLimit: options.stepLimit,
      watched: ['left', 'right'],
      cancelled,
      onRow(row, states) {
        current_A[row] = circuit.current;
        columns.nodeVoltage_V[row] = 0 - circuit.rightVoltage;
        columns.leftVoltage_V[row] = circuit.leftVoltage;
        columns.rightVoltage_V[row] = circuit.rightVoltage;
        columns.leftState[row] = states[0]!;
        columns.rightState[row] = states[1]!;
        columns.leftCellCurrent_A[row] = circuit.leftCellCurrent;
        columns.rightCellCurrent_A[row] = circuit.rightCellCurrent;
      },
    });
    const light = {
      leftLight_W: traceLight(drive.time_s, columns.leftCellCurrent_A, readLight(values, 'left.', 'cell.')),
      rightLight_W: traceLight(
        drive.time_s,
        columns.rightCellCurrent_A,
        readLight(values, 'right.', 'cell.'),
      ),
    };
    const latencies = ['left.', 'right.'].map((side) => pickNumber(values, side, 'cell.switchLatency'));
    delayAfterReversals(drive, light.leftLight_W, latencies[0]!);
    delayAfterReversals(drive, light.rightLight_W, latencies[1]!);
    delayAfterReversals(drive, current_A, Math.max(...latencies));
    return finishSimulation(
      PARAMETERS.id,
      values,
      drive,
      report,
      current_A,
      { ...columns, ...light },
      listPairKinetics(left, right),
    );
  },
};

/** Common kinetics without a prefix where both devices agree, else each side's. */
function listPairKinetics(left: MemoryDevice, right: MemoryDevice): Record<string, number> {
  const common = listKinetics(left);
  const other = listKinetics(right);
  const keys = new Set([...Object.keys(common), ...Object.keys(other)]);
  const same = [...keys].every((key) => common[key] === other[key]);
  return same ? common : { ...listKinetics(left, 'left.'), ...listKinetics(right, 'right.') };
}

/** states: [left share, right share, left ionic, right ionic, left and right largest share ever reached, left and right time at rest]. */
class OppositePair implements DrivenCircuit {
  readonly shares = 4;
  current = 0;
  deviceVoltage = 0;
  leftVoltage = 0;
  rightVoltage = 0;
  leftCellCurrent = 0;
  rightCellCurrent = 0;
  private readonly left: MemoryDevice;
  private readonly right: MemoryDevice;
  private readonly leftIonic: IonicState | null;
  private readonly rightIonic: IonicState | null;
  private readonly resistance_ohm: number;
  private readonly limits_A: readonly [number, number];
  /** One node a polarity, each with its own warm start. */
  private readonly positive = new SeriesNode();
  private readonly negative = new SeriesNode();

  constructor(
    devices: readonly [MemoryDevice, MemoryDevice],
    ionics: readonly (IonicState | null)[],
    resistance_ohm: number,
    limits_A: readonly [number, number],
  ) {
    [this.left, this.right] = devices;
    this.leftIonic = ionics[0] ?? null;
    this.rightIonic = ionics[1] ?? null;
    this.resistance_ohm = resistance_ohm;
    this.limits_A = limits_A;
  }

  solve(voltage_V: number, states: Float64Array): void {
    this.left.freeze(states[0]!, states[4]!);
    this.right.freeze(states[1]!, states[5]!);
    if (this.leftIonic !== null) this.left.cell?.setLnSaturation(this.leftIonic.findLnSaturation(states[2]!));
    if (this.rightIonic !== null)
      this.right.cell?.setLnSaturation(this.rightIonic.findLnSaturation(states[3]!));
    if (voltage_V > 0) this.place(1, this.positive, this.left, this.right, voltage_V);
    else if (voltage_V < 0) this.place(-1, this.negative, this.right, this.left, -voltage_V);
    else this.rest();
  }

  advance(from: Float64Array, step_s: number, to: Float64Array): number {
    const { left, right } = this;
    left.advance(from[0]!, from[4]!, from[6]!, this.leftVoltage, step_s);
    to[0] = left.nextState;
    to[4] = left.nextFormed;
    to[6] = left.nextAge_s;
    right.advance(from[1]!, from[5]!, from[7]!, this.rightVoltage, step_s);
    to[1] = right.nextState;
    to[5] = right.nextFormed;
    to[7] = right.nextAge_s;
    to[2] = this.leftIonic?.advance(from[2]!, this.leftCellCurrent, this.leftVoltage, step_s) ?? from[2]!;
    to[3] = this.rightIonic?.advance(from[3]!, this.rightCellCurrent, this.rightVoltage, step_s) ?? from[3]!;
    return 0;
  }

  private place(
    sign: 1 | -1,
    node: SeriesNode,
    forward: MemoryDevice,
    backward: MemoryDevice,
    total_V: number,
  ): void {
    node.solve(forward, backward, total_V, this.resistance_ohm);
    let a = node.forwardVoltage;
    let b = node.backwardVoltage;
    let current = node.current;
    let cell = node.cellCurrent;
    const limit = this.limits_A[sign > 0 ? 0 : 1];
    if (current > limit) {
      current = limit;
      a = forward.findVoltage(limit, true, total_V);
      b = backward.findVoltage(limit, false, total_V);
      cell = backward.cellCurrent;
    }
    this.current = sign * current;
    this.deviceVoltage = sign * (a + b);
    this.leftVoltage = sign > 0 ? a : -b;
    this.rightVoltage = sign > 0 ? -b : a;
    this.leftCellCurrent = sign > 0 ? 0 : cell;
    this.rightCellCurrent = sign > 0 ? cell : 0;
  }

  private rest(): void {
    this.current = 0;
    this.deviceVoltage = 0;
    this.leftVoltage = 0;
    this.rightVoltage = 0;
    this.leftCellCurrent = 0;
    this.rightCellCurrent = 0;
  }
}
