import { buildTable, type OutputTable } from '../exporters/table.ts';
import type { SummaryRow } from './summarise.ts';

/** `summary.csv`: count, median, mean and sd per quantity and group, and what is missing with its reasons. */
export function buildSummaryTable(rows: readonly SummaryRow[]): OutputTable {
  return buildTable('summary', rows, [
    { header: 'group', type: 'text', read: (row) => row.group },
    { header: 'quantity', type: 'text', trusted: true, read: (row) => row.quantity },
    { header: 'branch', type: 'text', trusted: true, read: (row) => row.branch },
    { header: 'convention', type: 'text', read: (row) => row.convention },
    { header: 'unit', type: 'text', trusted: true, read: (row) => row.unit },
    { header: 'count', type: 'number', read: (row) => row.count },
    { header: 'median', type: 'number', read: (row) => row.median },
    { header: 'mean', type: 'number', read: (row) => row.mean },
    { header: 'sd', type: 'number', read: (row) => row.standardDeviation },
    { header: 'missing', type: 'number', read: (row) => row.missing },
    {
      header: 'missingBy',
      type: 'text',
      read: (row) =>
        Object.entries(row.missingBy)
          .map(([reason, n]) => `${reason}: ${n}`)
          .join('; ') || null,
    },
  ]);
}
