import { writeCsv, writeJsonLines } from '../../src/exporters/csv.ts';
import { buildResultTable, buildWideTable } from '../../src/exporters/result-tables.ts';
import { writeXlsx } from '../../src/exporters/xlsx.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import { analyseRecord } from '../../src/pipeline/records.ts';
import { currentOutcome } from './results.ts';
import type { Session } from './session.ts';

export type TableFormat = 'csv' | 'wide' | 'xlsx' | 'jsonl';

const TYPES: Readonly<Record<TableFormat, { readonly name: string; readonly type: string }>> = {
  csv: { name: 'results.csv', type: 'text/csv' },
  wide: { name: 'results-wide.csv', type: 'text/csv' },
  xlsx: { name: 'results.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  jsonl: { name: 'results.jsonl', type: 'application/x-ndjson' },
};

/** The records of the command line for the curves at hand. */
export function recordsOf(session: Session, ids: readonly MeasurementId[]) {
  const workspace = session.workspace;
  const results = session.results.get();
  return ids.flatMap((id) => {
    const current = currentOutcome(results, workspace, id);
    return current && !current.outOfDate ? [analyseRecord(current.outcome)] : [];
  });
}

/** Writes the results table as the command line does: full precision, units, errors, status and reasons. */
export async function saveTable(
  session: Session,
  format: TableFormat,
  ids: readonly MeasurementId[],
): Promise<void> {
  const records = recordsOf(session, ids);
  const encoder = new TextEncoder();
  const bytes =
    format === 'csv'
      ? encoder.encode(writeCsv(buildResultTable(records)))
      : format === 'wide'
        ? encoder.encode(writeCsv(buildWideTable(records)))
        : format === 'jsonl'
          ? encoder.encode(writeJsonLines(records))
          : await writeXlsx([buildResultTable(records), buildWideTable(records)]);
  const { name, type } = TYPES[format];
  const saved = await session.host.saveFile({ suggestedName: name, bytes, mimeType: type });
  if (!saved.ok) session.report(saved.issues);
  else if (saved.value)
    session.tell(
      'ok',
      `${saved.value.name} written.`,
      `${records.length} curves with units, errors and reasons.`,
    );
}
