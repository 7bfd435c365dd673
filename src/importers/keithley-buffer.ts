import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { ROW_FLAG } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { readClock, readDayMonthFirst, readFlag } from './clock.ts';
import { type ColumnDraft, NO_UNIT, SECOND } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import type { CellReader, ColumnPlan } from './numeric-table.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { parseUnit } from './unit-words.ts';

/** 0 for a cell with the given text, 1 for another: a unit that changes in mid-file must not go unseen. */
function differsFrom(expected: string): CellReader {
  const bytes = Uint8Array.from(expected, (c) => c.charCodeAt(0));
  return (content, start, end) => {
    if (end - start !== bytes.length) return 1;
    for (let i = 0; i < bytes.length; i++) if (content[start + i] !== bytes[i]) return 1;
    return 0;
  };
}

/** A source value printed with many digits was read back, one with few is what was programmed. */
function looksProgrammed(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value) || Number(value.toPrecision(7)) === value);
}

/** Seconds since the first row: whole seconds and fractions apart, so that no digit is lost. */
function elapsed(
  rows: number,
  day: Float64Array | undefined,
  clock: Float64Array,
  fraction: Float64Array | undefined,
): Float64Array {
  const time = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const days = day ? day[i]! - day[0]! : 0;
    const parts = fraction ? fraction[i]! - fraction[0]! : 0;
    time[i] = days * 86400 + (clock[i]! - clock[0]!) + parts;
  }
  return time;
}

/** Runs: append mode starts the index again at 1. */
function findRuns(index: Float64Array): (readonly [number, number])[] {
  const starts = [0];
  for (let i = 1; i < index.length; i++) if (index[i]! <= index[i - 1]!) starts.push(i);
  return starts.map((start, k) => [start, starts[k + 1] ?? index.length] as const);
}

