import { median } from '../../fitting/index.ts';
import { baseName, fileStem } from '../importers/device-name.ts';
import { type Column, columnOf, columnsOf } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Joined } from './companions.ts';

/** Voltages of two files are those of one sweep where no row is further off than this part of the step. */
export const VOLTAGE_TOLERANCE = 0.1;

/** A sweep without light, and a table of light against voltage without a current: two parts of one measurement. */
export function isSweepWithoutLight({ kind, curve }: Measurement): boolean {
  return kind === 'iv' && columnOf(curve, 'light') === undefined;
}

/** Names that say a current is that of a detector; `light` alone may also mean a device under light. */
const DETECTOR_WORD = /(?:^|[_\s.])(?:photodiode|photocurrent|pd)(?:$|[_\s.])/i;

/** A detector's current in a file that says so in its name is light, whatever the program called it. */
export function readAsLight(measurement: Measurement): Measurement {
  const { curve, source } = measurement;
  if (columnOf(curve, 'light') || !columnOf(curve, 'current') || !DETECTOR_WORD.test(fileStem(source.file)))
    return measurement;
  const columns = curve.columns.map((column) =>
    column.role === 'current' ? { ...column, role: 'light' as const } : column,
  );
  return { ...measurement, curve: { ...curve, columns } };
}

export function isLightTable({ curve }: Measurement): boolean {
  return (
    columnOf(curve, 'light') !== undefined &&
    columnOf(curve, 'voltage') !== undefined &&
    columnOf(curve, 'current') === undefined
  );
}

/** Largest difference of two voltage axes row by row, and the median step [V]; a sentence where they are not one grid. */
function compareGrids(
  a: Float64Array,
  b: Float64Array,
): string | { readonly worst_V: number; readonly step_V: number } {
  if (a.length !== b.length) return `they have ${a.length} and ${b.length} points`;
  const steps: number[] = [];
  for (let i = 1; i < a.length; i++) {
    const step = Math.abs(a[i]! - a[i - 1]!);
    if (step > 0) steps.push(step);
  }
  if (steps.length === 0) return 'the voltage does not change';
  const step_V = median(Float64Array.from(steps));
  let worst_V = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    // a gap in one file only is a row without a partner
    if (Number.isNaN(difference) && Number.isNaN(a[i]!) !== Number.isNaN(b[i]!))
      return `row ${i + 1} has a voltage in one of them only`;
    if (difference > worst_V) worst_V = difference;
  }
  return worst_V <= VOLTAGE_TOLERANCE * step_V
    ? { worst_V, step_V }
    : `their voltages differ by up to ${worst_V.toPrecision(3)} V at steps of ${step_V.toPrecision(3)} V (at most ${VOLTAGE_TOLERANCE} of a step)`;
}

function uniqueLabel(label: string, taken: ReadonlySet<string>): string {
  let name = label;
  for (let n = 2; taken.has(name); n++) name = `${label} [${n}]`;
  return name;
}

/**
 * Joins a sweep and the light of the same sweep from a file of its own: the rows of the sweep with the light beside them. Never
 * resampled: refused with the numbers where the voltages are not the same row by row.
 */
export function joinLight(sweep: Measurement, light: Measurement): Joined {
  const voltage = columnOf(sweep.curve, 'voltage');
  const other = columnOf(light.curve, 'voltage');
  if (!voltage || !other) return { ok: false, reason: 'one of them has no voltage' };
  const grid = compareGrids(voltage.data, other.data);
  if (typeof grid === 'string') return { ok: false, reason: grid };
  const taken = new Set(sweep.curve.columns.map((column) => column.label));
  const added = columnsOf(light.curve, 'light').map((column): Column => {
    const label = uniqueLabel(column.label, taken);
    taken.add(label);
    const { header = column.label, unit = '', factor = 1 } = column.origin ?? {};
    return { ...column, label, origin: { header, unit, factor, source: light.source } };
  });
  const name = baseName(light.source.file);
  return {
    ok: true,
    measurement: {
      ...sweep,
      curve: {
        ...sweep.curve,
        flags: sweep.curve.flags.map((flag, i) => flag | light.curve.flags[i]!),
        columns: [...sweep.curve.columns, ...added],
      },
      conditions: { ...light.conditions, ...sweep.conditions },
      metadata: {
        'joined from': `${baseName(sweep.source.file)}, ${name}`,
        'voltages agree within': `${grid.worst_V === 0 ? 0 : grid.worst_V.toPrecision(3)} V at steps of ${grid.step_V.toPrecision(3)} V`,
        ...sweep.metadata,
        ...Object.fromEntries(
          Object.entries(light.metadata).map(([key, value]) => [`${name}: ${key}`, value]),
        ),
        [`${name}: sha256`]: light.source.sha256,
      },
    },
  };
}
