import { median, standardDeviation } from '../../fitting/index.ts';
import type { DeviceId, MeasurementId } from '../model/ids.ts';
import { QUANTITIES, type QuantityId } from '../model/quantities.ts';
import type { AnalysisResult, BranchName, Quantity } from '../model/quantity.ts';
import type { Unit } from '../units/units.ts';

/** An analysed curve and the device it is of. */
export interface DeviceCurve {
  readonly id: MeasurementId;
  readonly device: DeviceId;
  readonly results: readonly AnalysisResult[];
}

/** What makes records of several devices comparable. */
export interface QuantitySeries {
  readonly id: QuantityId;
  readonly branch: BranchName | null;
  readonly convention: string | null;
}

export type DeviceStatus = 'ok' | 'flagged' | 'bound' | 'refused' | 'absent';

/** One device in a statistic between devices: the median of its cycles, whatever their number (METHODS 2.6). */
export interface DeviceValue {
  readonly device: DeviceId;
  readonly curves: readonly MeasurementId[];
  readonly status: DeviceStatus;
  /** In the unit of the record; the limit where `bound` is set; null where nothing was determined. */
  readonly value: number | null;
  readonly bound: 'upper' | 'lower' | null;
  /** k = 1: of the only value, or of the median of the cycles from their scatter. */
  readonly uncertainty: number | null;
  /** Values of the single cycles, in their order. */
  readonly cycles: readonly number[];
  /** Why there is no value. */
  readonly reason: string | null;
}

export interface SeriesValues {
  readonly series: QuantitySeries;
  readonly unit: Unit;
  readonly devices: readonly DeviceValue[];
}

export function seriesKey({ id, branch, convention }: QuantitySeries): string {
  return `${id}|${branch ?? ''}|${convention ?? ''}`;
}

const NONE: readonly Quantity[] = [];
const INDEX = new WeakMap<readonly AnalysisResult[], ReadonlyMap<QuantityId, readonly Quantity[]>>();

/** Records of one quantity. Results never change, so each curve is looked through once, however often a view asks. */
export function recordsOf(results: readonly AnalysisResult[], id: QuantityId): readonly Quantity[] {
  const known = INDEX.get(results);
  if (known) return known.get(id) ?? NONE;
  const index = new Map<QuantityId, Quantity[]>();
  for (const { quantities } of results)
    for (const one of quantities) {
      const list = index.get(one.id);
      if (list) list.push(one);
      else index.set(one.id, [one]);
    }
  INDEX.set(results, index);
  return index.get(id) ?? NONE;
}

function isValue(quantity: Quantity): boolean {
  return (
    (quantity.status === 'ok' || quantity.status === 'flagged') &&
    typeof quantity.value === 'number' &&
    Number.isFinite(quantity.value)
  );
}

function isBound(quantity: Quantity): boolean {
  return quantity.status === 'bound' && typeof quantity.value === 'number' && quantity.bound !== undefined;
}

/** A first SET of a device that was formed in this run is forming, not one of its cycles (METHODS 2.1). */
function leaveOutForming(
  records: readonly Quantity[],
  results: readonly AnalysisResult[],
): readonly Quantity[] {
  const [first] = records;
  if (first?.id !== 'setVoltage' || records.length < 2) return records;
  const formed = recordsOf(results, 'formingVoltage').some(
    (one) => one.value !== null && one.branch === first.branch,
  );
  return formed ? records.slice(1) : records;
}

/** The scatter of a median of m values: that of the mean for two, wider by the root of pi/2 from three on (normal, large m). */
function errorOfMedian(values: readonly number[]): number {
  const widening = values.length > 2 ? Math.sqrt(Math.PI / 2) : 1;
  return (widening * standardDeviation(values)) / Math.sqrt(values.length);
}

/** Median where bounds lie beyond every value on their side; a bound in the middle makes the median one. */
function middleOf(records: readonly Quantity[]): { value: number; bound: 'upper' | 'lower' | null } {
  const far = (one: Quantity): number =>
    isValue(one)
      ? (one.value as number)
      : one.bound === 'lower'
        ? Number.POSITIVE_INFINITY
        : Number.NEGATIVE_INFINITY;
  const sorted = records.toSorted((a, b) => far(a) - far(b) || (a.value as number) - (b.value as number));
  const pair = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  const limit = pair.find(isBound);
  return limit
    ? { value: limit.value as number, bound: limit.bound! }
    : { value: median(pair.map(({ value }) => value as number)), bound: null };
}

