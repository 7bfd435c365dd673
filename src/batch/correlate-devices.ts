import { correlateRanks, fitRobustLine, type RankCorrelation, type RobustLine } from '../../fitting/index.ts';
import type { DeviceId } from '../model/ids.ts';
import type { DeviceValue, SeriesValues } from './device-values.ts';

export type { RankCorrelation, RobustLine };

/** A device with a value of both quantities. */
export interface DevicePair {
  readonly device: DeviceId;
  readonly x: DeviceValue & { readonly value: number };
  readonly y: DeviceValue & { readonly value: number };
}

/** Devices with a value of both; bounds have no place in a pair. */
export function pairDevices(x: SeriesValues, y: SeriesValues): readonly DevicePair[] {
  const byDevice = new Map(y.devices.map((one) => [one.device, one]));
  const usable = (one: DeviceValue | undefined): one is DevicePair['x'] =>
    one !== undefined && one.value !== null && one.bound === null;
  return x.devices.flatMap((one) => {
    const other = byDevice.get(one.device);
    return usable(one) && usable(other) ? [{ device: one.device, x: one, y: other }] : [];
  });
}

export interface CorrelationCell {
  /** Places of the two in the list that was given: row > column. */
  readonly row: number;
  readonly column: number;
  readonly count: number;
  readonly result: RankCorrelation | null;
}

/** The lower triangle of Spearman's rank correlations, pair by pair over the devices that have both. */
export function correlateDevices(samples: readonly SeriesValues[]): readonly CorrelationCell[] {
  return samples.flatMap((y, row) =>
    samples.slice(0, row).map((x, column): CorrelationCell => {
      const pairs = pairDevices(x, y);
      const result = correlateRanks(
        pairs.map((pair) => pair.x.value),
        pairs.map((pair) => pair.y.value),
      );
      return { row, column, count: pairs.length, result };
    }),
  );
}

/** Theil-Sen line through the pairs with Sen's interval; null for fewer than four. */
export function lineThrough(pairs: readonly DevicePair[]): RobustLine | null {
  return fitRobustLine(
    pairs.map(({ x }) => x.value),
    pairs.map(({ y }) => y.value),
  );
}
