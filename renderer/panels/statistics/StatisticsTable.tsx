import { ScrollArea } from '../../components/ScrollArea.tsx';
import type { StatisticsModel } from '../../state/statistics.ts';
import { buildRows } from '../../state/statistics-table.ts';
import { LegMark } from './DevicePoints.tsx';
import { arrowOf, legWords } from './use-statistics.ts';

/** Statistics between devices, a column a leg; the scatter of cycles within devices stands apart below. */
export function StatisticsTable({ model }: { readonly model: StatisticsModel }) {
  const { legs } = model;
  const rows = buildRows(legs);
  const wide = legs.length > 2;
  const table = (
    <table className="sm" aria-label="Statistics between devices">
      <thead>
        <tr>
          <td />
          {legs.map(({ series }, look) => (
            <th key={String(series.branch)} scope="col" className="num">
              <span className="leg-head">
                <LegMark look={look} />
                {series.branch
                  ? wide
                    ? arrowOf(series.branch)
                    : `${arrowOf(series.branch)} ${legWords(series.branch)}`
                  : 'value'}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are always the same
            key={index}
            className={row.startsCycles ? 'apart' : row.label === '' ? 'below' : ''}
          >
            <th scope="row">
              {row.label || <span className="t3">95 % interval</span>}
              {row.unit && `, ${row.unit}`}
            </th>
            {row.cells.map(({ text, title }, leg) => (
              <td key={String(legs[leg]!.series.branch)} className="num" title={title}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return wide ? (
    <ScrollArea label="Statistics of all legs" className="across">
      {table}
    </ScrollArea>
  ) : (
    table
  );
}
