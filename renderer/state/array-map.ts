import type { MeasurementId } from '../../src/model/ids.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import type { StatusShape } from '../components/Status.tsx';
import { curveShape, quantitiesOf } from './device-status.ts';
import { currentOutcome, type Results } from './results.ts';
import { placeOnArray, type Workspace } from './workspace.ts';

export interface MapCell {
  readonly row: string;
  readonly column: number;
  readonly name: string;
  readonly id: MeasurementId | null;
  readonly shape: StatusShape;
  readonly quantity: Quantity | null;
}

export interface ArrayMap {
  readonly rows: readonly string[];
  readonly columns: readonly number[];
  readonly cells: readonly MapCell[];
  /** What colours the cells. */
  readonly quantity: Quantity | null;
  readonly domain: readonly [number, number];
}

/** Name of the device a file would hold, from the last part of its path: `C6_iv.csv` is C6. */
function deviceOfFile(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).split(/[._-]/, 1)[0] ?? '';
}

/** The array of the largest folder of sweeps whose devices carry a row and a column, with one quantity over it. */
export function buildArrayMap(workspace: Workspace, results: Results): ArrayMap | null {
  const cells = new Map<string, MapCell>();
  for (const id of workspace.order) {
    const measurement = workspace.measurements[id]!;
    const device = workspace.devices[measurement.deviceId];
    if (measurement.kind !== 'iv' || !device?.row || device.column === null) continue;
    const outcome = currentOutcome(results, workspace, id)?.outcome ?? null;
    const quantity =
      quantitiesOf(outcome).find((q) => q.id === 'turnOnVoltage' || q.id === 'setVoltage') ?? null;
    const key = `${device.row}${device.column}`;
    if (cells.has(key) && !quantity) continue;
    cells.set(key, {
      row: device.row,
      column: device.column,
      name: device.name,
      id,
      shape: curveShape(workspace, results, id),
      quantity: typeof quantity?.value === 'number' ? quantity : null,
    });
  }
  for (const file of workspace.files.filter(({ state }) => state === 'failed')) {
    const name = deviceOfFile(file.name);
    const { row, column } = placeOnArray(name);
    if (row && column !== null && !cells.has(`${row}${column}`))
      cells.set(`${row}${column}`, { row, column, name, id: null, shape: 'failed', quantity: null });
  }
  if (cells.size < 4) return null;
  const all = [...cells.values()];
  const rows = [...new Set(all.map((cell) => cell.row))].sort();
  const columns = [...new Set(all.map((cell) => cell.column))].sort((a, b) => a - b);
  const counted = all.filter((cell) => cell.quantity && cell.shape === 'ok');
  const values = counted.map((cell) => cell.quantity!.value as number).sort((a, b) => a - b);
  const low = values[0] ?? 0;
  const high = values.at(-1) ?? 1;
  return {
    rows,
    columns,
    cells: all,
    quantity: counted[0]?.quantity ?? null,
    domain: high > low ? [low, high] : [low - 0.5, low + 0.5],
  };
}
