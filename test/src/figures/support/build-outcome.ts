import type { Conditioned, Leg } from '../../../../src/conditioning/conditioned.ts';
import { determined } from '../../../../src/model/build-quantity.ts';
import type { Column, ColumnRole } from '../../../../src/model/curve.ts';
import { deviceId, measurementId } from '../../../../src/model/ids.ts';
import type { MeasurementKind } from '../../../../src/model/measurement.ts';
import type { QuantityId } from '../../../../src/model/quantities.ts';
import type { BranchName, Overlay, Quantity } from '../../../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../../../src/pipeline/job.types.ts';
import type { Unit } from '../../../../src/units/units.ts';

/** Hand-made outcomes with known numbers: one per figure type, so that a figure can be held to what went in. */

export function grid(from: number, to: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
}

/** A deterministic stand-in for noise: no generator, no seed. */
export const wobble = (i: number, size: number): number =>
  size * Math.sin(12.9898 * i + 78.233 * Math.sin(i));

export function column(role: ColumnRole, label: string, unit: Unit, data: Float64Array): Column {
  return { role, label, unit, data };
}

interface Sketch {
  readonly name: string;
  readonly kind: MeasurementKind;
  readonly recipe: string;
  readonly columns: readonly Column[];
  readonly quantities?: readonly Quantity[];
  readonly overlays?: readonly Overlay[];
  readonly legs?: readonly Omit<Leg, 'noise_A' | 'floor_A' | 'index' | 'cycle'>[];
}

export function buildOutcome(sketch: Sketch): MeasurementOutcome {
  const length = sketch.columns[0]!.data.length;
  const id = measurementId(`${sketch.name}.csv`, 0);
  const data = (role: ColumnRole): Float64Array =>
    sketch.columns.find((one) => one.role === role)?.data ?? new Float64Array(length);
  const conditioned: Conditioned | null = sketch.legs
    ? {
        voltage: data('voltage'),
        programmed: data('voltage'),
        hasProgrammed: false,
        current: data('current'),
        mask: new Uint16Array(length),
        legs: sketch.legs.map((leg, index) => ({ ...leg, index, cycle: 0, noise_A: null, floor_A: 1e-9 })),
        polarity: 1,
        compliance: { positive_A: null, negative_A: null, inferred: false },
        sweepRate: null,
        counts: {
          sentinel: 0,
          compliance: 0,
          noiseFloor: 0,
          glitch: 0,
          excluded: 0,
          complianceNeighbour: 0,
          nonMonotonic: 0,
        },
        issues: [],
      }
    : null;
  return {
    measurement: {
      id,
      kind: sketch.kind,
      title: sketch.name,
      curve: { length, columns: sketch.columns, flags: new Uint8Array(length) },
      branches: [],
      deviceId: deviceId(sketch.name),
      conditions: {},
      instrument: { vendor: null, model: null, serial: null },
      recordedAt: null,
      source: { file: `${sketch.name}.csv`, sha256: '', format: 'test', formatVersion: 1, encoding: 'utf-8' },
      metadata: {},
    },
    recipe: sketch.recipe,
    results: [
      {
        measurementId: id,
        analysis: 'test',
        analysisVersion: 1,
        quantities: sketch.quantities ?? [],
        fits: [],
        overlays: sketch.overlays ?? [],
        issues: [],
      },
    ],
    conditioned,
  };
}

export function quantity(
  id: QuantityId,
  value: number,
  u: number | null = null,
  branch: BranchName | null = null,
  range?: Quantity['range'],
): Quantity {
  return determined(id, {
    method: 'test',
    value,
    standardUncertainty: u,
    branch,
    ...(range ? { range } : {}),
  });
}

export function overlay(
  id: string,
  kind: Overlay['kind'],
  label: string,
  branch: BranchName | null,
  x: readonly [ColumnRole, Float64Array],
  y: readonly [ColumnRole, Float64Array],
): Overlay {
  return { id, kind, label, branch, x: { role: x[0], data: x[1] }, y: { role: y[0], data: y[1] } };
}
