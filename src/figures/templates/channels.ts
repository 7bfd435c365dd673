import type { Column } from '../../model/curve.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { toSI, type Unit } from '../../units/units.ts';
import { SERIES_OF } from '../color/palette.ts';
import { escapeMarkup } from '../layout/markup.ts';
import { rangeOf } from './domains.ts';
import { allQuantities, type Determined, isDetermined } from './outcome.ts';

/** The independent column of a plain table: time, wavelength, frequency, cycle or voltage, else the first. */
const INDEPENDENT = ['time', 'wavelength', 'frequency', 'cycle', 'voltage'] as const;

/** Columns that are settings where they do not change: the test frequency of a capacitance file. */
const SETTINGS = ['wavelength', 'frequency', 'cycle', 'temperature'] as const;

function changes({ data }: Column): boolean {
  const range = rangeOf(data);
  return range !== null && range[1] > range[0];
}

/** The first of the telling roles whose column changes; a setting repeated in every row is no axis. */
export function independentColumn(outcome: MeasurementOutcome): Column | undefined {
  const { columns } = outcome.measurement.curve;
  const found = INDEPENDENT.flatMap((role) => columns.filter((column) => column.role === role));
  return found.find(changes) ?? columns.find(changes) ?? found[0] ?? columns[0];
}

/** Columns measured against the independent one: the drive first, numbers without a unit last, constant settings not at all. */
export function dependentColumns(outcome: MeasurementOutcome): readonly Column[] {
  const x = independentColumn(outcome);
  const rank = (column: Column): number =>
    column.role === 'stimulus' ? 0 : column.role === 'voltage' ? 1 : column.unit !== '1' ? 2 : 3;
  const isSetting = (column: Column): boolean =>
    SETTINGS.some((role) => role === column.role) && !changes(column);
  return outcome.measurement.curve.columns
    .filter((column) => column !== x && column.role !== 'time' && column.unit !== 'text')
    .filter((column) => !isSetting(column))
    .toSorted((a, b) => rank(a) - rank(b));
}

/**
 * The response of a pulse measurement: the light, else the current, else of several channels the one that rises slowest (the
 * drive has edges the oscilloscope does not resolve). The drive is no response.
 */
export function responseColumn(outcome: MeasurementOutcome): Column | undefined {
  const columns = dependentColumns(outcome).filter((column) => column.role !== 'stimulus');
  for (const role of ['light', 'current'] as const) {
    const found = columns.find((column) => column.role === role);
    if (found) return found;
  }
  const riseOf = (column: Column): number => channelQuantity(outcome, 'riseTime', column)?.value ?? 0;
  return columns.toSorted((a, b) => riseOf(b) - riseOf(a))[0];
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

/**
 * The label of a column without the unit that many headers carry: `HRS (ohm)` is `HRS`. A unit the program does not know (1/cm of
 * an absorption) is all the axis would ever say of it, and stays.
 */
export function bareLabel(column: Column): string {
  const isKnown = column.unit !== '1';
  const bare = (isKnown ? column.label.replace(/\s*[([][^()[\]]*[)\]]\s*$/, '') : column.label).trim();
  return /^\d+$/.test(bare) ? `Channel ${bare}` : escapeMarkup(bare || column.label);
}

/** What a unit measures, for an axis that several columns share. */
const MEASURED: Readonly<Partial<Record<Unit, string>>> = {
  A: 'Current',
  V: 'Voltage',
  ohm: 'Resistance',
  S: 'Conductance',
  F: 'Capacitance',
  eV: 'Energy',
  s: 'Time',
};

/** One axis name for columns of one unit: their own where they agree, else the words they end with, else what the unit measures. */
export function sharedName(columns: readonly Column[]): string {
  const [first = '', ...others] = columns.map(columnName);
  if (others.every((name) => name === first)) return first;
  const words = first.split(' ');
  const isCommon = (tail: string): boolean =>
    others.every((name) => name.endsWith(` ${tail}`) || name === tail);
  const tail = words.map((_, i) => words.slice(i).join(' ')).find(isCommon);
  if (tail) return tail.charAt(0).toUpperCase() + tail.slice(1);
  return MEASURED[columns[0]!.unit] ?? first;
}

/** Axis name of a column: that of its role, else its own label. */
export function columnName(column: Column): string {
  return NAMES[column.role] ?? bareLabel(column);
}

/** Records of a waveform name their channel in the method; a quantity of another channel is not this one's. */
export function channelQuantity(
  outcome: MeasurementOutcome,
  id: QuantityId,
  column: Column,
): Determined | undefined {
  const found = allQuantities(outcome, id).filter(isDetermined);
  const named = found.filter((quantity) => /, channel .+$/.test(quantity.method));
  if (named.length === 0) return found[0];
  return named.find((quantity) => quantity.method.endsWith(`, channel ${column.label}`));
}

/** y = (value - low) / (high - low) with the determined levels of the channel; null where a level was refused. */
export function normaliser(outcome: MeasurementOutcome, column: Column): ((value: number) => number) | null {
  const low = channelQuantity(outcome, 'lowLevel', column);
  const high = channelQuantity(outcome, 'highLevel', column);
  if (!low || !high || high.value === low.value) return null;
  const [from, to] = [toSI(low.value, low.unit), toSI(high.value, high.unit)];
  return (value) => (value - from) / (to - from);
}

/** Rows whose x lies in a window, as two columns. */
export function cutWindow(x: Float64Array, y: Float64Array, from: number, to: number) {
  const rows: number[] = [];
  for (let i = 0; i < x.length; i++) if (x[i]! >= from && x[i]! <= to) rows.push(i);
  return { x: Float64Array.from(rows, (i) => x[i]!), y: Float64Array.from(rows, (i) => y[i]!) };
}
