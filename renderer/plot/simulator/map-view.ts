import type { ParameterSweep } from '../../../src/pipeline/sweep-parameters.ts';
import { viridis } from '../viridis.ts';

export interface MapCell {
  readonly column: number;
  readonly row: number;
  readonly at: readonly number[];
  readonly value: number | null;
  readonly reason: string | null;
  /** Null where there is no value: hatched. */
  readonly colour: string | null;
}

export interface MapView {
  readonly columns: number;
  readonly rows: number;
  readonly low: number;
  readonly high: number;
  readonly refused: number;
  readonly cells: readonly MapCell[];
}

/** A two-parameter sweep as cells: the first parameter runs to the right, the second up. */
export function buildMapView(sweep: ParameterSweep): MapView {
  const [across, up] = sweep.axes;
  const rows = up?.values.length ?? 1;
  const columns = across?.values.length ?? 0;
  const values = sweep.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const cells = sweep.points.map(({ at, value, reason }, k): MapCell => {
    const place = value === null ? null : high > low ? (value - low) / (high - low) : 0.5;
    return {
      column: Math.floor(k / rows),
      row: k % rows,
      at,
      value,
      reason,
      colour: place === null ? null : viridis(place),
    };
  });
  return { columns, rows, low, high, refused: sweep.points.length - values.length, cells };
}