/** Where a device has the quantity by another leg or definition, which is not comparable. */
function tellElsewhere(curves: readonly DeviceCurve[], series: QuantitySeries): string | null {
  const others = curves
    .flatMap(({ results }) => recordsOf(results, series.id))
    .filter((one) => one.value !== null);
  const legs = others.filter((one) => one.convention === series.convention);
  if (legs.length > 0)
    return `Determined on another leg: ${[...new Set(legs.map(({ branch }) => branch ?? 'none'))].join(', ')}.`;
  const [other] = others;
  return other ? `Determined by another definition: ${other.convention ?? 'the fit'}.` : null;
}

function describeOne(device: DeviceId, curves: readonly DeviceCurve[], series: QuantitySeries) {
  const records: Quantity[] = [];
  const refusals: Quantity[] = [];
  let unit: Unit = QUANTITIES[series.id].unit as Unit;
  for (const { results } of curves) {
    // a thousand devices have a hundred thousand records: one pass, no keys
    const same = recordsOf(results, series.id);
    const own = same.filter(
      (one) => one.branch === series.branch && (one.convention ?? '') === (series.convention ?? ''),
    );
    records.push(
      ...leaveOutForming(
        own.filter((one) => isValue(one) || isBound(one)),
        results,
      ),
    );
    refusals.push(...own.filter((one) => one.status === 'refused'));
    // a refusal that names no convention or leg answers for all of them
    if (own.length === 0)
      refusals.push(
        ...same.filter(
          (one) => one.status === 'refused' && (one.branch === null || one.branch === series.branch),
        ),
      );
  }
  const [first] = records;
  if (first) unit = first.unit;
  const head = { device, curves: curves.map(({ id }) => id) };
  if (!first) {
    const reason = refusals.flatMap(({ reasons }) => reasons)[0]?.message ?? tellElsewhere(curves, series);
    const status: DeviceStatus = refusals.length > 0 ? 'refused' : 'absent';
    return {
      unit: null,
      value: { ...head, status, value: null, bound: null, uncertainty: null, cycles: [], reason },
    };
  }
  const { value, bound } = middleOf(records);
  const cycles = records.filter(isValue).map((one) => one.value as number);
  const status: DeviceStatus =
    bound !== null ? 'bound' : records.some((one) => one.status === 'flagged') ? 'flagged' : 'ok';
  const uncertainty =
    bound !== null ? null : cycles.length > 1 ? errorOfMedian(cycles) : first.standardUncertainty;
  const reason =
    bound === null && status === 'ok'
      ? null
      : (records.find((one) => one.status === status)?.reasons.find((one) => one.severity !== 'info')
          ?.message ?? null);
  return { unit, value: { ...head, status, value, bound, uncertainty, cycles, reason } };
}

/**
 * One quantity, leg and convention over devices: a value each, the median of its cycles and of its curves. Values are in the unit
 * of the record (CONTRACT); devices without one carry the reason.
 */
export function collectDeviceValues(curves: readonly DeviceCurve[], series: QuantitySeries): SeriesValues {
  const byDevice = new Map<DeviceId, DeviceCurve[]>();
  for (const curve of curves) {
    const own = byDevice.get(curve.device);
    if (own) own.push(curve);
    else byDevice.set(curve.device, [curve]);
  }
  const found = [...byDevice].map(([device, own]) => describeOne(device, own, series));
  const unit = found.find((one) => one.unit !== null)?.unit ?? (QUANTITIES[series.id].unit as Unit);
  // records in another unit (a level of another channel) are another quantity
  const devices = found.map(
    (one): DeviceValue =>
      one.unit === null || one.unit === unit
        ? one.value
        : {
            ...one.value,
            status: 'absent',
            value: null,
            bound: null,
            uncertainty: null,
            cycles: [],
            reason: `It is given in ${one.unit}, not in ${unit}.`,
          },
  );
  return { series, unit, devices };
}
