import { writeCsv } from '../../../src/exporters/csv.ts';
import type { Session } from '../session.ts';
import { sweepTable } from './sweep-table.ts';
import type { Varied } from './vary-run.ts';

/** The numbers of a family or a map as tab-separated text on the clipboard. */
export async function copyVaried(session: Session, { sweep }: Varied): Promise<void> {
  const table = sweepTable(sweep);
  await navigator.clipboard.writeText(writeCsv(table, { separator: '\t' }));
  session.tell('ok', `${table.rows} rows copied.`, 'Tab-separated, full precision.');
}

/** The same as a file. */
export async function saveVaried(session: Session, { sweep, request }: Varied): Promise<void> {
  const table = sweepTable(sweep);
  const saved = await session.host.saveFile({
    suggestedName: `${request.model}-${table.name}.csv`,
    bytes: new TextEncoder().encode(writeCsv(table)),
    mimeType: 'text/csv',
  });
  if (!saved.ok) session.report(saved.issues);
  else if (saved.value) session.tell('ok', `${saved.value.name} written.`, `${table.rows} rows.`);
}
