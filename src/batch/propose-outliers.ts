import { OUTLIER_SCORE, scoreRobustly } from '../../fitting/index.ts';
import type { DeviceId } from '../model/ids.ts';
import type { QuantitySeries, SeriesValues } from './device-values.ts';

/** A device far from the others in one quantity. A proposal: nothing is left out before the user says so. */
export interface OutlierProposal {
  readonly device: DeviceId;
  readonly series: QuantitySeries;
  /** Robust standard deviations from the median, signed. */
  readonly score: number;
}

/**
 * Devices beyond 3.5 robust standard deviations in any of the given quantities, on the logarithm of positive ones; the largest
 * distances first, one entry per device and quantity.
 */
export function proposeOutliers(samples: readonly SeriesValues[]): readonly OutlierProposal[] {
  return samples
    .flatMap(({ series, devices }) => {
      const known = devices.filter(({ value, bound }) => value !== null && bound === null);
      const found = scoreRobustly(
        known.map(({ value }) => value!),
        true,
      );
      if (!found) return [];
      return known.flatMap(({ device }, k) => {
        const score = found.scores[k]!;
        return Math.abs(score) > OUTLIER_SCORE ? [{ device, series, score }] : [];
      });
    })
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
}

/** Robust score of every device in one quantity, the marked ones measured against the counted ones. */
export function scoreDevices(counted: SeriesValues, others: SeriesValues): ReadonlyMap<DeviceId, number> {
  const known = counted.devices.filter(({ value, bound }) => value !== null && bound === null);
  const own = scoreRobustly(
    known.map(({ value }) => value!),
    true,
  );
  const scores = new Map<DeviceId, number>();
  known.forEach(({ device }, k) => {
    if (own) scores.set(device, own.scores[k]!);
  });
  for (const { device, value, bound } of others.devices) {
    if (value === null || bound !== null) continue;
    const score = scoreRobustly([...known.map((one) => one.value!), value], true)?.scores.at(-1);
    if (score !== undefined) scores.set(device, score);
  }
  return scores;
}
