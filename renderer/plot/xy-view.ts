import { withoutExcluded } from '../../src/conditioning/excluded-rows.ts';
import type { Column, ColumnRole } from '../../src/model/curve.ts';
import type { Measurement, MeasurementKind } from '../../src/model/measurement.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { columnExponent, showUnit } from '../../src/units/prefixes.ts';
import { domainOf } from './domain.ts';
import { crossesOf, maskedOfChannel } from './masked.ts';
import { overlayFlags, overlaySeries, overlaysFor } from './overlays.ts';
import { LINEAR, LOG, type PlotScale } from './scales.ts';
import type { CurveView, Ink, LegendView, Look, MaskedView, PanelView, SeriesView } from './view-model.ts';

const X_ROLES: readonly ColumnRole[] = ['time', 'wavelength', 'frequency', 'cycle', 'voltage', 'temperature'];
const LOG_X: readonly MeasurementKind[] = ['retention', 'frequency-response'];
const LOG_Y: readonly MeasurementKind[] = ['endurance', 'retention'];
const INKS: readonly Ink[] = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'];
const LOOKS: readonly Look[] = ['disc', 'square', 'triangle', 'diamond', 'cross', 'triangle'];
const MANY_POINTS = 600;
const MOST_PANELS = 3;

const ROLE_WORDS: Readonly<Record<ColumnRole, string>> = {
  voltage: 'Voltage',
  current: 'Current',
  time: 'Time',
  light: 'Light',
  stimulus: 'Stimulus',
  wavelength: 'Wavelength',
  intensity: 'Intensity',
  resistance: 'Resistance',
  frequency: 'Frequency',
  cycle: 'Cycle',
  temperature: 'Temperature',
  other: 'Value',
};

/** The column everything is drawn against. */
export function abscissaOf(measurement: Measurement): Column | undefined {
  const { columns } = measurement.curve;
  for (const role of X_ROLES) {
    const found = columns.find((column) => column.role === role);
    if (found) return found;
  }
  return columns[0];
}

function xExponent(column: Column): number {
  if (column.role === 'wavelength' && column.unit === 'm') return -9;
  if (column.role === 'cycle') return 0;
  let largest = 0;
  for (const value of column.data) if (Math.abs(value) > largest) largest = Math.abs(value);
  return columnExponent([largest], column.unit);
}

/** What a column is called on an axis: its role, or its own label where the role says nothing. */
function wordOf(column: Column): string {
  const label = column.label.replace(/\s*\([^)]*\)$/, '');
  return column.role === 'other' && label ? label : ROLE_WORDS[column.role];
}

function titleOf(column: Column, exponent: number): string {
  const unit = showUnit(column.unit, exponent);
  return unit ? `${wordOf(column)}, ${unit}` : wordOf(column);
}

function isPositive(data: Float64Array): boolean {
  let seen = false;
  for (const value of data) {
    if (value <= 0) return false;
    if (value > 0) seen = true;
  }
  return seen;
}

/** Two decades and more from the least to the largest: steps of a series were chosen on a logarithmic axis. */
function isSpread(data: Float64Array | undefined): boolean {
  if (!data || data.length === 0) return false;
  const [least, most] = [Math.min(...data), Math.max(...data)];
  return least > 0 && most / least >= 100;
}

/** Columns that share role and unit share a panel: two states, several spectra. */
function groupColumns(columns: readonly Column[]): Column[][] {
  const groups = new Map<string, Column[]>();
  for (const column of columns) {
    const key = `${column.role} ${column.unit}`;
    groups.set(key, [...(groups.get(key) ?? []), column]);
  }
  return [...groups.values()].slice(0, MOST_PANELS);
}

/** Any curve that is not a sweep: channels stacked over one axis, with what the analyses drew over them. */
export function buildXyView(outcome: MeasurementOutcome): CurveView {
  const { measurement } = outcome;
  const x = abscissaOf(measurement);
  // a row that was left out by hand has its cross and nothing else
  const others = withoutExcluded(measurement).curve.columns.filter(
    (column) => column.label !== x?.label && column.unit !== 'text',
  );
  const groups = groupColumns(others);
  const wide = LOG_X.includes(measurement.kind) || (measurement.kind === 'series' && isSpread(x?.data));
  const xScale: PlotScale = wide && x && isPositive(x.data) ? LOG : LINEAR;
  const xs = x?.data ?? new Float64Array(0);
  const dense = measurement.curve.length > MANY_POINTS;
  const legend: LegendView[] = [];
  const all: SeriesView[] = [];
  const masked: MaskedView[] = [];
  let slot = 0;
  const panels = groups.map((group): PanelView => {
    const role = group[0]!.role;
    const unit = group[0]!.unit;
    const id = `${role}-${unit}`;
    if (x)
      masked.push(
        ...measurement.curve.columns
          .filter((column) => column !== x && column.role === role && column.unit === unit)
          .flatMap((column) => maskedOfChannel(outcome, x, column, id)),
      );
    const scale =
      LOG_Y.includes(measurement.kind) && group.every((column) => isPositive(column.data)) ? LOG : LINEAR;
    const series = group.map((column): SeriesView => {
      const ink = INKS[slot % INKS.length]!;
      const look: Look = dense ? 'line' : LOOKS[slot % LOOKS.length]!;
      slot += 1;
      legend.push({ look, ink, text: column.label });
      return { id: column.label, x: xs, y: column.data, look, ink, ...(dense ? { width: 1.3 } : {}) };
    });
    all.push(...series);
    const overlays = x ? overlaysFor(outcome, x.role, role) : [];
    const largest = Math.max(
      ...group.map((column) => column.data.reduce((most, v) => (Math.abs(v) > most ? Math.abs(v) : most), 0)),
    );
    const exponent = columnExponent([largest], unit);
    const shown = showUnit(unit, scale.kind === 'log' ? 0 : exponent);
    return {
      id,
      symbol: '',
      title: `${ROLE_WORDS[role].toLowerCase()}${scale.kind === 'log' ? ', log' : shown ? `, ${shown}` : ''}`,
      share: 1,
      scale,
      threshold: 1,
      unit,
      exponent,
      domain: domainOf(series, 'y', scale),
      series: [...series, ...crossesOf(masked, id), ...overlaySeries(overlays)],
      flags: overlayFlags(overlays),
    };
  });
  const exponent = x ? xExponent(x) : 0;
  return {
    name: `${measurement.title}: ${groups.map((group) => ROLE_WORDS[group[0]!.role].toLowerCase()).join(' and ')} against ${x ? ROLE_WORDS[x.role].toLowerCase() : 'row'}`,
    x: {
      title: x ? (xScale.kind === 'log' ? wordOf(x) : titleOf(x, exponent)) : 'Row',
      unit: x?.unit ?? '1',
      exponent,
      scale: xScale,
      domain: domainOf(all, 'x', xScale),
    },
    panels,
    strips: [],
    legs: [],
    legend,
    masked,
  };
}
