import {
  type CensoredValue,
  describeSample,
  estimateWeibull,
  fitDistribution,
  intervalOfDeviation,
  separateVariances,
  weibullParameters,
} from '../../fitting/index.ts';
import type { DeviceValue } from './device-values.ts';

/** METHODS 2.6: fewer values have no Weibull law. */
export const LEAST_WEIBULL = 5;

export interface WeibullSummary {
  readonly shape: number;
  readonly scale: number;
  readonly shapeInterval: readonly [number, number];
  readonly scaleInterval: readonly [number, number];
  /** The values are negative and their magnitudes were taken. */
  readonly ofMagnitudes: boolean;
}

/** Scatter from cycle to cycle beside that from device to device, never pooled (METHODS 2.6). */
export interface CycleScatter {
  /** Devices with at least two cycles, and the cycles of all of them. */
  readonly devices: number;
  readonly cycles: number;
  /** Pooled within devices, with its 95 % interval. */
  readonly within: number;
  readonly withinInterval: readonly [number, number];
  /** Of the devices' own means; null where the cycles explain all of the scatter, or only one device has cycles. */
  readonly between: number | null;
  readonly f: number | null;
  readonly p: number | null;
}

/** Statistics between devices of one quantity on one leg; numbers in the unit of the values. */
export interface DeviceStatistics {
  readonly count: number;
  readonly bounds: number;
  /** Null where it falls among the bounds. */
  readonly median: number | null;
  /** 1.4826 MAD; null with bounds or below two values. */
  readonly scaledMad: number | null;
  /** Mean, its standard error s/sqrt(n), s with n - 1: null with bounds, whose true values are not known. */
  readonly mean: number | null;
  readonly meanError: number | null;
  readonly standardDeviation: number | null;
  readonly variation: number | null;
  readonly least: number | null;
  readonly most: number | null;
  readonly weibull: WeibullSummary | null;
  /** Why there is no Weibull law. */
  readonly weibullReason: string | null;
  readonly cycles: CycleScatter | null;
}

/** Values and bounds of the counted devices, for a distribution. */
export function censoredSample(devices: readonly DeviceValue[]): readonly (CensoredValue & DeviceValue)[] {
  return devices.flatMap((one) =>
    one.value === null
      ? []
      : [{ ...one, x: one.value, bound: one.bound ?? undefined } as CensoredValue & DeviceValue],
  );
}

function medianOf(sample: readonly CensoredValue[]): number | null {
  const far = ({ x, bound }: CensoredValue): number =>
    bound === undefined ? x : bound === 'lower' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const sorted = sample.map(far).sort((a, b) => a - b);
  const middle = 0.5 * (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!);
  return Number.isFinite(middle) ? middle : null;
}

function fitWeibull(sample: readonly CensoredValue[]): WeibullSummary | string {
  const values = sample.filter(({ bound }) => bound === undefined);
  if (values.length < LEAST_WEIBULL)
    return `${values.length} ${values.length === 1 ? 'value' : 'values'}; ${LEAST_WEIBULL} are needed.`;
  const ofMagnitudes = sample.every(({ x }) => x < 0);
  if (!ofMagnitudes && !sample.every(({ x }) => x > 0)) return 'Values of both signs have no Weibull law.';
  const turned: CensoredValue[] = ofMagnitudes
    ? sample.map(({ x, bound }) => ({
        x: -x,
        bound: bound === undefined ? undefined : bound === 'lower' ? 'upper' : 'lower',
      }))
    : [...sample];
  if (values.length === sample.length) {
    const fit = estimateWeibull(turned.map(({ x }) => x));
    return fit ? { ...fit, ofMagnitudes } : 'All values are equal.';
  }
  const fit = fitDistribution('weibull', turned);
  return fit
    ? { ...weibullParameters(fit), ofMagnitudes }
    : 'The values and bounds do not determine a Weibull law.';
}

function describeCycles(devices: readonly DeviceValue[]): CycleScatter | null {
  const cycled = devices.filter(({ cycles }) => cycles.length > 1);
  if (cycled.length === 0) return null;
  const groups = cycled.map(({ cycles }) => cycles);
  const count = groups.reduce((sum, cycles) => sum + cycles.length, 0);
  const parts = separateVariances(groups);
  const dof = count - groups.length;
  const within = parts?.within ?? describeSample(groups[0]!).standardDeviation!;
  return {
    devices: groups.length,
    cycles: count,
    within,
    withinInterval: intervalOfDeviation(within, dof + 1),
    between: parts?.between ?? null,
    f: parts?.f ?? null,
    p: parts?.p ?? null,
  };
}

/** @param devices those that are counted; devices without a value take no part */
export function describeDevices(devices: readonly DeviceValue[]): DeviceStatistics {
  const sample = censoredSample(devices);
  const values = sample.filter(({ bound }) => bound === undefined).map(({ x }) => x);
  const bounds = sample.length - values.length;
  const known = values.length > 0 && bounds === 0 ? describeSample(values) : null;
  const weibull = fitWeibull(sample);
  const spread = known?.standardDeviation ?? null;
  return {
    count: values.length,
    bounds,
    median: sample.length > 0 ? medianOf(sample) : null,
    scaledMad: known?.scaledMad ?? null,
    mean: known?.mean ?? null,
    meanError: spread === null ? null : spread / Math.sqrt(values.length),
    standardDeviation: spread,
    variation: known?.variation ?? null,
    least: values.length > 0 ? Math.min(...values) : null,
    most: values.length > 0 ? Math.max(...values) : null,
    weibull: typeof weibull === 'string' ? null : weibull,
    weibullReason: typeof weibull === 'string' ? weibull : null,
    cycles: describeCycles(devices),
  };
}
