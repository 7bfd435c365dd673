import type { Simulation } from '../../fitting/index.ts';
import { type Issue, warning } from '../base/issues.ts';
import { type Column, columnOf, ROW_FLAG } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Quantity } from '../model/quantity.ts';
import { analyseMeasurement } from './analyse-measurement.ts';
import { drivenRows } from './measured-drive.ts';

/** One quantity of the measured and of the simulated curve; null where either refuses it. */
export interface QuantityDifference {
  readonly id: string;
  readonly branch: string | null;
  readonly cycle: number | null;
  readonly convention: string | null;
  readonly unit: string;
  readonly measured: number | string | null;
  readonly simulated: number | string | null;
  /** simulated - measured, of numbers. */
  readonly difference: number | null;
}

/** Root mean square difference of measured and simulated curve, on the usable rows of the measurement. */
export interface Comparison {
  /** [A], or in the unit of the light where the measurement has no current. */
  readonly rmse: number;
  /** rmse over the span of the measured curve. */
  readonly nrmse: number;
  /** 1 - SS_res/SS_tot. */
  readonly r2: number;
  readonly points: number;
  /** measured - simulated, one per simulated row; NaN where the measurement has no value. */
  readonly residuals: Float64Array;
  /** Only where asked for. */
  readonly quantities?: readonly QuantityDifference[];
}

/** Compares row by row; rows without a measured value count for nothing. Null where none has one. */
export function compareCurves(measured: Float64Array, simulated: Float64Array): Comparison | null {
  const residuals = measured.map((y, k) => y - simulated[k]!);
  let n = 0;
  let sum = 0;
  let squares = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < measured.length; k++) {
    if (!Number.isFinite(residuals[k])) continue;
    const y = measured[k]!;
    n += 1;
    sum += y;
    squares += residuals[k]! ** 2;
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  if (n === 0) return null;
  const mean = sum / n;
  let total = 0;
  for (let k = 0; k < measured.length; k++)
    if (Number.isFinite(residuals[k])) total += (measured[k]! - mean) ** 2;
  const rmse = Math.sqrt(squares / n);
  return { rmse, nrmse: rmse / (high - low), r2: 1 - squares / total, points: n, residuals };
}

/** Light of a simulation: of the cell, or of both devices of a pair together. */
function simulatedLight({ columns }: Simulation): Float64Array | null {
  const parts = ['light_W', 'leftLight_W', 'rightLight_W'].flatMap((name) => columns[name] ?? []);
  if (parts.length === 0) return null;
  return parts[0]!.map((_, k) => parts.reduce((sum, part) => sum + part[k]!, 0));
}

/** Factor that brings a simulated light to the detector's scale, by least squares: its gain is not known. */
function scaleLight(measured: Float64Array, simulated: Float64Array): Float64Array {
  let product = 0;
  let square = 0;
  for (let k = 0; k < measured.length; k++) {
    if (!Number.isFinite(measured[k])) continue;
    product += measured[k]! * simulated[k]!;
    square += simulated[k]! ** 2;
  }
  const factor = square > 0 ? product / square : 1;
  return simulated.map((value) => value * factor);
}

/** The columns of a measurement that a simulation over its grid predicts: rows x measured and simulated. */
interface Predicted {
  readonly column: Column;
  readonly measured: Float64Array;
  readonly simulated: Float64Array;
}

function predictColumns(
  measurement: Measurement,
  simulation: Simulation,
  rows: Int32Array,
  issues: Issue[],
): readonly Predicted[] {
  const predicted: Predicted[] = [];
  const take = (column: Column): Float64Array => Float64Array.from(rows, (row) => column.data[row]!);
  const current = columnOf(measurement.curve, 'current');
  const simulated = simulation.columns['current_A'];
  if (current && simulated) predicted.push({ column: current, measured: take(current), simulated });
  const light = columnOf(measurement.curve, 'light');
  const emitted = simulatedLight(simulation);
  if (!light || !emitted) return predicted;
  const measured = take(light);
  if (light.unit === 'W') return [...predicted, { column: light, measured, simulated: emitted }];
  issues.push(
    warning(
      'NOTE',
      `The simulated light is scaled to the ${light.unit} of '${light.label}' by least squares.`,
    ),
  );
  return [...predicted, { column: light, measured, simulated: scaleLight(measured, emitted) }];
}

/** The measurement with the predicted columns in place of the measured ones; light no model predicts is left out. */
function replaceColumns(
  measurement: Measurement,
  predicted: readonly Predicted[],
  rows: Int32Array,
): Measurement {
  const { curve } = measurement;
  const columns = curve.columns.flatMap((column): Column[] => {
    const found = predicted.find((one) => one.column === column);
    if (!found) return column.role === 'light' || column.role === 'current' ? [] : [column];
    const data = new Float64Array(curve.length).fill(Number.NaN);
    rows.forEach((row, k) => {
      data[row] = found.simulated[k]!;
    });
    return [{ ...column, data }];
  });
  return {
    ...measurement,
    curve: { ...curve, columns, flags: curve.flags.map((flag) => flag & ROW_FLAG.excluded) },
  };
}

const keyOf = ({ id, branch, cycle, convention }: Quantity): string =>
  JSON.stringify([id, branch, cycle, convention]);

/** Pairs quantities of the same id, leg, cycle and convention in their order; every one of either side appears once. */
function pairQuantities(
  measured: readonly Quantity[],
  simulated: readonly Quantity[],
): readonly QuantityDifference[] {
  const waiting = new Map<string, Quantity[]>();
  for (const quantity of simulated) {
    const key = keyOf(quantity);
    waiting.set(key, [...(waiting.get(key) ?? []), quantity]);
  }
  const pair = (one: Quantity, left: Quantity['value'], right: Quantity['value']): QuantityDifference => ({
    id: one.id,
    branch: one.branch,
    cycle: one.cycle,
    convention: one.convention,
    unit: one.unit,
    measured: left,
    simulated: right,
    difference: typeof left === 'number' && typeof right === 'number' ? right - left : null,
  });
  const paired = measured.map((one) => pair(one, one.value, waiting.get(keyOf(one))?.shift()?.value ?? null));
  return [...paired, ...[...waiting.values()].flat().map((one) => pair(one, null, one.value))];
}

/**
 * A simulation over the grid of a measurement, compared with it: residuals of the current (of the light where there is no current),
 * and, with `analysis`, what the same recipe extracts from both curves.
 * @returns null with a reason among the issues where the measurement has nothing the model predicts
 */
export function compareSimulation(
  measurement: Measurement,
  simulation: Simulation,
  issues: Issue[],
  analysis?: { readonly recipe: string; readonly conditions: Conditions },
): Comparison | null {
  const rows = drivenRows(measurement);
  const predicted = predictColumns(measurement, simulation, rows, issues);
  const [first] = predicted;
  const comparison = first ? compareCurves(first.measured, first.simulated) : null;
  if (!comparison) {
    issues.push(warning('NO_DATA', `'${measurement.title}' has no current to compare with.`));
    return null;
  }
  if (!analysis) return comparison;
  const { recipe, conditions } = analysis;
  const own = analyseMeasurement(measurement, recipe, conditions, [], []);
  const twin = replaceColumns(measurement, predicted, rows);
  // the recipe chosen for the measurement, so that both curves are asked the same
  const predictedOutcome = analyseMeasurement(twin, own.recipe, conditions, [], []);
  const listed = (outcome: typeof own): readonly Quantity[] =>
    outcome.results.flatMap((result) => result.quantities);
  return { ...comparison, quantities: pairQuantities(listed(own), listed(predictedOutcome)) };
}
