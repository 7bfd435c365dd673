import { buildSweep, type Drive, type Simulation, simulate } from '../../../fitting/index.ts';
import { readCurrent, readVoltage } from '../instruments.ts';

/** Runs a simulation the generator depends on; a refusal is a bug of the generator. */
export function simulateOrThrow(
  model: string,
  parameters: Readonly<Record<string, number | string | null>>,
  drive: ReturnType<typeof buildSweep>,
): Simulation {
  const result = simulate(model, parameters, drive);
  if ('refused' in result) throw new Error(result.message);
  return result;
}

export function sweepOrThrow(text: string, rate_V_per_s: number): Drive {
  const drive = buildSweep(text, rate_V_per_s);
  if ('refused' in drive) throw new Error(drive.message);
  return drive;
}

/** Column of a simulation that has it. */
export function columnOf(simulation: Simulation, name: string): Float64Array {
  const data = simulation.columns[name];
  if (data === undefined) throw new Error(`no column ${name}`);
  return data;
}

export interface Readings {
  readonly time_s: Float64Array;
  readonly voltage_V: Float64Array;
  readonly current_A: Float64Array;
}

/**
 * What a source meter reads of a simulated sweep: voltage left on the device, current with relative noise and a floor, both at the
 * resolution of their range, times with the jitter of the trigger.
 */
export function readSweep(
  simulation: Simulation,
  normal: () => number,
  relative: number,
  floor_A: number,
): Readings {
  const source = columnOf(simulation, 'current_A');
  const device = simulation.columns['deviceVoltage_V'] ?? findDeviceVoltage(simulation);
  const clock = columnOf(simulation, 'time_s');
  return {
    current_A: source.map((i) => readCurrent(i * (1 + relative * normal()) + floor_A * normal())),
    voltage_V: device.map((v) => readVoltage(v, normal())),
    time_s: clock.map((t, row) => (row === 0 ? 0 : Math.round((t + 2e-4 * normal()) * 1e6) / 1e6)),
  };
}

/** Of the pair: what is left between its outer contacts. */
function findDeviceVoltage(simulation: Simulation): Float64Array {
  const left = columnOf(simulation, 'leftVoltage_V');
  const right = columnOf(simulation, 'rightVoltage_V');
  return left.map((v, row) => v - right[row]!);
}

/** Like a source in its limit: the limited reading is quiet and sits a trifle off the limit. */
export function holdLimit(
  readings: Readings,
  limit_A: number,
  normal: () => number,
  simulated_A: Float64Array,
): Readings {
  const current_A = readings.current_A.map((i, row) =>
    simulated_A[row]! >= limit_A * (1 - 1e-9) ? readCurrent(limit_A * (1 + 2e-5 + 1e-5 * normal())) : i,
  );
  return { ...readings, current_A };
}
