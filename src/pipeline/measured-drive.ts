import { buildRecordedDrive, type Drive, type SimulationRefusal } from '../../fitting/index.ts';
import { conditionSweep } from '../conditioning/condition-sweep.ts';
import { type Column, columnOf, columnsOf } from '../model/curve.ts';
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

function refuse(message: string): SimulationRefusal {
  return { refused: true, parameter: null, message };
}

/** 'CH2 (V)' is found as CH2 too. */
function namesOf(label: string): readonly string[] {
  const low = label.toLowerCase();
  return [low, low.replace(/\s*[([][^)\]]*[)\]]\s*$/, '')];
}

/** The column that drives: by its label or role, else as `drivenVoltage` finds it. */
function findDriving(measurement: Measurement, wanted: string | undefined): Column | SimulationRefusal {
  const { columns } = measurement.curve;
  const known = columns.map(({ label, role }) => (label === role ? label : `${label} (${role})`)).join(', ');
  const data = drivenVoltage(measurement);
  const found =
    wanted === undefined
      ? columns.find((column) => column.data === data)
      : (columns.find(({ label }) => namesOf(label).includes(wanted.toLowerCase())) ??
        columns.find(({ role }) => role === wanted));
  if (!found)
    return refuse(
      wanted === undefined
        ? `'${measurement.title}' has no stimulus and no voltage to drive with; it has ${known}. Name the column with --drive-column.`
        : `'${measurement.title}' has no column '${wanted}' to drive with; it has ${known}.`,
    );
  if (found.unit !== 'V')
    return refuse(
      `A drive is a voltage; '${found.label}' of '${measurement.title}' is in ${found.unit === '1' ? 'no unit' : found.unit}.`,
    );
  return found;
}

/**
 * The drive a file holds, to the letter: the stimulus of a scope capture, the programmed voltage of a sweep. Nothing is bridged: a row
 * without a voltage or a time inside the record, and a time that falls, are answered with the row.
 * @param wanted        label or role of the column that drives
 * @param rate_V_per_s  for a file without times
 */
export function recordedDriveOf(
  measurement: Measurement,
  rate_V_per_s: number,
  wanted?: string,
): Drive | SimulationRefusal {
  const column = findDriving(measurement, wanted);
  if ('refused' in column) return column;
  const time = columnOf(measurement.curve, 'time');
  const isThere = (row: number): boolean =>
    Number.isFinite(column.data[row]) || (time !== undefined && Number.isFinite(time.data[row]));
  let first = 0;
  let end = measurement.curve.length;
  while (first < end && !isThere(first)) first++;
  while (end > first && !isThere(end - 1)) end--;
  return buildRecordedDrive(
    time ? time.data.slice(first, end) : null,
    column.data.slice(first, end),
    rate_V_per_s,
  );
}
