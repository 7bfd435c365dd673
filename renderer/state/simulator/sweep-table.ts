import { buildTable, type OutputTable } from '../../../src/exporters/table.ts';
import { columnOf } from '../../../src/model/curve.ts';
import type { ParameterSweep } from '../../../src/pipeline/sweep-parameters.ts';

function header(id: string, unit: string): string {
  return unit === '' || unit === '1' ? id : `${id} (${unit})`;
}

/** One row a simulation: the parameters, the quantity, and why there is none. */
function valueTable(sweep: ParameterSweep): OutputTable {
  const { axes, quantity, points } = sweep;
  return buildTable('map', points, [
    ...axes.map(({ id, unit }, k) => ({
      header: header(id, unit),
      type: 'number' as const,
      read: ({ at }: (typeof points)[number]) => at[k],
    })),
    {
      header: header(
        quantity ? [quantity.id, quantity.branch].filter(Boolean).join(' ') : 'value',
        quantity?.unit ?? '',
      ),
      type: 'number',
      read: ({ value }) => value,
    },
    { header: 'reason', type: 'text', read: ({ reason }) => reason },
  ]);
}

/** The curves side by side over their common rows: abscissa, then one column a value. */
function curveTable(sweep: ParameterSweep): OutputTable {
  const [axis] = sweep.axes;
  const curves = sweep.points.flatMap(({ at, curve }) => (curve ? [{ at: at[0]!, curve }] : []));
  const first = curves[0]?.curve.curve;
  const x = first && (columnOf(first, 'voltage') ?? columnOf(first, 'time'));
  const rows = Array.from({ length: x?.data.length ?? 0 }, (_, row) => row);
  return buildTable('family', rows, [
    { header: header(x?.label ?? 'voltage', x?.unit ?? 'V'), type: 'number', read: (row) => x?.data[row] },
    ...curves.map(({ at, curve }) => ({
      header: `current (A), ${axis!.id} = ${at}${axis!.unit === '1' ? '' : ` ${axis!.unit}`}`,
      type: 'number' as const,
      read: (row: number) => columnOf(curve.curve, 'current')?.data[row],
    })),
  ]);
}

/** The numbers behind a family or a map, full precision. */
export function sweepTable(sweep: ParameterSweep): OutputTable {
  return sweep.axes.length > 1 || sweep.points.every(({ curve }) => curve === null)
    ? valueTable(sweep)
    : curveTable(sweep);
}
