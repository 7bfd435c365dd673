import { showUnit } from '../../units/prefixes.ts';
import { numberLabel } from '../layout/tick-labels.ts';
import { batchCount, batchTitle, chooseQuantity, valuesOf } from './batch-values.ts';
import { rangeOf } from './domains.ts';
import { figureExponent, quantitySymbol } from './outcome.ts';
import { defineTemplate, frameFigure } from './template.ts';

/** `B7`, `dev-B7`, `R2C7`: a letter or number for the row and a number for the column at the end of the name. */
const PLACE = /(?:^|[^A-Za-z])(?:R?(\d+)[CX](\d+)|([A-Za-z])[-_]?(\d{1,3}))$/;

interface Place {
  readonly row: number;
  readonly column: number;
}

/** Row and column (from 0) of a device by its name; null where the name has no place in it. */
export function placeOf(device: string): Place | null {
  const [, row, column, letter, number] = PLACE.exec(device) ?? [];
  if (row !== undefined && column !== undefined) return { row: Number(row) - 1, column: Number(column) - 1 };
  if (letter === undefined || number === undefined) return null;
  return { row: letter.toUpperCase().charCodeAt(0) - 65, column: Number(number) - 1 };
}

/** A quantity over the rows and columns of an array; devices without a value are struck out (f11 f). */
export const deviceMap = defineTemplate({
  id: 'device-map',
  label: 'Device map',
  kinds: ['iv', 'waveform', 'spectrum', 'endurance', 'retention', 'frequency-response'],
  scope: 'batch',
  build(outcomes, options) {
    const id = chooseQuantity(outcomes, options?.quantity);
    const [first] = outcomes;
    if (!id || !first) return null;
    const values = valuesOf(outcomes, id);
    const placed = values.devices.flatMap(({ device, quantity }) => {
      const place = placeOf(device);
      return place ? [{ ...place, quantity }] : [];
    });
    const known = placed.flatMap(({ quantity }) => (quantity ? [quantity.value] : []));
    const range = rangeOf(known);
    if (!range || placed.length < 3) return null;
    const rows = Math.max(...placed.map(({ row }) => row)) + 1;
    const columns = Math.max(...placed.map(({ column }) => column)) + 1;
    if (rows * columns > 4096) return null;
    const value = new Float64Array(rows * columns).fill(Number.NaN);
    for (const { row, column, quantity } of placed)
      value[row * columns + column] = quantity?.value ?? Number.NaN;
    const log = range[0] > 0 && range[1] / range[0] > 30;
    const pad = range[0] === range[1] ? Math.abs(range[0]) * 0.05 || 1 : 0;
    const unit = placed.find(({ quantity }) => quantity)!.quantity!.unit;
    const exponent = log ? 0 : figureExponent(known, unit);
    const domain = [range[0] - pad, range[1] + pad] as const;
    const unitText = showUnit(unit, exponent);
    const every = Math.max(1, Math.ceil(columns / 12));
    const centres = (n: number, label: (i: number) => string, step: number) =>
      Array.from({ length: n }, (_, i) => i)
        .filter((i) => i % step === 0)
        .map((i) => ({ at: i + 0.5, label: label(i) }));
    return frameFigure(
      {
        template: 'device-map',
        outcome: first,
        name: null,
        options,
        height_mm: 66,
        caption: `${batchTitle(id, values)} over the array, ${batchCount(values)}, the others struck out`,
      },
      {
        letters: false,
        cells: [
          {
            at: [0, 0],
            panels: [
              {
                frame: 'none',
                x: {
                  kind: 'index',
                  domain: [0, columns],
                  name: 'Column',
                  ticks: centres(columns, (i) => numberLabel(i + 1, 0), every),
                },
                y: {
                  kind: 'index',
                  domain: [rows, 0],
                  name: 'Row',
                  ticks: centres(
                    rows,
                    (i) => (rows <= 26 ? String.fromCharCode(65 + i) : String(i + 1)),
                    Math.ceil(rows / 16),
                  ),
                },
                marks: [{ type: 'cells', rows, cols: columns, value, scale: 'viridis', domain, log }],
                colorbar: {
                  scale: 'viridis',
                  domain,
                  log,
                  factor: 10 ** -exponent,
                  name: quantitySymbol(id) + (unitText ? ` (${unitText})` : ''),
                },
                legend: { at: 'none' },
              },
            ],
          },
        ],
      },
    );
  },
});
