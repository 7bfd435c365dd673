import { createNormal, createRandom, diodeCurrent } from '../../fitting/index.ts';
import type { AnalysisInput } from '../../src/analyses/analysis.ts';
import { conditionSweep } from '../../src/conditioning/condition-sweep.ts';
import type { Column } from '../../src/model/curve.ts';
import { deviceId, measurementId } from '../../src/model/ids.ts';
import type { Conditions } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';

export interface SweepTruth {
  readonly voltage?: ArrayLike<number>;
  readonly programmed?: ArrayLike<number>;
  readonly current: ArrayLike<number>;
  readonly time?: ArrayLike<number>;
  readonly light?: ArrayLike<number>;
  readonly flags?: ArrayLike<number>;
  readonly conditions?: Conditions;
}

/** A measurement of kind `iv` made in memory, as an importer would give it. */
export function makeSweep(truth: SweepTruth): Measurement {
  const column = (
    role: Column['role'],
    unit: Column['unit'],
    data: ArrayLike<number>,
    programmed = false,
  ) => ({
    role,
    label: programmed ? `${role} set` : role,
    unit,
    data: Float64Array.from(data),
    ...(programmed ? { programmed } : {}),
  });
  const columns: Column[] = [];
  if (truth.time) columns.push(column('time', 's', truth.time));
  if (truth.programmed) columns.push(column('voltage', 'V', truth.programmed, true));
  if (truth.voltage) columns.push(column('voltage', 'V', truth.voltage));
  columns.push(column('current', 'A', truth.current));
  if (truth.light) columns.push(column('light', 'arb', truth.light));
  const length = truth.current.length;
  return {
    id: measurementId('made.csv', 0),
    kind: 'iv',
    title: 'made',
    curve: { length, columns, flags: Uint8Array.from(truth.flags ?? new Uint8Array(length)) },
    branches: [],
    deviceId: deviceId('made'),
    conditions: truth.conditions ?? {},
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: { file: 'made.csv', sha256: '', format: 'test', formatVersion: 1, encoding: 'utf-8' },
    metadata: {},
  };
}

/** What the pipeline hands to an analysis of one sweep. */
export function inputOf(measurement: Measurement, more: Partial<AnalysisInput> = {}): AnalysisInput {
  const conditions = more.conditions ?? measurement.conditions;
  return {
    measurement,
    conditioned: conditionSweep(measurement, conditions),
    conditions,
    earlier: [],
    siblings: [],
    branches: 'all',
    windows: [],
    options: {},
    ...more,
  };
}

/** A programmed sweep through the corners in equal steps; corners appear once. */
export function sweepVoltages(corners: readonly number[], step: number): Float64Array {
  const points = [corners[0]!];
  for (let c = 1; c < corners.length; c++) {
    const from = corners[c - 1]!;
    const count = Math.round(Math.abs(corners[c]! - from) / step);
    const sign = Math.sign(corners[c]! - from);
    for (let k = 1; k <= count; k++) {
      const v = from + sign * k * step;
      points.push(Math.abs(v) < 1e-9 ? 0 : Number(v.toFixed(9)));
    }
  }
  return Float64Array.from(points);
}

/** Presets of METHODS 1.1: the forward and the reverse leg of the light-emitting cell. */
export const LEC_F = {
  seriesResistance: 254,
  shuntResistance: 0.63e6,
  idealityFactor: 6,
  lnSaturationCurrent: -29.881894369,
};
export const LEC_R = {
  seriesResistance: 302,
  shuntResistance: 0.42e6,
  idealityFactor: 6,
  lnSaturationCurrent: -23.330312215,
};

/** I(1 + rho N) + sigma N, seeded (METHODS 14). */
export function addNoise(
  current: Float64Array,
  noise: { readonly relative: number; readonly absolute: number; readonly seed: number },
): Float64Array {
  const normal = createNormal(createRandom(noise.seed));
  return current.map((i) => i * (1 + noise.relative * normal()) + noise.absolute * normal());
}

/** FX-1: LEC-F up, LEC-R down; the apex belongs to LEC-F. */
export function makeCellLoop(
  options: { step?: number; top?: number; noise?: { relative: number; absolute: number; seed: number } } = {},
): { voltage: Float64Array; current: Float64Array } {
  const top = options.top ?? 8;
  const voltage = sweepVoltages([0, top, 0], options.step ?? 0.05);
  const apex = (voltage.length - 1) / 2;
  const current = voltage.map((v, k) => diodeCurrent(v, k <= apex ? LEC_F : LEC_R, 300));
  return { voltage, current: options.noise ? addNoise(current, options.noise) : current };
}
