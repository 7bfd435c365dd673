import { writeCsv } from '../../exporters/csv.ts';
import { buildTable } from '../../exporters/table.ts';
import type { Measurement } from '../../model/measurement.ts';
import type { SimulateRecord } from '../../pipeline/record.types.ts';
import { simulateRecord } from '../../pipeline/records.ts';
import { type DriveText, runSimulation } from '../../pipeline/simulate.ts';
import { SERIES } from '../../pipeline/simulate-series.ts';
import { sweepRecord } from '../../pipeline/sweep-parameters.ts';
import { type ParsedArgs, UsageError } from '../args.ts';
import { readJobs, readSetOption } from '../batch-session.ts';
import {
  type Command,
  type CommandContext,
  EXIT,
  HELP_OPTION,
  JOBS_OPTION,
  JSON_OPTION,
} from '../command.ts';
import { writeAtomic } from '../file-access.ts';
import { type OpenedFile, openOne } from '../import-one.ts';
import { writeIssue } from '../messages.ts';
import { OutputError } from '../output-folder.ts';
import type { Terminal } from '../terminal.ts';
import { layoutTable } from '../text-table.ts';
import { findSeries, readSpectra, runSeriesRecord, SERIES_OPTIONS, type Simulated } from './series.ts';
import { readAxes, readQuantity, runSweep } from './vary.ts';

export const simulateCommand: Command = {
  id: 'simulate',
  usage:
    'ivory simulate MODEL (--sweep A:B:STEP[:B2...] | --pulse LOW:HIGH:WIDTH:PERIOD:COUNT | --drive FILE | --against FILE | --endurance N | --retention T1:T2:PER_DECADE | --pulse-widths W1,W2,... | --frequencies F1:F2:N)',
  summary:
    'what a model device would answer to a sweep, to pulses, to the drive of a measurement, or to a test',
  details: `
Values are SI and take units and prefixes. --set preset=NAME is applied first, the other --set on top. --against FILE
runs the model on the grid of a measured sweep and gives rmse, nrmse (rmse over the span of the current), r2, the
residuals, and the quantities the same analyses extract from both curves with their differences. The model crossbar needs no drive: it
gives the worst-case read margin of a passive array against its number of lines (--sizes). --endurance, --retention and
--pulse-widths test a resistive-memory, --frequencies a light-emitting-cell; their pulses, reading and spread are --set parameters too:
${SERIES.all.map((series) => `  ${series.id}: ${series.parameters.map(({ id }) => id).join(', ')}`).join('\n')}`,
  options: [
    { name: 'set', kind: 'list', placeholder: 'P=V', help: 'a parameter or preset=NAME; may be repeated' },
    {
      name: 'sweep',
      kind: 'value',
      placeholder: 'A:B:STEP[:B2...]',
      help: 'a ramp with turning points, in volts',
    },
    { name: 'pulse', kind: 'value', placeholder: 'LOW:HIGH:WIDTH:PERIOD:COUNT', help: 'rectangular pulses' },
    {
      name: 'drive',
      kind: 'value',
      placeholder: 'FILE',
      help: 'any file with a drive: its programmed voltage, stimulus channel or voltage against time',
    },
    {
      name: 'drive-column',
      kind: 'value',
      placeholder: 'NAME',
      help: 'the column of --drive that drives, by name or role',
    },
    ...SERIES_OPTIONS,
    {
      name: 'spectra',
      kind: 'value',
      placeholder: 'AT[,AT...]',
      help: 'emission spectra at voltages (6V,-6V) or times (50us) instead of the traces',
    },
    { name: 'sizes', kind: 'value', placeholder: 'N[,N...]', help: 'numbers of lines of a crossbar' },
    { name: 'against', kind: 'value', placeholder: 'FILE', help: 'a measured sweep to compare with' },
    {
      name: 'vary',
      kind: 'list',
      placeholder: 'P=FROM:TO:COUNT[:log]',
      help: 'a parameter over a range; once for a family of curves, twice for a map',
    },
    {
      name: 'quantity',
      kind: 'value',
      placeholder: 'ID[:BRANCH]',
      help: 'with --vary: what to extract from every curve',
    },
    JOBS_OPTION,
    { name: 'out', kind: 'value', placeholder: 'FILE', help: 'write the columns as CSV, or all as .json' },
    JSON_OPTION,
    HELP_OPTION,
  ],
  positionals: [1, 1],
  async run(args, { terminal, writeFile = writeAtomic }) {
    const asked = ['sweep', 'pulse', 'drive', ...SERIES_OPTIONS.map(({ name }) => name)];
    const drives = asked.filter((name) => args.values.has(name));
    if (drives.length > 1) throw new UsageError(`--${drives[0]} and --${drives[1]} exclude each other.`);
    const record = findSeries(args) ? await runSeriesRecord(args, terminal) : null;
    if (record) return give(record, args, terminal, writeFile);
    const against = await openOptional(args, 'against');
    const recorded = await openOptional(args, 'drive');
    if (drives.length === 0 && !against && args.positionals[0] !== 'crossbar') {
      throw new UsageError(
        `simulate needs --against or one of ${asked.map((name) => `--${name}`).join(', ')}.`,
      );
    }
    if (args.lists.has('vary')) return vary(args, terminal, readDrive(args, null));
    const outcome = runSimulation({
      model: args.positionals[0]!,
      parameters: readSetOption(args),
      drive: readDrive(args, recorded?.measurement ?? null),
      sizes: readSizes(args),
      measurement: against?.measurement,
      analysis: against ? { recipe: 'auto', conditions: against.conditions } : undefined,
      cancelled: () => terminal.cancel.aborted,
    });
    if (terminal.cancel.aborted) return EXIT.cancelled;
    if (!outcome.ok) {
      const [issue] = outcome.issues;
      throw new UsageError(issue.message, issue.hint);
    }
    for (const issue of outcome.value.issues) terminal.err(writeIssue(issue));
    const { simulation, comparison } = outcome.value;
    const spectra = args.values.get('spectra');
    if (spectra !== undefined) return give(readSpectra(simulation, spectra), args, terminal, writeFile);
    const table = simulateRecord(simulation, comparison);
    return give({ record: table, csv: () => columnsAsCsv(table) }, args, terminal, writeFile);
  },
};

