import type { Geometry } from '../geometry.ts';
import type { SimulatorView } from './simulator-view.ts';

/** Where the cursor stands before anybody moved it: three quarters up the first leg, or late in a pulse. */
export function startRow(view: SimulatorView): number {
  const { rows } = view;
  if (rows.length === 0) return 0;
  if (view.isTime) return Math.round((rows.length - 1) * 0.45);
  let turn = 1;
  while (turn < rows.length && Math.abs(rows[turn]!) >= Math.abs(rows[turn - 1]!)) turn += 1;
  return Math.round((turn - 1) * 0.75);
}

/** The row of the simulation nearest to a place on the paper; of rows at one voltage the one whose current is nearest. */
export function rowAt(
  view: SimulatorView,
  geometry: Geometry,
  px: number,
  py: number,
  before: number,
): number {
  const { rows } = view;
  const main = view.panels.findIndex((panel) => panel.lines?.some((line) => line.id === 'simulated'));
  const box = geometry.panels[main];
  const panel = view.panels[main];
  const line = panel?.lines?.find((one) => one.id === 'simulated');
  const inside = box && py >= box.top && py <= box.top + box.height;
  let best = before;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows.length; row++) {
    const dx = geometry.toPx(view.x.scale.forward(rows[row]!)) - px;
    if (Math.abs(dx) > least) continue;
    const y = inside && line && panel ? box.toPx(panel.scale.forward(line.y[row]!)) : Number.NaN;
    // outside the curve's own panel the leg stays: rows near the one before count as nearer
    const dy = Number.isFinite(y) ? (y - py) / 8 : Math.abs(row - before) / rows.length;
    const distance = Math.hypot(dx, dy);
    if (distance < least) {
      least = distance;
      best = row;
    }
  }
  return best;
}

/** `up leg`, `down leg`: which way the drive moves at a row. */
export function wayAt(rows: Float64Array, row: number): string {
  const before = rows[Math.max(0, row - 1)]!;
  const here = rows[row]!;
  const after = rows[Math.min(rows.length - 1, row + 1)]!;
  const from = Math.abs(row > 0 ? before : here);
  const to = Math.abs(row > 0 ? here : after);
  const way = to >= from ? 'up leg' : 'down leg';
  return rows.some((v) => v < 0) && rows.some((v) => v > 0) ? `${way}, V ${here < 0 ? '<' : '>'} 0` : way;
}
