import { buildPulses } from './drives.ts';
import { isRefusal } from './parameters.ts';
import { resistiveMemory } from './resistive-memory.ts';
import type { SimulationParameters, SimulationRefusal } from './simulator.ts';
import { type CycleSpread, drawCycles } from './variability.ts';

/** A rectangular pulse with ideal edges. */
export interface Pulse {
  readonly voltage_V: number;
  readonly width_s: number;
}

export interface MemorySeriesRequest {
  /** Of `resistive-memory`, over its defaults. */
  readonly parameters: SimulationParameters;
  readonly set: Pulse;
  readonly reset: Pulse;
  /** Voltage the resistances are read at [V]; the read does not move the state. @default 0.1 */
  readonly read_V?: number;
  readonly seed: number;
  readonly spread?: CycleSpread;
  readonly cancelled?: () => boolean;
}

/** Columns of equal length. */
export type SeriesColumns = Readonly<Record<string, Float64Array>>;

/** State after a pulse on a device, and the resistance it is read with. */
function applyPulse(
  parameters: SimulationParameters,
  state: number,
  pulse: Pulse,
  read_V: number,
): { readonly state: number; readonly resistance_ohm: number } | SimulationRefusal {
  const drive = buildPulses(`0:${pulse.voltage_V}:${pulse.width_s}:${2 * pulse.width_s}:1`, 0);
  if (isRefusal(drive)) return drive;
  const pulsed = resistiveMemory.run({ ...parameters, state }, drive);
  if (isRefusal(pulsed)) return pulsed;
  const after = pulsed.columns['state']!.at(-1)!;
  // a picosecond at the read voltage: no state moves, the circuit is solved
  const reading = resistiveMemory.run(
    { ...parameters, state: after },
    { time_s: Float64Array.of(0, 1e-12), voltage_V: Float64Array.of(read_V, read_V) },
  );
  if (isRefusal(reading)) return reading;
  const { deviceVoltage_V, current_A } = reading.columns;
  return { state: after, resistance_ohm: deviceVoltage_V![0]! / current_A![0]! };
}

/**
 * Endurance: SET and RESET pulses in turn, both states read after each, every cycle with its own thresholds and resistances.
 * @returns cycle (from 1), lowResistance, highResistance [ohm]
 */
export function simulateEndurance(
  request: MemorySeriesRequest,
  cycles: number,
): SeriesColumns | SimulationRefusal {
  const { parameters, set, reset, read_V = 0.1, seed, spread } = request;
  const cycle = Float64Array.from({ length: cycles }, (_, k) => k + 1);
  const lowResistance = new Float64Array(cycles);
  const highResistance = new Float64Array(cycles);
  let state = parameters['state'] ?? 0;
  for (const [k, drawn] of drawCycles(parameters, cycles, seed, spread).entries()) {
    if (request.cancelled?.())
      return { refused: true, parameter: null, message: 'The series was cancelled.' };
    const low = applyPulse(drawn, state, set, read_V);
    if (isRefusal(low)) return low;
    const high = applyPulse(drawn, low.state, reset, read_V);
    if (isRefusal(high)) return high;
    lowResistance[k] = low.resistance_ohm;
    highResistance[k] = high.resistance_ohm;
    state = high.state;
  }
  return { cycle, lowResistance, highResistance };
}

/**
 * SET (or RESET) pulses of several widths, each on `trials` devices drawn anew from the other state.
 * @param kind which pulse of the request is varied in width; success: the state passes 1/2
 * @returns width [s], median resistance after the pulse [ohm], successProbability [1]
 */
export function simulatePulseWidths(
  request: MemorySeriesRequest,
  kind: 'set' | 'reset',
  widths_s: readonly number[],
  trials: number,
): SeriesColumns | SimulationRefusal {
  const { parameters, read_V = 0.1, seed, spread } = request;
  const pulse = request[kind];
  const medianResistance = new Float64Array(widths_s.length);
  const successProbability = new Float64Array(widths_s.length);
  // the same devices at every width, so that the series is one of width alone
  const devices = drawCycles(parameters, trials, seed, spread);
  for (const [k, width_s] of widths_s.entries()) {
    const resistances: number[] = [];
    let successes = 0;
    for (const device of devices) {
      if (request.cancelled?.())
        return { refused: true, parameter: null, message: 'The series was cancelled.' };
      const after = applyPulse(device, kind === 'set' ? 0 : 1, { ...pulse, width_s }, read_V);
      if (isRefusal(after)) return after;
      resistances.push(after.resistance_ohm);
      if (after.state >= 0.5 === (kind === 'set')) successes++;
    }
    medianResistance[k] = resistances.sort((a, b) => a - b)[Math.floor(trials / 2)]!;
    successProbability[k] = successes / trials;
  }
  return { width: Float64Array.from(widths_s), medianResistance, successProbability };
}
