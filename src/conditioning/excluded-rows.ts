import { type Column, type ColumnRole, ROW_FLAG } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';

/** What a value is read against; it stays, so that a left-out value leaves a gap and not a shorter record. */
const AGAINST: readonly ColumnRole[] = ['time', 'wavelength', 'frequency', 'cycle', 'temperature'];

/**
 * A curve that is no sweep as its analyses see it: values of rows that the file or the user excluded are no values. Sweeps carry such rows
 * in their mask. The measurement itself stays as it is.
 */
export function withoutExcluded(measurement: Measurement): Measurement {
  const { curve, kind } = measurement;
  const excluded = (row: number): boolean => (curve.flags[row]! & ROW_FLAG.excluded) !== 0;
  if (kind === 'iv' || !curve.flags.some((_, row) => excluded(row))) return measurement;
  const kept = curve.columns.filter((column) => AGAINST.includes(column.role));
  const blank = (column: Column): Column =>
    kept.includes(column) && kept.length < curve.columns.length
      ? column
      : { ...column, data: column.data.map((value, row) => (excluded(row) ? Number.NaN : value)) };
  return { ...measurement, curve: { ...curve, columns: curve.columns.map(blank) } };
}
