import {
  type CensoredValue,
  type DistributionFamily,
  type DistributionFit,
  estimateQuantiles,
  fitDistribution,
  placeValues,
  type QuantileEstimate,
  reduceProbability,
} from '../../fitting/index.ts';
import type { DeviceId } from '../model/ids.ts';
import { censoredSample, LEAST_WEIBULL } from './describe-devices.ts';
import type { DeviceValue } from './device-values.ts';

export type { DistributionFamily, QuantileEstimate };

export interface DistributionPoint {
  readonly device: DeviceId;
  /** Magnitude where `ofMagnitudes` is set. */
  readonly x: number;
  readonly uncertainty: number | null;
  readonly status: DeviceValue['status'];
  /** Reduced value of the plotting position: the height on the paper of its family. */
  readonly reduced: number;
  readonly position: number;
}

export interface DistributionBound {
  readonly device: DeviceId;
  readonly x: number;
  readonly bound: 'upper' | 'lower';
}

/** Devices on the probability paper of a family. */
export interface DeviceDistribution {
  readonly family: DistributionFamily;
  readonly ofMagnitudes: boolean;
  readonly points: readonly DistributionPoint[];
  readonly bounds: readonly DistributionBound[];
  readonly fit: DistributionFit | null;
  /** The fitted line with its 95 % band; empty without a fit. */
  readonly line: readonly QuantileEstimate[];
  /** Why there are no points, or no line. */
  readonly reason: string | null;
}

/** Probabilities of the line: from below the first point to above the last, evenly on the paper. */
const LINE = [
  0.002, 0.005, 0.01, 0.02, 0.035, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.965,
  0.98, 0.99, 0.995, 0.998,
];

function turn(one: CensoredValue & DeviceValue): CensoredValue & DeviceValue {
  const bound = one.bound === undefined ? undefined : one.bound === 'lower' ? 'upper' : 'lower';
  return { ...one, x: -one.x, bound } as CensoredValue & DeviceValue;
}

/** Values at their plotting positions with bounds as censored points, and the fitted law from five values on. */
export function distributeDevices(
  devices: readonly DeviceValue[],
  family: DistributionFamily,
): DeviceDistribution {
  const plain = censoredSample(devices);
  const ofMagnitudes = family !== 'normal' && plain.length > 0 && plain.every(({ x }) => x < 0);
  const sample = ofMagnitudes ? plain.map(turn) : plain;
  const empty = { family, ofMagnitudes, points: [], bounds: [], fit: null, line: [] };
  if (family !== 'normal' && sample.some(({ x }) => !(x > 0)))
    return { ...empty, reason: 'Zero and values of both signs have no place on a logarithm.' };
  const placed = placeValues(sample);
  const points = placed.map(({ index, position }): DistributionPoint => {
    const { device, x, uncertainty, status } = sample[index]!;
    return { device, x, uncertainty, status, position, reduced: reduceProbability(family, position) };
  });
  const bounds = sample.flatMap(({ device, x, bound }) => (bound ? [{ device, x, bound }] : []));
  if (points.length < LEAST_WEIBULL) {
    const reason = `A line needs ${LEAST_WEIBULL} values.`;
    return { ...empty, points, bounds, reason };
  }
  const fit = fitDistribution(family, sample);
  if (!fit) return { ...empty, points, bounds, reason: 'The values do not determine a line.' };
  return { family, ofMagnitudes, points, bounds, fit, line: estimateQuantiles(fit, LINE), reason: null };
}

/** Height on the paper of a probability between 0 and 1. */
export function heightOf(family: DistributionFamily, p: number): number {
  return reduceProbability(family, p);
}
