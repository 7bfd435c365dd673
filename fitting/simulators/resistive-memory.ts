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
import { isRefusal, type ParameterSet, pickNumber, readParameters } from './parameters.ts';
import { MEMORY_PRESETS } from './presets.ts';
import { finishSimulation } from './rows.ts';
import type { Simulator } from './simulator.ts';

const PARAMETERS: ParameterSet = {
  id: 'resistive-memory',
  specs: [...MEMORY_SPECS, ...PARALLEL_CELL_SPECS, ...CIRCUIT_SPECS],
  devices: [],
  defaults: MEMORY_PRESETS['RRAM-S']!,
};

/**
 * Filament memory of METHODS 8.3, alone or in parallel with a light-emitting cell, behind a series resistance and a source that
 * limits its current. V = V(Ag) - V(ITO): it sets at V > 0, resets and emits at V < 0.
 */
export const resistiveMemory: Simulator = {
  id: PARAMETERS.id,
  label: 'Resistive memory',
  parameters: PARAMETERS.specs,
  presets: MEMORY_PRESETS,
  defaultPreset: 'RRAM-S',
  run(given, drive, cancelled) {
    const values = readParameters(PARAMETERS, given);
    if (isRefusal(values)) return values;
    const problem = checkDrive(drive);
    if (problem !== null) return problem;
    const device = buildMemoryDevice(values, '');
    if (isRefusal(device)) return device;
    const options = readCircuit(values);
    const ionic = hasCell(values, '') ? readIonic(values, '', 'cell.') : null;
    const circuit = new SingleMemory(device, ionic, options.resistance_ohm, options.limits_A);

    const rows = drive.time_s.length;
    const current_A = new Float64Array(rows);
    const deviceVoltage_V = new Float64Array(rows);
    const state = new Float64Array(rows);
    const cellCurrent_A = new Float64Array(rows);
    const start = [
      pickNumber(values, '', 'state'),
      ionic === null ? 0 : pickNumber(values, '', 'cell.ionicState'),
      device.startFormed(pickNumber(values, '', 'state')),
      0,
    ];
    const report = integrateCircuit(circuit, Float64Array.from(start), drive, {
      stepLimit: options.stepLimit,
      watched: ['single'],
      cancelled,
      onRow(row, states) {
        current_A[row] = circuit.current;
        deviceVoltage_V[row] = circuit.deviceVoltage;
        state[row] = states[0]!;
        cellCurrent_A[row] = circuit.cellCurrent;
      },
    });
    const columns: Record<string, Float64Array> = { deviceVoltage_V, state };
    if (device.cell !== null) {
      columns['cellCurrent_A'] = cellCurrent_A;
      const light_W = traceLight(drive.time_s, cellCurrent_A, readLight(values, '', 'cell.'));
      const latency_s = pickNumber(values, '', 'cell.switchLatency');
      delayAfterReversals(drive, current_A, latency_s);
      delayAfterReversals(drive, light_W, latency_s);
      columns['light_W'] = light_W;
    }
    return finishSimulation(PARAMETERS.id, values, drive, report, current_A, columns, listKinetics(device));
  },
};

/** states: [share of the filament, ionic state of the cell, largest share ever reached, time at rest]. */
class SingleMemory implements DrivenCircuit {
  readonly shares = 2;
  current = 0;
  deviceVoltage = 0;
  cellCurrent = 0;
  private readonly device: MemoryDevice;
  private readonly ionic: IonicState | null;
  private readonly resistance_ohm: number;
  private readonly limits_A: readonly [number, number];

  constructor(
    device: MemoryDevice,
    ionic: IonicState | null,
    resistance_ohm: number,
    limits_A: readonly [number, number],
  ) {
    this.device = device;
    this.ionic = ionic;
    this.resistance_ohm = resistance_ohm;
    this.limits_A = limits_A;
  }

  solve(voltage_V: number, states: Float64Array): void {
    const device = this.device;
    device.freeze(states[0]!, states[2]!);
    if (this.ionic !== null && device.cell !== null)
      device.cell.setLnSaturation(this.ionic.findLnSaturation(states[1]!));
    const total = Math.abs(voltage_V);
    const forward = voltage_V > 0;
    const limit = this.limits_A[forward ? 0 : 1];
    const v = total === 0 ? 0 : this.solveSeries(total, forward);
    this.cellCurrent = device.cellCurrent;
    let current = total === 0 ? 0 : device.current;
    let dropped = v;
    if (current > limit) {
      current = limit;
      dropped = device.findVoltage(limit, forward, total);
      this.cellCurrent = device.cellCurrent;
    }
    if (total === 0) this.cellCurrent = 0;
    this.current = forward ? current : 0 - current;
    this.deviceVoltage = forward ? dropped : 0 - dropped;
  }

  advance(from: Float64Array, step_s: number, to: Float64Array): number {
    const { device } = this;
    device.advance(from[0]!, from[2]!, from[3]!, this.deviceVoltage, step_s);
    to[0] = device.nextState;
    to[2] = device.nextFormed;
    to[3] = device.nextAge_s;
    to[1] =
      this.ionic === null
        ? from[1]!
        : this.ionic.advance(from[1]!, this.cellCurrent, this.deviceVoltage, step_s);
    return 0;
  }

  /** v + R I(v) = V, monotone: Newton inside a bracket. */
  private solveSeries(total_V: number, forward: boolean): number {
    const device = this.device;
    const r = this.resistance_ohm;
    let low = 0;
    let high = total_V;
    let v = Math.min(Math.abs(this.deviceVoltage), total_V);
    if (r === 0 || v === 0) v = total_V;
    for (let i = 0; i < 80; i++) {
      if (forward) device.evaluateForward(v);
      else device.evaluateBackward(v);
      if (r === 0) return v;
      const f = total_V - v - r * device.current;
      if (f > 0) low = v;
      else high = v;
      const step = f / (1 + r * device.conductance);
      if (Math.abs(step) <= 1e-13 * v + 1e-16) return v;
      const next = v + step;
      v = next > low && next < high ? next : (low + high) / 2;
    }
    return v;
  }
}
