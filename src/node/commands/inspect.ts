import type { Result } from '../../base/result.ts';
import type { RecordAnswer } from '../../pipeline/answer-job.ts';
import type { InspectRecord } from '../../pipeline/record.types.ts';
import { inspectRecord } from '../../pipeline/records.ts';
import { largestSize, readJobs, runFiles } from '../batch-session.ts';
import { collectFiles } from '../collect-files.ts';
import { type Command, EXIT, HELP_OPTION, JOBS_OPTION, JSON_OPTION } from '../command.ts';
import { judgeFile } from '../file-verdict.ts';
import { PATTERN_OPTION, readImportOptions, TEMPLATE_OPTION, withSettings } from '../import-options.ts';
import { describeFailures, describeUnknown, writeIssue } from '../messages.ts';
import { OrderedOutput } from '../ordered-output.ts';
import { layoutTable } from '../text-table.ts';
import { openPool } from '../worker-pool.ts';

export const inspectCommand: Command = {
  id: 'inspect',
  usage: 'ivory inspect PATH...',
  summary: 'what a file or folder holds: format, instrument, columns, units, sweeps',
  options: [TEMPLATE_OPTION, PATTERN_OPTION, JOBS_OPTION, JSON_OPTION, HELP_OPTION],
  positionals: [1, Number.POSITIVE_INFINITY],
  async run(args, context) {
    const { terminal } = context;
    const json = args.flags.has('json');
    const given = await readImportOptions(args);
    const { files: found, failures, settingsIssues } = await collectFiles(args.positionals);
    const files = withSettings(found, given);
    for (const issue of settingsIssues) terminal.err(writeIssue(issue));
    const unknown: string[] = [];
    const failed: string[] = [];
    const output = new OrderedOutput((text) => terminal.out(text));
    const show = (record: InspectRecord): string =>
      json ? `${JSON.stringify(record)}\n` : describeRecord(record);
    for (const { file, issues } of failures) {
      const record = inspectRecord(
        { name: file, sha256: '' },
        { ok: false, issues: issues as [never, ...never[]] },
      );
      await output.first(show(record));
    }
    const answers = await runFiles(
      files,
      ({ settings }, file) => ({ type: 'import', file, settings }),
      openPool(readJobs(args), files.length, null, largestSize(files)),
      context,
      async (index, answer, sha256) => {
        const file = files[index]!;
        const { status } = judgeFile(file, answer);
        if (status === 'unknown') unknown.push(file.name);
        if (status === 'failed') failed.push(file.name);
        await output.put(index, show(recordOf(file.name, answer, sha256)));
      },
    );
    if (answers.includes(null)) {
      terminal.err('Stopped.\n');
      return EXIT.cancelled;
    }
    terminal.err(describeUnknown(unknown));
    terminal.err(describeFailures(failed.length + failures.length));
    return failed.length + failures.length > 0 ? EXIT.someFailed : EXIT.done;
  },
};

function recordOf(name: string, answer: Result<RecordAnswer>, sha256: string): InspectRecord {
  if (answer.ok && answer.value.inspect) return answer.value.inspect;
  return inspectRecord({ name, sha256 }, answer.ok ? { ok: false, issues: [] as never } : answer);
}

/** A paragraph for people. */
function describeRecord(record: InspectRecord): string {
  const { vendor, model } = record.instrument;
  const device = [vendor, model].filter(Boolean).join(' ');
  const head = `${record.file}: ${record.format ?? 'not read'}${device ? ` (${device})` : ''}\n`;
  const body = record.measurements.map((measurement) => {
    const sweeps = measurement.branches.length > 1 ? `, ${measurement.branches.length} legs` : '';
    const columns = measurement.columns.map((column) => [
      column.name,
      column.role,
      column.unit,
      `${showNumber(column.first)} … ${showNumber(column.last)}`,
      column.missing > 0 ? `${column.missing} missing` : '',
    ]);
    return `  ${measurement.title}: ${measurement.kind}, ${measurement.points} points${sweeps}\n${layoutTable(columns, { indent: '    ' })}`;
  });
  const issues = record.issues.map((issue) => `  ${issue.severity}: ${issue.message}\n`);
  return [head, ...body, ...issues].join('');
}

function showNumber(value: number | null): string {
  return value === null ? 'no value' : String(Number(value.toPrecision(6)));
}