/** Prints or writes what was simulated: one object with --json, a file with --out, columns or a summary for a person. */
async function give(
  { record, csv }: Simulated,
  args: ParsedArgs,
  terminal: Terminal,
  writeFile: NonNullable<CommandContext['writeFile']>,
): Promise<number> {
  if (terminal.cancel.aborted) return EXIT.cancelled;
  const out = args.values.get('out');
  if (out !== undefined) {
    const text = out.toLowerCase().endsWith('.json') ? `${JSON.stringify(record)}\n` : csv();
    await writeFile(out, text).catch((cause: unknown) => {
      throw new OutputError(out, cause);
    });
    terminal.err(`Written to ${out}.\n`);
  }
  if (args.flags.has('json')) await terminal.out(`${JSON.stringify(record)}\n`);
  else {
    const isSummary = record.comparison !== null || out !== undefined;
    const show = record.model === 'crossbar' ? describeMargins : describeSimulation;
    await terminal.out(isSummary || record.model === 'crossbar' ? show(record) : csv());
  }
  return EXIT.done;
}

/** `--vary`: a family of curves, or a map of a quantity. */
async function vary(args: ParsedArgs, terminal: Terminal, drive: DriveText | undefined): Promise<number> {
  if (!drive || drive.kind === 'recorded')
    throw new UsageError('--vary needs --sweep or --pulse for its curves.');
  const model = args.positionals[0]!;
  const quantity = readQuantity(args);
  const sweep = await runSweep(
    {
      model,
      parameters: readSetOption(args),
      drive,
      axes: readAxes(args),
      ...(quantity ? { quantity } : {}),
    },
    terminal,
    readJobs(args),
  );
  const record = sweepRecord(model, sweep);
  if (args.flags.has('json')) await terminal.out(`${JSON.stringify(record)}\n`);
  else {
    const head = [...sweep.axes.map(({ id }) => id), quantity?.id ?? 'rows', ''];
    const rows = sweep.points.map(({ at, value, reason, curve }) => [
      ...at.map(showValue),
      quantity ? showValue(value) : String(curve?.curve.length ?? 0),
      reason ?? '',
    ]);
    await terminal.out(layoutTable([head, ...rows]));
  }
  return sweep.cancelled ? EXIT.cancelled : EXIT.done;
}

