import type { Drive, SimulationEvent } from './simulator.ts';

/** A circuit with slow states: solved at frozen states, advanced exactly at frozen voltages. No allocation in either. */
export interface DrivenCircuit {
  /** Current through the source [A] and voltage left on the device(s) [V], of the last `solve`. */
  readonly current: number;
  readonly deviceVoltage: number;
  /** The first so many states are shares of order 1, judged by the step limit; the others by `advance` itself. */
  readonly shares: number;
  /** Told before each interval of the drive, for laws that depend on the direction of the sweep. */
  enter?(from_V: number, to_V: number): void;
  solve(voltage_V: number, states: Float64Array): void;
  /**
   * States after a step at the voltages of the last `solve`, into `to`.
   * @returns error of the step over its tolerance for what the state changes do not show (0 where there is nothing)
   */
  advance(from: Float64Array, step_s: number, to: Float64Array, start_V: number, end_V: number): number;
}

export interface IntegrationOptions {
  /** Largest change of a state a step [1]. */
  readonly stepLimit: number;
  /** Devices whose switching share (states[i]) is watched for events. */
  readonly watched: readonly SimulationEvent['device'][];
  /** Called with the solved circuit for every point of the drive. */
  readonly onRow: (row: number, states: Float64Array) => void;
  readonly cancelled?: (() => boolean) | undefined;
}

export interface IntegrationReport {
  readonly events: readonly SimulationEvent[];
  readonly totalEnergy_J: number;
  readonly deviceEnergy_J: number;
  readonly steps: number;
  readonly floorHits: number;
  readonly stopped: 'cancelled' | 'too-many-steps' | null;
}

const STEP_FLOOR_S = 1e-12;
const EDGE_STEP_S = 1e-9;
/** A smaller change (0.001 at the default) stands as predicted; it shrinks with the square of the limit, so that the order stays two. */
const CORRECTED_FROM = 2.5;
/** Voltage a step may cross, per unit of the step limit: 5 mV at the default of 0.02. */
const VOLTAGE_PER_LIMIT_V = 0.25;
/** No step is asked to be finer than this: rates do not move within it. */
const FINEST_V = 1e-4;
const MAXIMUM_STEPS = 2e7;
const MAXIMUM_FLOOR_EVENTS = 1000;

/**
 * Integrates a circuit over a drive, second order, with steps that shrink at switching events (METHODS 8.4).
 * 1. Solve at the midpoint voltage of a step that crosses at most `stepLimit` x 0.25 V. 2. Predict the states; halve the step where one moves more than `stepLimit`.
 * 3. Where one moves more than 2.5 limit^2, solve again with the states advanced by half a step and repeat the whole step; halve where
 *    prediction and result differ by more than limit/4. 4. Accept, grow by 1.6; below 1 ps accept and log. 5. Solve once more at the
 *    end of the interval for the row.
 * @param states start values, changed in place
 */
export function integrateCircuit(
  circuit: DrivenCircuit,
  states: Float64Array,
  drive: Drive,
  options: IntegrationOptions,
): IntegrationReport {
  const { time_s, voltage_V } = drive;
  const limit = options.stepLimit;
  const crossing_V = Math.max(limit * VOLTAGE_PER_LIMIT_V, FINEST_V);
  const count = states.length;
  const next = new Float64Array(count);
  const middle = new Float64Array(count);
  const better = new Float64Array(count);
  const events: SimulationEvent[] = [];
  let totalEnergy_J = 0;
  let deviceEnergy_J = 0;
  let steps = 0;
  let floorHits = 0;
  let afterEdge = false;
  let stopped: IntegrationReport['stopped'] = null;

  circuit.solve(voltage_V[0]!, states);
  options.onRow(0, states);

  for (let k = 0; k + 1 < time_s.length && stopped === null; k++) {
    if ((k & 63) === 0 && options.cancelled?.()) {
      stopped = 'cancelled';
      break;
    }
    const from_V = voltage_V[k]!;
    const to_V = voltage_V[k + 1]!;
    const duration = time_s[k + 1]! - time_s[k]!;
    circuit.enter?.(from_V, to_V);
    let elapsed = 0;
    // rates are exponential in the voltage: however far the drive jumps, one step crosses so much of it only
    const pieces = Math.ceil(Math.abs(to_V - from_V) / crossing_V - 1e-6);
    const longest = Math.max(duration / Math.max(pieces, 1), 2 * STEP_FLOOR_S);
    let dt = Math.min(longest, afterEdge ? EDGE_STEP_S : duration, duration);
    while (elapsed < duration) {
      if (elapsed + dt > duration * (1 - 1e-12)) dt = duration - elapsed;
      const start_V = from_V + ((to_V - from_V) * elapsed) / duration;
      const end_V = from_V + ((to_V - from_V) * (elapsed + dt)) / duration;
      const mid_V = (start_V + end_V) / 2;
      const atFloor = dt <= STEP_FLOOR_S;
      if (++steps > MAXIMUM_STEPS) {
        stopped = 'too-many-steps';
        break;
      }
      circuit.solve(mid_V, states);
      const roughness = circuit.advance(states, dt, next, start_V, end_V);
      let change = findLargestDifference(next, states, circuit.shares);
      if (!atFloor && (change > limit || roughness > 1)) {
        dt /= 2;
        continue;
      }
      // at the floor the prediction stands: it moves on, where a corrected step would see the voltage already gone and stay
      if (!atFloor && change > CORRECTED_FROM * limit * limit) {
        circuit.advance(states, dt / 2, middle, start_V, mid_V);
        circuit.solve(mid_V, middle);
        circuit.advance(states, dt, better, start_V, end_V);
        change = findLargestDifference(better, next, circuit.shares);
        if (change > limit / 4) {
          dt /= 2;
          continue;
        }
        for (let i = 0; i < count; i++) next[i] = settleStep(states[i]!, next[i]!, better[i]!);
      }
      const time = time_s[k]! + elapsed;
      for (let i = 0; i < options.watched.length; i++) {
        const before = states[i]!;
        const after = next[i]!;
        if (before < 0.5 !== after < 0.5) {
          events.push({
            kind: after > before ? 'set' : 'reset',
            device: options.watched[i]!,
            time_s: time + (dt * (0.5 - before)) / (after - before),
            voltage_V: [from_V, to_V],
          });
        }
      }
      if (atFloor && dt < duration - elapsed && ++floorHits <= MAXIMUM_FLOOR_EVENTS) {
        const device = options.watched[0] ?? 'single';
        events.push({ kind: 'floor', device, time_s: time, voltage_V: [from_V, to_V] });
      }
      totalEnergy_J += mid_V * circuit.current * dt;
      deviceEnergy_J += circuit.deviceVoltage * circuit.current * dt;
      states.set(next);
      elapsed += dt;
      dt = Math.min(1.6 * dt, longest);
    }
    afterEdge = duration === 0 && to_V !== from_V;
    circuit.solve(to_V, states);
    options.onRow(k + 1, states);
  }
  return { events, totalEnergy_J, deviceEnergy_J, steps, floorHits, stopped };
}

/**
 * The corrected state; but where it hardly moves because the predicted one had already taken the voltage away, the mean of both. A
 * switch that limits itself faster than the step would otherwise stand still for ever.
 */
function settleStep(start: number, predicted: number, corrected: number): number {
  const stalled = Math.abs(corrected - start) < 0.1 * Math.abs(predicted - start);
  return stalled ? (predicted + corrected) / 2 : corrected;
}

function findLargestDifference(a: Float64Array, b: Float64Array, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (difference > largest) largest = difference;
  }
  return largest;
}
