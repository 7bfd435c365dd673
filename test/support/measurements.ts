import type { AnalysisInput, AnalysisOutput } from '../../src/analyses/analysis.ts';
import type { Column } from '../../src/model/curve.ts';
import { deviceId, measurementId } from '../../src/model/ids.ts';
import type { Conditions, Given } from '../../src/model/inputs.ts';
import type { Measurement, MeasurementKind } from '../../src/model/measurement.ts';
import type { QuantityId } from '../../src/model/quantities.ts';
import type { Quantity } from '../../src/model/quantity.ts';

/** A measurement made in memory, as an importer would give it. */
export function makeMeasurement(
  kind: MeasurementKind,
  columns: readonly (Pick<Column, 'role' | 'unit'> & { data: ArrayLike<number>; label?: string })[],
  more: Partial<Measurement> = {},
): Measurement {
  const length = columns[0]?.data.length ?? 0;
  return {
    id: measurementId('made.csv', 0),
    kind,
    title: 'made',
    curve: {
      length,
      columns: columns.map((column) => ({
        ...column,
        label: column.label ?? column.role,
        data: Float64Array.from(column.data),
      })),
      flags: new Uint8Array(length),
    },
    branches: [],
    deviceId: deviceId('made'),
    conditions: {},
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: { file: 'made.csv', sha256: '', format: 'test', formatVersion: 1, encoding: 'utf-8' },
    metadata: {},
    ...more,
  };
}

/** Conditions as a user sets them: SI numbers or words, optionally with a standard uncertainty. */
export function given(
  values: Readonly<Record<string, number | string | readonly [number, number]>>,
): Conditions {
  const one = (value: number | string | readonly [number, number]): Given =>
    typeof value === 'object'
      ? { value: value[0], standardUncertainty: value[1], from: 'user' }
      : { value, from: 'user' };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, one(value)]));
}

/** What the pipeline hands to an analysis that needs no conditioning. */
export function makeInput(measurement: Measurement, more: Partial<AnalysisInput> = {}): AnalysisInput {
  return {
    measurement,
    conditioned: null,
    conditions: measurement.conditions,
    earlier: [],
    siblings: [],
    branches: 'all',
    windows: [],
    options: {},
    ...more,
  };
}

/** All records of an id; the convention in force is the first. */
export function pick(output: AnalysisOutput, id: QuantityId): Quantity[] {
  return output.quantities.filter((quantity) => quantity.id === id);
}

export function first(output: AnalysisOutput, id: QuantityId): Quantity {
  const [quantity] = pick(output, id);
  if (!quantity) throw new Error(`no record of ${id}`);
  return quantity;
}

export function numberOf(output: AnalysisOutput, id: QuantityId): number {
  const { value, status, reasons } = first(output, id);
  if (typeof value !== 'number')
    throw new Error(`${id} is ${status}: ${reasons.map((r) => r.message).join(' ')}`);
  return value;
}

export function codesOf(quantity: Quantity): string[] {
  return quantity.reasons.map((reason) => reason.code);
}
