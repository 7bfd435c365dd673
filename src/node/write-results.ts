import { summariseRecords } from '../batch/summarise.ts';
import { buildSummaryTable } from '../batch/summary-table.ts';
import { writeCsv, writeJsonLines } from '../exporters/csv.ts';
import { buildFailureTable, type FileFailure } from '../exporters/failure-table.ts';
import { writeParquet } from '../exporters/parquet.ts';
import { buildResultTable, buildWideTable } from '../exporters/result-tables.ts';
import type { FinishedFile, OutputFolder, RunFile } from './output-folder.ts';

/**
 * Everything `--out` gets besides the figures, which are written as they come. run.json goes last: where it stands, the rest is whole.
 * @param withHeader false for the second and later shards, so that their CSV files concatenate with the first's
 */
export async function writeResults(
  folder: OutputFolder,
  finished: readonly FinishedFile[],
  failures: readonly FileFailure[],
  run: RunFile,
  withHeader: boolean,
): Promise<void> {
  const records = finished.flatMap((entry) => entry.records);
  const results = buildResultTable(records);
  const header = { header: withHeader };
  await folder.write('results.jsonl', writeJsonLines(records));
  await folder.write('results.csv', writeCsv(results, header));
  await folder.write('results-wide.csv', writeCsv(buildWideTable(records)));
  await folder.write('results.parquet', writeParquet(results));
  await folder.write('failures.csv', writeCsv(buildFailureTable(failures), header));
  await folder.write('summary.csv', writeCsv(buildSummaryTable(summariseRecords(records))));
  await folder.write('run.json', `${JSON.stringify(run, null, 2)}\n`);
}
