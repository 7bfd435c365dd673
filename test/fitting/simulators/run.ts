import { type Drive, type Simulation, type SimulationRefusal, simulate } from '../../../fitting/index.ts';

/** Runs a simulation that must succeed. */
export function runOrFail(
  model: string,
  parameters: Readonly<Record<string, number | string | null>>,
  drive: Drive | SimulationRefusal,
): Simulation {
  const result = simulate(model, parameters, drive);
  if ('refused' in result) throw new Error(result.message);
  return result;
}

/** Sentence of a simulation that must be refused. */
export function refusalOf(
  model: string,
  parameters: Readonly<Record<string, number | string | null>>,
  drive: Drive | SimulationRefusal,
): string {
  const result = simulate(model, parameters, drive);
  if (!('refused' in result)) throw new Error(`${model} was simulated although it should be refused`);
  return result.message;
}

export function column(simulation: Simulation, name: string): Float64Array {
  const data = simulation.columns[name];
  if (data === undefined) throw new Error(`no column ${name}`);
  return data;
}

/** First row at which the programmed voltage is `voltage_V`, counted from `start`. */
export function findRow(simulation: Simulation, voltage_V: number, start = 0): number {
  const v = column(simulation, 'voltage_V');
  for (let i = start; i < v.length; i++) if (Math.abs(v[i]! - voltage_V) < 1e-9) return i;
  throw new Error(`no row at ${voltage_V} V`);
}

/** Row i with the largest step of the natural logarithm of |I|, times `sign`, between `from` and `to`: the step i -> i + 1. */
export function findSteepestStep(simulation: Simulation, from: number, to: number, sign: 1 | -1): number {
  const current = column(simulation, 'current_A');
  let best = from;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const step = sign * (Math.log(Math.abs(current[i + 1]!)) - Math.log(Math.abs(current[i]!)));
    if (step > largest) {
      largest = step;
      best = i;
    }
  }
  return best;
}

/** Row i with the largest fall of |I| to the next row, between `from` and `to`. */
export function findLargestDrop(simulation: Simulation, from: number, to: number): number {
  const current = column(simulation, 'current_A');
  let best = from;
  for (let i = from; i < to; i++) {
    const drop = Math.abs(current[i]!) - Math.abs(current[i + 1]!);
    if (drop > Math.abs(current[best]!) - Math.abs(current[best + 1]!)) best = i;
  }
  return best;
}