async function openOptional(args: ParsedArgs, name: string): Promise<OpenedFile | null> {
  const path = args.values.get(name);
  if (path === undefined) return null;
  const opened = await openOne(path, {});
  if (opened.ok) return opened.value;
  throw new UsageError(opened.issues[0].message, opened.issues[0].hint);
}

function readSizes(args: ParsedArgs): readonly number[] | undefined {
  const text = args.values.get('sizes');
  if (text === undefined) return undefined;
  if (args.positionals[0] !== 'crossbar') throw new UsageError('--sizes is for the model crossbar.');
  return text.split(',').map(Number);
}

function readDrive(args: ParsedArgs, recorded: Measurement | null): DriveText | undefined {
  const sweep = args.values.get('sweep');
  const pulse = args.values.get('pulse');
  if (sweep !== undefined) return { kind: 'sweep', text: sweep };
  if (pulse !== undefined) return { kind: 'pulse', text: pulse };
  return recorded
    ? { kind: 'recorded', measurement: recorded, column: args.values.get('drive-column') }
    : undefined;
}

function columnsAsCsv(record: SimulateRecord): string {
  const names = Object.keys(record.columns);
  const rows = Array.from({ length: record.columns[names[0]!]?.length ?? 0 }, (_, row) => row);
  return writeCsv(
    buildTable(
      'simulation',
      rows,
      names.map((header) => ({ header, type: 'number', read: (row) => record.columns[header]![row] })),
    ),
  );
}

/** The read margins as a table, with the largest array a sense amplifier can work with. */
function describeMargins({ columns, derived }: SimulateRecord): string {
  const names = Object.keys(columns);
  const rows = (columns['size'] ?? []).map((_, row) =>
    names.map((name) => showValue(columns[name]![row] ?? null)),
  );
  const usable = derived['largestUsableSize'];
  const found = usable ? `up to ${usable} lines` : 'at none of these sizes';
  return `${layoutTable([names, ...rows])}A margin of 10 % or more: ${found}.\n`;
}

function describeSimulation(record: SimulateRecord): string {
  const { derived, comparison, events } = record;
  const { rmse, nrmse, r2 } = comparison ?? {};
  const rows = [
    ...Object.entries(derived).map(([name, value]) => [name, String(value)]),
    ...(comparison ? Object.entries({ rmse, nrmse, r2 }).map(([name, value]) => [name, String(value)]) : []),
    ['events', String(events.length)],
  ];
  const quantities = (comparison?.quantities ?? []).flatMap((one) =>
    one.measured === null && one.simulated === null
      ? []
      : [
          [
            [one.id, one.branch, one.convention].filter((part) => part !== null).join(' '),
            showValue(one.measured),
            showValue(one.simulated),
            showValue(one.difference),
            one.unit,
          ],
        ],
  );
  const table =
    quantities.length === 0
      ? ''
      : layoutTable([['quantity', 'measured', 'simulated', 'difference', 'unit'], ...quantities], {
          indent: '  ',
        });
  return `${record.model}\n${layoutTable(rows, { indent: '  ' })}${table}`;
}

function showValue(value: number | string | null): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(5))) : (value ?? '-');
}
