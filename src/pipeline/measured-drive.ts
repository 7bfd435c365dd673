import { buildRecordedDrive, type Drive, type SimulationRefusal } from '../../fitting/index.ts';
import { conditionSweep } from '../conditioning/condition-sweep.ts';
import { columnOf, columnsOf } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';

/** Models written for the conducting quadrant: V > 0 is forward. */
const FORWARD_MODELS = new Set(['modified-shockley', 'light-emitting-cell']);

/** What the device was driven with: the programmed voltage, else the stimulus of a scope, else the measured voltage. */
export function drivenVoltage(measurement: Measurement): Float64Array | undefined {
  const programmed = columnsOf(measurement.curve, 'voltage').find((column) => column.programmed);
  const stimulus = columnOf(measurement.curve, 'stimulus');
  return (programmed ?? stimulus ?? columnOf(measurement.curve, 'voltage'))?.data;
}

/** Rows a simulation over a measurement has: those with a voltage. */
export function drivenRows(measurement: Measurement): Int32Array {
  const voltage = drivenVoltage(measurement) ?? new Float64Array();
  const rows: number[] = [];
  for (let row = 0; row < voltage.length; row++) if (Number.isFinite(voltage[row])) rows.push(row);
  return Int32Array.from(rows);
}

const signs = new WeakMap<Measurement, 1 | -1>();

/**
 * -1 where a model of the conducting quadrant meets a device that conducts at V < 0 (METHODS 0.4-4): its voltage and current are then
 * taken with the opposite sign. Remembered, because a slider asks again and again.
 */
export function signOf(model: string, measurement: Measurement): 1 | -1 {
  if (!FORWARD_MODELS.has(model) || measurement.kind !== 'iv') return 1;
  const known = signs.get(measurement);
  if (known !== undefined) return known;
  const sign = conditionSweep(measurement, measurement.conditions).polarity === -1 ? -1 : 1;
  signs.set(measurement, sign);
  return sign;
}

/**
 * Voltage and time of a measurement on its own grid; the time follows from the sweep rate where the file has none, or one that falls.
 * @param sign -1 drives with the opposite sign
 */
export function driveOf(
  measurement: Measurement,
  rate_V_per_s: number,
  sign: 1 | -1 = 1,
): Drive | SimulationRefusal {
  const voltage = drivenVoltage(measurement);
  if (!voltage)
    return { refused: true, parameter: null, message: `'${measurement.title}' has no voltage column.` };
  const time = columnOf(measurement.curve, 'time')?.data;
  const rows = drivenRows(measurement);
  const pick = (data: Float64Array): Float64Array => Float64Array.from(rows, (row) => data[row]!);
  const isClock = time && rows.every((row, k) => k === 0 || time[row]! >= time[rows[k - 1]!]!);
  const driven = pick(voltage);
  return buildRecordedDrive(
    isClock ? pick(time) : null,
    sign === 1 ? driven : driven.map((v) => 0 - v),
    rate_V_per_s,
  );
}
