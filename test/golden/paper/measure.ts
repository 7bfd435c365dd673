import { type buildSweep, diodeCurrent, fitLine, type Simulation, simulate } from '../../../fitting/index.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { toMeasurement } from '../../../src/pipeline/simulated-measurement.ts';

/** Readings taken off simulated traces with the plainest definition, independent of the analyses. */
export function run(
  model: string,
  parameters: Readonly<Record<string, number | string | null>>,
  drive: ReturnType<typeof buildSweep>,
): Simulation {
  const result = simulate(model, parameters, drive);
  if ('refused' in result) throw new Error(result.message);
  return result;
}

export function columnOf(simulation: Simulation, name: string): Float64Array {
  const data = simulation.columns[name];
  if (data === undefined) throw new Error(`no column ${name}`);
  return data;
}

/** n-th row (from 0) whose programmed voltage is `voltage_V`. */
export function rowAt(simulation: Simulation, voltage_V: number, occurrence = 0): number {
  const v = columnOf(simulation, 'voltage_V');
  let left = occurrence;
  for (let i = 0; i < v.length; i++) {
    if (Math.abs(v[i]! - voltage_V) > 1e-9) continue;
    if (left-- === 0) return i;
  }
  throw new Error(`no row at ${voltage_V} V`);
}

export function currentAt(simulation: Simulation, voltage_V: number, occurrence = 0): number {
  return columnOf(simulation, 'current_A')[rowAt(simulation, voltage_V, occurrence)]!;
}

/** Voltage intercept and inverse slope of the line through rows from..to. */
export function tangent(
  simulation: Simulation,
  from: number,
  to: number,
): { turnOn_V: number; resistance_ohm: number } {
  const v = columnOf(simulation, 'voltage_V').slice(from, to + 1);
  const i = columnOf(simulation, 'current_A').slice(from, to + 1);
  const line = fitLine(v, i);
  if (line === null) throw new Error('no tangent');
  return { turnOn_V: -line.intercept / line.slope, resistance_ohm: 1 / line.slope };
}

/** Middle of the programmed step with the largest rise of ln|I| (SET) or fall of |I| (RESET) between two rows. */
export function steepest(simulation: Simulation, from: number, to: number, kind: 'set' | 'reset'): number {
  const v = columnOf(simulation, 'voltage_V');
  const i = columnOf(simulation, 'current_A');
  const score = (k: number): number =>
    kind === 'set' ? Math.log(Math.abs(i[k + 1]! / i[k]!)) : Math.abs(i[k]!) - Math.abs(i[k + 1]!);
  let best = from;
  for (let k = from; k < to; k++) if (score(k) > score(best)) best = k;
  return (v[best]! + v[best + 1]!) / 2;
}

/** Area under |I| over the rows from..to, trapezoid in |V|. */
export function areaUnder(simulation: Simulation, from: number, to: number): number {
  const v = columnOf(simulation, 'voltage_V');
  const i = columnOf(simulation, 'current_A');
  let area = 0;
  for (let k = from; k < to; k++) area += (Math.abs(v[k + 1]! - v[k]!) * (i[k]! + i[k + 1]!)) / 2;
  return area;
}

/** Time at which a rising or falling trace passes a level after `from_s`, linear between the rows. */
export function passTime(
  simulation: Simulation,
  name: string,
  level: number,
  from_s: number,
  rising: boolean,
): number {
  const t = columnOf(simulation, 'time_s');
  const y = columnOf(simulation, name);
  for (let k = 1; k < t.length; k++) {
    if (t[k]! <= from_s) continue;
    const before = y[k - 1]! - level;
    const after = y[k]! - level;
    if (rising ? before < 0 && after >= 0 : before > 0 && after <= 0)
      return t[k - 1]! + ((t[k]! - t[k - 1]!) * before) / (before - after);
  }
  throw new Error(`${name} does not pass ${level}`);
}

/** Voltage at which LEC-F carries a current: by bisection, for definitions at a fixed current. */
export function voltageOfCell(current_A: number): number {
  const cell = {
    lnSaturationCurrent: -29.881894369,
    idealityFactor: 6,
    seriesResistance: 254,
    shuntResistance: 0.63e6,
  };
  let low = 0;
  let high = 8;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (diodeCurrent(middle, cell, 300) < current_A) low = middle;
    else high = middle;
  }
  return low;
}

/** What the analyses extract from a simulated sweep, in the unit of the quantity. */
export function extract(simulation: Simulation, recipe: string, id: string, branch: string): number {
  const { results } = analyseMeasurement(toMeasurement(simulation, 'simulated', 'iv'), recipe, {}, [], []);
  const found = results
    .flatMap((result) => result.quantities)
    .find((quantity) => quantity.id === id && quantity.branch === branch);
  if (typeof found?.value !== 'number') throw new Error(`${id} was not determined`);
  return found.value;
}
