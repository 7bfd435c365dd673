/**
 * A small W-model of its own (METHODS 8.3), written apart from the simulators so that a test of an analysis does not share
 * code with them: one device on a programmed sweep with a limit per sign, state frozen in short substeps of the device voltage.
 */
export interface MemoryCell {
  readonly lowResistance: number;
  readonly highResistance: number;
  readonly crossover_V: number;
  readonly reverseHighResistance: number;
  readonly setSlope: number;
  readonly setThreshold_V: number;
  readonly resetSlope: number;
  readonly resetThreshold_V: number;
  readonly setFeedback: number;
  readonly resetFeedback: number;
  /** A diode in parallel that conducts at V < 0: current of u = -v [A]. */
  readonly cell_A?: (u: number) => number;
}

export const RRAM_S: MemoryCell = {
  lowResistance: 830,
  highResistance: 4.26667e5,
  crossover_V: 0.3,
  reverseHighResistance: 4.26667e5,
  setSlope: 19.346,
  setThreshold_V: 1.1472,
  resetSlope: 18.616,
  resetThreshold_V: 1.3739,
  setFeedback: 1e4,
  resetFeedback: 1e3,
};

function current(cell: MemoryCell, v: number, state: number): number {
  if (v === 0) return 0;
  const high =
    v > 0 ? (v / cell.highResistance) * (1 + v / cell.crossover_V) : -v / cell.reverseHighResistance;
  const low = Math.abs(v) / cell.lowResistance;
  const memory = Math.sign(v) * high ** (1 - state) * low ** state;
  return v < 0 && cell.cell_A ? memory - cell.cell_A(-v) : memory;
}

function advance(x: number, k: number, c: number, dt: number): number {
  if (x >= 1) return 1;
  const ln = Math.log((1 + c * x) / (1 - x)) + k * (1 + c) * dt;
  return ln > 600 ? 1 : (Math.exp(ln) - 1) / (Math.exp(ln) + c);
}

function limited(cell: MemoryCell, v: number, state: number, limit: number): number {
  if (Math.abs(current(cell, v, state)) <= limit) return v;
  let inside = 0;
  let outside = v;
  for (let k = 0; k < 60; k++) {
    const middle = 0.5 * (inside + outside);
    if (Math.abs(current(cell, middle, state)) > limit) outside = middle;
    else inside = middle;
  }
  return inside;
}

/** Current and device voltage at each programmed point, the ramp taken at `rate` V/s. */
export function sweepMemory(
  cell: MemoryCell,
  programmed_V: Float64Array,
  limits: { readonly positive_A: number; readonly negative_A: number },
  rate = 0.1,
  substeps = 100,
): { voltage: Float64Array; current: Float64Array; state: Float64Array } {
  const n = programmed_V.length;
  const out = { voltage: new Float64Array(n), current: new Float64Array(n), state: new Float64Array(n) };
  let state = 0;
  const limitAt = (v: number): number => (v >= 0 ? limits.positive_A : limits.negative_A);
  for (let k = 0; k < n; k++) {
    const target = programmed_V[k]!;
    if (k > 0) {
      const from = programmed_V[k - 1]!;
      const dt = Math.abs(target - from) / rate / substeps;
      for (let m = 0; m < substeps; m++) {
        const programmed = from + ((target - from) * (m + 0.5)) / substeps;
        const v = limited(cell, programmed, state, limitAt(programmed));
        if (v > 0) {
          const rateSet = Math.exp(cell.setSlope * (v - cell.setThreshold_V));
          state = advance(state, rateSet, cell.setFeedback, dt);
        } else if (v < 0) {
          const rateReset = Math.exp(cell.resetSlope * (-v - cell.resetThreshold_V));
          state = 1 - advance(1 - state, rateReset, cell.resetFeedback, dt);
        }
      }
    }
    out.state[k] = state;
    out.voltage[k] = limited(cell, target, state, limitAt(target));
    out.current[k] = current(cell, out.voltage[k]!, state);
  }
  return out;
}
