import type { Column } from '../../model/curve.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { escapeMarkup } from '../markup.ts';
import { SERIES_OF } from '../palette.ts';
import { valueSI } from './outcome.ts';

/** The independent column of a plain table: time, wavelength, frequency, cycle or voltage, else the first. */
const INDEPENDENT = ['time', 'wavelength', 'frequency', 'cycle', 'voltage'] as const;

export function independentColumn(outcome: MeasurementOutcome): Column | undefined {
  const { columns } = outcome.measurement.curve;
  for (const role of INDEPENDENT) {
    const found = columns.find((column) => column.role === role);
    if (found) return found;
  }
  return columns[0];
}

/** Columns measured against the independent one, drive first. */
export function dependentColumns(outcome: MeasurementOutcome): readonly Column[] {
  const x = independentColumn(outcome);
  const rank = (column: Column): number =>
    column.role === 'stimulus' ? 0 : column.role === 'voltage' ? 1 : 2;
  return outcome.measurement.curve.columns
    .filter((column) => column !== x && column.role !== 'time' && column.unit !== 'text')
    .toSorted((a, b) => rank(a) - rank(b));
}

/** The response of a pulse measurement: light before current before the rest; the drive is no response. */
export function responseColumn(outcome: MeasurementOutcome): Column | undefined {
  const columns = dependentColumns(outcome).filter((column) => column.role !== 'stimulus');
  for (const role of ['light', 'current'] as const) {
    const found = columns.find((column) => column.role === role);
    if (found) return found;
  }
  return columns[0];
}

export function seriesOfColumn(column: Column): number {
  if (column.role === 'stimulus') return SERIES_OF.drive;
  if (column.role === 'light' || column.role === 'intensity') return SERIES_OF.light;
  return column.role === 'current' ? SERIES_OF.current : SERIES_OF.drive;
}

const NAMES: Readonly<Partial<Record<Column['role'], string>>> = {
  time: 'Time',
  wavelength: 'Wavelength',
  frequency: 'Frequency',
  cycle: 'Cycle',
  voltage: 'Voltage',
  current: 'Current',
  resistance: 'Resistance',
  temperature: 'Temperature',
  intensity: 'Intensity',
  light: 'EL intensity',
};

/** The label of a column without the unit that many headers carry: `HRS (ohm)` is `HRS`. */
export function bareLabel(column: Column): string {
  const bare = column.label.replace(/\s*[([][^()[\]]*[)\]]\s*$/, '').trim();
  return escapeMarkup(bare || column.label);
}

/** Axis name of a column: that of its role, else its own label. */
export function columnName(column: Column): string {
  return NAMES[column.role] ?? bareLabel(column);
}

/** y = (value - low) / (high - low) with the determined levels of the pulse; null where a level was refused. */
export function normaliser(outcome: MeasurementOutcome): ((value: number) => number) | null {
  const low = valueSI(outcome, 'lowLevel');
  const high = valueSI(outcome, 'highLevel');
  if (low === null || high === null || high === low) return null;
  return (value) => (value - low) / (high - low);
}

/** Rows whose x lies in a window, as two columns. */
export function cutWindow(x: Float64Array, y: Float64Array, from: number, to: number) {
  const rows: number[] = [];
  for (let i = 0; i < x.length; i++) if (x[i]! >= from && x[i]! <= to) rows.push(i);
  return { x: Float64Array.from(rows, (i) => x[i]!), y: Float64Array.from(rows, (i) => y[i]!) };
}