function isoDate(row: readonly string[], date: number, time: number, fraction: number): string | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(row[date] ?? '');
  if (!match || !/^\d{2}:\d{2}:\d{2}/.test(row[time] ?? '')) return null;
  const parts = /^\.?(\d{3})/.exec(row[fraction] ?? '');
  const [, month = '', day = '', year = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${row[time]}${parts ? `.${parts[1]}` : ''}`;
}

/** Keithley touch-screen instruments (2450, 2460, 2461, 2470, DMM6500, DAQ6510, DMM7510): a reading buffer saved to USB. */
export const keithleyBuffer: Importer = {
  id: 'keithley-buffer',
  version: 1,
  label: 'Keithley touch-screen buffer',
  vendor: 'Keithley',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    const hasHeader = file.head.slice(0, 30).some((line) => /^Index,Reading,Unit\b/.test(line));
    if (!hasHeader) return 0;
    return /^Style,/.test(file.head[0] ?? '') ? 1 : 0.9;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const headerAt = file.head.findIndex((line) => /^Index,Reading,Unit\b/.test(line));
    const names = splitRow(file.head[headerAt] ?? '');
    const first = splitRow(file.head[headerAt + 1] ?? '');
    const at = (name: string): number => names.indexOf(name);
    const [indexAt, readingAt, unitAt, valueAt] = [at('Index'), at('Reading'), at('Unit'), at('Value')];
    const valueUnitAt = valueAt >= 0 ? names.indexOf('Unit', valueAt) : -1;
    const [dateAt, timeAt, fractionAt, limitAt] = [
      at('Date'),
      at('Time'),
      at('Fractional Seconds'),
      at('Source Limit'),
    ];
    const relativeAt = names.findIndex((name) => /^Relative(?: Time(?:stamp)?)?$/i.test(name));
    const secondsAt = at('Seconds');
    if (indexAt < 0 || readingAt < 0 || unitAt < 0 || first.length < 3) {
      return fail(
        error('NO_DATA', `${baseName(file.name)} has the header of a reading buffer but no reading.`, {
          at: { file: file.name },
        }),
      );
    }
    const plans: ColumnPlan[] = names.map(() => 'skip');
    const plan = (k: number, what: ColumnPlan): void => {
      if (k >= 0) plans[k] = what;
    };
    plan(indexAt, 'number');
    plan(readingAt, 'number');
    plan(valueAt, 'number');
    plan(unitAt, differsFrom(first[unitAt] ?? ''));
    plan(dateAt, readDayMonthFirst);
    plan(timeAt, readClock);
    plan(fractionAt, 'number');
    plan(relativeAt, 'number');
    plan(secondsAt, 'number');
    plan(limitAt, readFlag);
    const metadata = keyValues(file.head.slice(0, headerAt));
    const count = Number(metadata.find(([key]) => key === 'Count')?.[1] ?? Number.NaN);
    const read = readTable(
      file,
      {
        start: file.headStarts[headerAt + 1] ?? file.content.length,
        line: headerAt + 2,
        dialect: { separator: ',', decimalComma: false },
        columns: plans,
        names,
        declared: Number.isFinite(count) ? count : null,
        declaredIn: 'Count',
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    const { columns, rows } = read.value;
    const changed = columns[unitAt]!.reduce((sum, differs) => sum + differs, 0);
    if (changed > 0) {
      columns[unitAt]!.forEach((differs, i) => {
        if (differs !== 0) columns[readingAt]![i] = Number.NaN;
      });
      issues.push(
        warning(
          'BAD_CELL',
          `${changed} readings of ${baseName(file.name)} are in another unit than the first (${first[unitAt]}); they are left out.`,
          {
            at: { file: file.name },
          },
        ),
      );
    }
    let time: Float64Array | null = null;
    let timeHeader = '';
    if (relativeAt >= 0) [time, timeHeader] = [columns[relativeAt]!, names[relativeAt]!];
    else if (timeAt >= 0) {
      const fraction = fractionAt >= 0 ? columns[fractionAt] : undefined;
      time = elapsed(rows, dateAt >= 0 ? columns[dateAt] : undefined, columns[timeAt]!, fraction);
      timeHeader = 'Date, Time, Fractional Seconds';
    } else if (secondsAt >= 0) {
      time = elapsed(rows, undefined, columns[secondsAt]!, fractionAt >= 0 ? columns[fractionAt] : undefined);
      timeHeader = 'Seconds, Fractional Seconds';
    }
    const draft = (k: number, unitIndex: number, from: number, to: number): ColumnDraft => {
      const unitText = first[unitIndex] ?? '';
      return {
        header: names[k]!,
        unitText,
        unit: parseUnit(unitText) ?? NO_UNIT,
        data: columns[k]!.slice(from, to),
      };
    };
    const runs = findRuns(columns[indexAt]!);
    const measurements = runs.map(([from, to], index) => {
      const drafts: ColumnDraft[] = [];
      if (time) {
        const own = time.slice(from, to);
        drafts.push({
          header: timeHeader,
          name: 'Time',
          unitText: 's',
          unit: SECOND,
          data: own,
          role: 'time',
        });
      }
      if (valueAt >= 0) {
        const value = draft(valueAt, valueUnitAt, from, to);
        drafts.push({ ...value, programmed: looksProgrammed(value.data) });
      }
      drafts.push(draft(readingAt, unitAt, from, to));
      const flags = new Uint8Array(to - from);
      if (limitAt >= 0) {
        for (let i = from; i < to; i++) if (columns[limitAt]![i] === 1) flags[i - from] = ROW_FLAG.compliance;
      }
      return buildMeasurement(file, keithleyBuffer, index, {
        columns: drafts,
        flags,
        suffix: runs.length > 1 ? ` run ${index + 1}` : '',
        recordedAt: index === 0 ? isoDate(first, dateAt, timeAt, fractionAt) : null,
        metadata,
      });
    });
    return succeed(measurements, issues);
  },
};
