import { createNormal, createRandom } from '../random.ts';
import { isRefusal, pickNumber, refuse } from './parameters.ts';
import { resistiveMemory } from './resistive-memory.ts';
import type { SimulationParameters, SimulationRefusal } from './simulator.ts';
import { type CycleSpread, drawCycles } from './variability.ts';

/** A rectangular pulse with ideal edges. */
export interface Pulse {
  readonly voltage_V: number;
  readonly width_s: number;
}

export interface MemorySeriesRequest {
  /** Of `resistive-memory`, over its defaults. `noiseRelative` and `noiseFloor` are of every reading. */
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

/** A series in steps: yields the share that is done, so that whoever runs it can show it, breathe, or stop. */
export type SeriesSteps = Generator<number, SeriesColumns | SimulationRefusal, void>;

/** Runs all steps at once. */
export function finishSeries(steps: SeriesSteps): SeriesColumns | SimulationRefusal {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Longest series: cycles, readings or pulses. */
export const MOST_READINGS = 100_000;

const CANCELLED = 'The series was cancelled.';
/** The noise of the readings must not follow the draws of the cycles. */
const NOISE_SEED = 0x9e3779b9;

/** A device of a series: pulsed without noise, read with it. */
class SeriesReader {
  private readonly read_V: number;
  private readonly relative: number;
  private readonly floor_A: number;
  private readonly normal: () => number;

  constructor({ parameters, read_V = 0.1, seed }: MemorySeriesRequest) {
    this.read_V = read_V;
    this.relative = pickNumber(parameters, '', 'noiseRelative');
    this.floor_A = pickNumber(parameters, '', 'noiseFloor');
    this.normal = createNormal(createRandom((seed ^ NOISE_SEED) >>> 0));
  }

  /** Resistance of a device in a state, from its voltage and its (noisy) current. */
  read(parameters: SimulationParameters, state: number): number | SimulationRefusal {
    // a picosecond at the read voltage: no state moves, the circuit is solved
    const reading = resistiveMemory.run(
      { ...silence(parameters), state },
      { time_s: Float64Array.of(0, 1e-12), voltage_V: Float64Array.of(this.read_V, this.read_V) },
    );
    if (isRefusal(reading)) return reading;
    const { deviceVoltage_V, current_A } = reading.columns;
    let current = current_A![0]!;
    if (this.relative > 0) current *= 1 + this.relative * this.normal();
    if (this.floor_A > 0) current += this.floor_A * this.normal();
    return deviceVoltage_V![0]! / current;
  }
}

function silence(parameters: SimulationParameters): SimulationParameters {
  return { ...parameters, noiseRelative: 0, noiseFloor: 0 };
}

/** State after a pulse with ideal edges; only its corners are rows, for nobody looks at the trace. */
function pulseState(
  parameters: SimulationParameters,
  state: number,
  { voltage_V, width_s }: Pulse,
): number | SimulationRefusal {
  if (!(width_s > 0)) return refuse(null, `The pulse width must be above 0 s; ${width_s} s was given.`);
  const drive = {
    time_s: Float64Array.of(0, 0, width_s, width_s),
    voltage_V: Float64Array.of(0, voltage_V, voltage_V, 0),
  };
  const pulsed = resistiveMemory.run({ ...silence(parameters), state }, drive);
  return isRefusal(pulsed) ? pulsed : pulsed.columns['state']!.at(-1)!;
}

function checkRequest(request: MemorySeriesRequest, readings: number): SimulationRefusal | null {
  const { read_V = 0.1 } = request;
  if (!(Number.isInteger(readings) && readings >= 1 && readings <= MOST_READINGS))
    return refuse(
      null,
      `A series has 1 to ${MOST_READINGS.toLocaleString('en-GB')} readings; ${readings} were asked for.`,
    );
  if (read_V === 0 || !Number.isFinite(read_V))
    return refuse('readVoltage', `A read voltage must not be 0 V; ${read_V} V was given.`);
  return null;
}

/**
 * Endurance: SET and RESET pulses in turn, both states read after each, every cycle with its own thresholds and resistances.
 * @returns cycle (from 1), lowResistance, highResistance [ohm]
 */
export function simulateEndurance(
  request: MemorySeriesRequest,
  cycles: number,
): SeriesColumns | SimulationRefusal {
  return finishSeries(stepEndurance(request, cycles));
}

/** `simulateEndurance`, a step a cycle. */
export function* stepEndurance(request: MemorySeriesRequest, cycles: number): SeriesSteps {
  const { parameters, set, reset, seed, spread } = request;
  const problem = checkRequest(request, cycles);
  if (problem !== null) return problem;
  const reader = new SeriesReader(request);
  const cycle = Float64Array.from({ length: cycles }, (_, k) => k + 1);
  const lowResistance = new Float64Array(cycles);
  const highResistance = new Float64Array(cycles);
  let state = parameters['state'] ?? 0;
  for (const [k, drawn] of drawCycles(parameters, cycles, seed, spread).entries()) {
    if (request.cancelled?.()) return refuse(null, CANCELLED);
    for (const [pulse, column] of [
      [set, lowResistance],
      [reset, highResistance],
    ] as const) {
      const after = pulseState(drawn, state, pulse);
      if (typeof after !== 'number') return after;
      const resistance = reader.read(drawn, after);
      if (typeof resistance !== 'number') return resistance;
      column[k] = resistance;
      state = after;
    }
    yield (k + 1) / cycles;
  }
  return { cycle, lowResistance, highResistance };
}

/**
 * Retention: a device set by one pulse, and one reset after it, left at 0 V and read at the times; the reads do not move the state.
 * @param times_s  after the pulse, rising, each > 0
 * @returns time [s], lowResistance, highResistance [ohm]
 */
export function simulateRetention(
  request: MemorySeriesRequest,
  times_s: readonly number[],
): SeriesColumns | SimulationRefusal {
  const { parameters, set, reset } = request;
  const problem = checkRequest(request, times_s.length);
  if (problem !== null) return problem;
  const wrong = times_s.findIndex((t, k) => !(t > (times_s[k - 1] ?? 0)) || !Number.isFinite(t));
  if (wrong >= 0)
    return refuse(
      null,
      `The times of a retention series must rise from above 0 s; number ${wrong + 1} is ${times_s[wrong]} s.`,
    );
  const low = pulseState(parameters, parameters['state'] ?? 0, set);
  if (typeof low !== 'number') return low;
  const high = pulseState(parameters, low, reset);
  if (typeof high !== 'number') return high;
  const reader = new SeriesReader(request);
  const time = Float64Array.from(times_s);
  const columns: Float64Array[] = [];
  for (const state of [low, high]) {
    const rest = { time_s: Float64Array.of(0, ...times_s), voltage_V: new Float64Array(times_s.length + 1) };
    const held = resistiveMemory.run({ ...silence(parameters), state }, rest, request.cancelled);
    if (isRefusal(held)) return held;
    const column = new Float64Array(times_s.length);
    for (let k = 0; k < column.length; k++) {
      const resistance = reader.read(parameters, held.columns['state']![k + 1]!);
      if (typeof resistance !== 'number') return resistance;
      column[k] = resistance;
    }
    columns.push(column);
  }
  return { time, lowResistance: columns[0]!, highResistance: columns[1]! };
}

/**
 * SET (or RESET) pulses of several widths, each on the same `trials` devices drawn anew, from the other state.
 * @param kind which pulse of the request is varied in width; success: the state passes 1/2
 * @returns one row per pulse: width [s], trial (from 1), resistance after it [ohm], success (0 or 1)
 */
export function simulatePulseTrials(
  request: MemorySeriesRequest,
  kind: 'set' | 'reset',
  widths_s: readonly number[],
  trials: number,
): SeriesColumns | SimulationRefusal {
  return finishSeries(stepPulseTrials(request, kind, widths_s, trials));
}

/** `simulatePulseTrials`, a step a pulse. */
export function* stepPulseTrials(
  request: MemorySeriesRequest,
  kind: 'set' | 'reset',
  widths_s: readonly number[],
  trials: number,
): SeriesSteps {
  const { parameters, seed, spread } = request;
  if (!Number.isInteger(trials))
    return refuse('trials', `The pulses of each width are a whole number; ${trials} was given.`);
  const problem = checkRequest(request, widths_s.length * trials);
  if (problem !== null) return problem;
  const pulse = request[kind];
  const reader = new SeriesReader(request);
  // the same devices at every width, so that the series is one of width alone
  const devices = drawCycles(parameters, trials, seed, spread);
  const rows = widths_s.length * trials;
  const [width, trial, resistance, success] = Array.from({ length: 4 }, () => new Float64Array(rows));
  for (const [k, width_s] of widths_s.entries()) {
    for (const [j, device] of devices.entries()) {
      if (request.cancelled?.()) return refuse(null, CANCELLED);
      const state = pulseState(device, kind === 'set' ? 0 : 1, { ...pulse, width_s });
      if (typeof state !== 'number') return state;
      const read = reader.read(device, state);
      if (typeof read !== 'number') return read;
      const row = k * trials + j;
      width![row] = width_s;
      trial![row] = j + 1;
      resistance![row] = read;
      success![row] = state >= 0.5 === (kind === 'set') ? 1 : 0;
      yield (row + 1) / rows;
    }
  }
  return { width: width!, trial: trial!, resistance: resistance!, success: success! };
}

/**
 * The same, one row per width.
 * @returns width [s], median resistance after the pulse [ohm], successProbability [1]
 */
export function simulatePulseWidths(
  request: MemorySeriesRequest,
  kind: 'set' | 'reset',
  widths_s: readonly number[],
  trials: number,
): SeriesColumns | SimulationRefusal {
  const made = simulatePulseTrials(request, kind, widths_s, trials);
  if (isRefusal(made)) return made;
  const take = (name: string, k: number): Float64Array => made[name]!.slice(k * trials, (k + 1) * trials);
  return {
    width: Float64Array.from(widths_s),
    medianResistance: Float64Array.from(
      widths_s,
      (_, k) => take('resistance', k).sort()[Math.floor(trials / 2)]!,
    ),
    successProbability: Float64Array.from(
      widths_s,
      (_, k) => take('success', k).reduce((sum, one) => sum + one, 0) / trials,
    ),
  };
}
