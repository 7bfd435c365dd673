import type { IssueRecord } from '../pipeline/record.types.ts';
import { buildTable, type OutputTable } from './table.ts';

/** A file that could not be used, with the issues that say why. */
export interface FileFailure {
  readonly file: string;
  readonly issues: readonly IssueRecord[];
}

/** `failures.csv`: one row a reason. */
export function buildFailureTable(failures: readonly FileFailure[]): OutputTable {
  const rows = failures.flatMap(({ file, issues }) => issues.map((issue) => ({ file, issue })));
  return buildTable('failures', rows, [
    { header: 'file', type: 'text', read: ({ file }) => file },
    { header: 'code', type: 'text', trusted: true, read: ({ issue }) => issue.code },
    { header: 'subject', type: 'text', read: ({ issue }) => issue.subject },
    { header: 'line', type: 'number', read: ({ issue }) => issue.line },
    { header: 'message', type: 'text', read: ({ issue }) => issue.message },
    { header: 'hint', type: 'text', read: ({ issue }) => issue.hint },
  ]);
}
