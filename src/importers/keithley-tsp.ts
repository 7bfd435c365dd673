import { error, type Issue } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { OptionSpec, Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, OHM, SECOND, VOLT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { type ScannedLine, scanLine } from './scan-lines.ts';
import { headerRow, readBlock } from './scope-table.ts';

const SPLIT: OptionSpec = {
  id: 'split',
  label: 'Split where the time falls back',
  type: 'boolean',
  default: true,
  help: 'A script that logs several sweeps into one table marks them only by the time that starts again.',
};

/** Rows at which the time falls back. */
function findRestarts(time: Float64Array): number[] {
  const starts = [0];
  for (let i = 1; i < time.length; i++) if (time[i]! < time[i - 1]!) starts.push(i);
  return starts;
}

/** Bare `Time,Volts,Current` tables of TSP and SCPI scripts: sweeps follow one another without a separator. */
export const keithleyScript: Importer = {
  id: 'keithley-script',
  version: 1,
  label: 'Keithley script log (Time, Volts, Current)',
  vendor: 'Keithley',
  extensions: ['txt', 'csv'],
  options: [ACCEPT_TRUNCATED, SPLIT],
  sniff(file: DecodedFile): number {
    return /^Time,Volts,Current\s*$/.test(file.head[0] ?? '') ? 0.9 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const names = headerRow(file, 0);
    const read = readBlock(file, { first: 1, names }, options);
    if (!read.ok) return read;
    const { columns: data, rows } = read.value;
    const starts = options[SPLIT.id] === false ? [0] : findRestarts(data[0]!);
    const measurements = starts.map((start, index) => {
      const end = starts[index + 1] ?? rows;
      const units = [SECOND, VOLT, AMPERE];
      const columns = names.map(
        (name, k): ColumnDraft => ({
          header: name,
          unitText: '',
          unit: units[k] ?? NO_UNIT,
          data: data[k]!.slice(start, end),
        }),
      );
      return buildMeasurement(file, keithleyScript, index, {
        columns,
        suffix: starts.length > 1 ? ` sweep ${index + 1}` : '',
      });
    });
    return succeed(measurements, read.issues);
  },
};

interface TaggedRun {
  readonly tag: string;
  readonly names: readonly string[];
  readonly first: ScannedLine;
  readonly rows: number;
}

/** Tables of a row-tagged file: neighbouring rows with one tag, the first of them the header. */
function findTaggedRuns(file: DecodedFile): TaggedRun[] {
  const runs: { tag: string; names: readonly string[]; first: ScannedLine | null; rows: number }[] = [];
  let inside = false;
  for (let at = scanLine(file, 0, 1); at; at = scanLine(file, at.next, at.line + 1)) {
    const tag: string = at.text.slice(0, Math.max(0, at.text.indexOf(':,')));
    const open = inside ? runs.at(-1) : undefined;
    if (open && tag !== '' && open.tag === tag) {
      open.first ??= at;
      open.rows++;
      continue;
    }
    const names: string[] = tag === '' ? [] : splitRow(at.text).slice(1);
    inside = names.length > 2 && names.every((name) => /[A-Za-z]/.test(name));
    if (inside) runs.push({ tag, names, first: null, rows: 0 });
  }
  return runs.flatMap(({ tag, names, first, rows }) => (first ? [{ tag, names, first, rows }] : []));
}

const BATTERY: Readonly<Record<string, readonly [unit: typeof VOLT, text: string]>> = {
  Timestamp: [SECOND, 's'],
  Voc: [VOLT, 'V'],
  Vload: [VOLT, 'V'],
  ESR: [OHM, 'ohm'],
};

/** Battery-model script of the 2450: every row begins with the name of its section. */
export const keithleyBatteryModel: Importer = {
  id: 'keithley-battery-model',
  version: 1,
  label: 'Keithley battery-model script',
  vendor: 'Keithley',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    return file.head.slice(0, 60).some((line) => /^BATT_MODEL(?:_RAW)?:,/.test(line)) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const runs = findTaggedRuns(file);
    if (runs.length === 0) {
      return fail(
        error('NO_DATA', `${baseName(file.name)} holds no table of a battery model.`, {
          at: { file: file.name },
        }),
      );
    }
    const entries = keyValues(file.head.filter((line) => /^[\w./ ]+:,[^,]*$/.test(line)));
    const value = (key: string): string | null => {
      const found = entries.find(([name]) => name === key);
      return found ? found[1].replace(/^,/, '') : null;
    };
    const measurements: Measurement[] = [];
    const issues: Issue[] = [];
    for (const [index, run] of runs.entries()) {
      const read = readTable(
        file,
        {
          start: run.first.start,
          line: run.first.line,
          dialect: { separator: ',', decimalComma: false },
          columns: ['skip', ...run.names.map(() => 'number' as const)],
          names: [run.tag, ...run.names],
          maximumRows: run.rows,
        },
        options,
      );
      if (!read.ok) return read;
      issues.push(...read.issues);
      const body = read.value;
      const columns = run.names.flatMap((name, k): ColumnDraft[] => {
        const known = Object.hasOwn(BATTERY, name) ? BATTERY[name]! : null;
        return known
          ? [{ header: name, unitText: known[1], unit: known[0], data: body.columns[k + 1]! }]
          : [];
      });
      measurements.push(
        buildMeasurement(file, keithleyBatteryModel, index, {
          columns,
          kind: 'waveform',
          suffix: ` ${run.tag}`,
          instrument: { model: value('SourceMeter Model'), serial: value('SourceMeter S/N') },
          metadata: entries.map(([key, text]) => [key, text.replace(/^,/, '')] as const),
        }),
      );
    }
    return succeed(measurements, issues);
  },
};
