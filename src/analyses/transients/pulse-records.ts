import type { Issue } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';

/** Records of one channel: its label goes into the method where several channels were recorded. */
export interface ChannelRecords {
  method(name: string): string;
  give(
    id: QuantityId,
    name: string,
    value: number,
    u: number | null,
    more?: Partial<QuantityContext> & {
      readonly reasons?: readonly Issue[];
      /** Half width of the 95 % interval where it is not 1.96 u (a grid is no normal distribution). */
      readonly half95?: number;
    },
  ): Quantity;
  refuse(
    id: QuantityId,
    name: string,
    reasons: readonly [Issue, ...Issue[]],
    more?: Partial<QuantityContext>,
  ): Quantity;
}

export function createChannelRecords(label: string | null, unit: QuantityContext['unit']): ChannelRecords {
  const method = (name: string): string => (label === null ? name : `${name}, channel ${label}`);
  const channel = unit === undefined ? {} : { unit };
  return {
    method,
    give(id, name, value, u, { half95, ...more } = {}) {
      const half = half95 ?? 1.96 * (u ?? Number.NaN);
      return determined(id, {
        ...channel,
        ...more,
        method: method(name),
        value,
        standardUncertainty: u,
        interval95: u !== null && Number.isFinite(u) && u > 0 ? [value - half, value + half] : null,
      });
    },
    refuse(id, name, reasons, more = {}) {
      return refused(id, reasons, { ...channel, ...more, method: method(name) });
    },
  };
}

/** Seconds as messages print them. */
export function seconds(t: number): string {
  const prefixes = [
    [1, 's'],
    [1e-3, 'ms'],
    [1e-6, 'µs'],
    [1e-9, 'ns'],
    [1e-12, 'ps'],
  ] as const;
  const [factor, unit] = prefixes.find(([size]) => Math.abs(t) >= size) ?? [1e-12, 'ps'];
  return `${(t / factor).toPrecision(4)} ${unit}`;
}
