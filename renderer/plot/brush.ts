import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import type { CurveView, PanelView } from './view-model.ts';
import { abscissaOf } from './xy-view.ts';

/** A rectangle on the paper of one panel (after its scales). */
export interface PaperBox {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Rows of the curve with a point inside a box of a panel, ascending; a reading without a value has no point. */
export function rowsInBox(
  outcome: MeasurementOutcome,
  view: CurveView,
  panel: PanelView,
  box: PaperBox,
): number[] {
  const { conditioned, measurement } = outcome;
  const x = conditioned?.voltage ?? abscissaOf(measurement)?.data;
  if (!x) return [];
  const channels = conditioned
    ? [conditioned.current]
    : measurement.curve.columns
        .filter((column) => `${column.role}-${column.unit}` === panel.id)
        .map((column) => column.data);
  const rows: number[] = [];
  for (let row = 0; row < x.length; row++) {
    const at = view.x.scale.forward(x[row]!);
    if (!(at >= box.x[0] && at <= box.x[1])) continue;
    const inside = channels.some((data) => {
      const height = panel.scale.forward(data[row]!);
      return height >= box.y[0] && height <= box.y[1];
    });
    if (inside) rows.push(row);
  }
  return rows;
}

/** Panels whose points are readings of the curve itself; residuals and the light of a sweep follow from them. */
export function canBrush(outcome: MeasurementOutcome, panel: PanelView): boolean {
  return outcome.conditioned ? ['log', 'lin', 'symlog'].includes(panel.id) : panel.id !== 'residual';
}
