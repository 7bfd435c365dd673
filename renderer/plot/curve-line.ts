import { type ColumnRole, columnOf } from '../../src/model/curve.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { Unit } from '../../src/units/units.ts';

/** Axes that fit a set of curves of one kind. */
export interface CurveAxes {
  readonly xRole: ColumnRole;
  readonly xName: string;
  readonly xUnit: Unit;
  readonly yRoles: readonly ColumnRole[];
  readonly yName: string;
  readonly yUnit: Unit;
  /** log10 of the magnitude, else the share of each curve's own largest magnitude. */
  readonly log: boolean;
  /** Single legs can be told apart. */
  readonly byBranch: boolean;
}

const IV: CurveAxes = {
  xRole: 'voltage',
  xName: 'Voltage',
  xUnit: 'V',
  yRoles: ['current'],
  yName: 'Current, log',
  yUnit: 'A',
  log: true,
  byBranch: true,
};
const SHARED = { yUnit: '1', log: false, byBranch: false } as const;
const OTHERS: readonly CurveAxes[] = [
  {
    ...SHARED,
    xRole: 'time',
    xName: 'Time',
    xUnit: 's',
    yRoles: ['light', 'current', 'voltage', 'other'],
    yName: 'share of its own maximum',
  },
  {
    ...SHARED,
    xRole: 'wavelength',
    xName: 'Wavelength',
    xUnit: 'm',
    yRoles: ['intensity', 'light'],
    yName: 'share of its own maximum',
  },
];

function fits(axes: CurveAxes, measurement: Measurement): boolean {
  return (
    columnOf(measurement.curve, axes.xRole) !== undefined &&
    axes.yRoles.some((role) => columnOf(measurement.curve, role) !== undefined)
  );
}

/** Axes of the kind that most of the curves have; null for tables without any. */
export function axesOf(measurements: readonly Measurement[]): CurveAxes | null {
  const isSweep = (one: Measurement) => one.kind === 'iv' && fits(IV, one);
  if (measurements.length > 0 && measurements.filter(isSweep).length >= measurements.length / 2) return IV;
  return OTHERS.find((axes) => measurements.some((one) => one.kind !== 'iv' && fits(axes, one))) ?? null;
}

export interface CurveLine {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** @param rows part of the curve, half-open; @param points roughly so many are kept, evenly over the rows */
export function readCurve(
  measurement: Measurement,
  axes: CurveAxes,
  rows: readonly [start: number, end: number] | null,
  points: number,
): CurveLine | null {
  const x = columnOf(measurement.curve, axes.xRole)?.data;
  const y = axes.yRoles.map((role) => columnOf(measurement.curve, role)).find((column) => column)?.data;
  if (!x || !y) return null;
  const [start, end] = rows ?? [0, x.length];
  let most = 0;
  if (!axes.log) for (const value of y) if (Math.abs(value) > most) most = Math.abs(value);
  const stride = Math.max(1, Math.floor((end - start) / points));
  const kept: [number, number][] = [];
  for (let i = start; i < end; i += stride) {
    const height = axes.log ? Math.log10(Math.abs(y[i]!)) : y[i]! / (most || 1);
    if (Number.isFinite(height) && Number.isFinite(x[i]!)) kept.push([x[i]!, height]);
  }
  return kept.length > 1
    ? { x: Float64Array.from(kept, ([at]) => at), y: Float64Array.from(kept, ([, height]) => height) }
    : null;
}
