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

/** Robust scores of counted values, and of values apart against the counted ones; null where there is no scale. */
export function scoreApart(
  counted: readonly number[],
  apart: readonly number[],
): { readonly counted: readonly (number | null)[]; readonly apart: readonly (number | null)[] } {
  const own = scoreRobustly(counted, true);
  return {
    counted: counted.map((_, k) => own?.scores[k] ?? null),
    apart: apart.map((value) => scoreRobustly([...counted, value], true)?.scores.at(-1) ?? null),
  };
}

/** Robust score of every device in one quantity, the marked ones measured against the counted ones. */
export function scoreDevices(counted: SeriesValues, others: SeriesValues): ReadonlyMap<DeviceId, number> {
  const withValue = ({ devices }: SeriesValues) =>
    devices.flatMap(({ device, value, bound }) =>
      value !== null && bound === null ? [{ device, value }] : [],
    );
  const [known, apart] = [withValue(counted), withValue(others)];
  const found = scoreApart(
    known.map(({ value }) => value),
    apart.map(({ value }) => value),
  );
  const scores = new Map<DeviceId, number>();
  const keep = (list: typeof known, values: readonly (number | null)[]) =>
    list.forEach(({ device }, k) => {
      const score = values[k];
      if (typeof score === 'number') scores.set(device, score);
    });
  keep(known, found.counted);
  keep(apart, found.apart);
  return scores;
}

export { OUTLIER_SCORE };
