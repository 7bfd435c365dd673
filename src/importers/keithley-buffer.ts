import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { ROW_FLAG } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { findBufferTime, isoOfStamp } from './buffer-time.ts';
import { buildMeasurement } from './build-measurement.ts';
import { readFlag } from './clock.ts';
import { type ColumnDraft, NO_UNIT, SECOND } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import type { CellReader, ColumnPlan } from './numeric-table.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { scanLine } from './scan-lines.ts';
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

/** Runs: append mode starts the index again at 1. */
function findRuns(index: Float64Array): (readonly [number, number])[] {
  const starts = [0];
  for (let i = 1; i < index.length; i++) if (index[i]! <= index[i - 1]!) starts.push(i);
  return starts.map((start, k) => [start, starts[k + 1] ?? index.length] as const);
}

/** Rows at which runs begin, as the file has them: their dates are kept word for word. */
function readRows(file: DecodedFile, start: number, rows: readonly number[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  let row = 0;
  for (let at = scanLine(file, start, 1); at && found.length < rows.length; at = scanLine(file, at.next, 1)) {
    if (at.text.trim() === '') continue;
    if (row === rows[found.length]) found.push(splitRow(at.text));
    row++;
  }
  return found;
}

const HEADER = /^Index,Reading\b/;

/** Keithley touch-screen instruments (2450, 2460, 2461, 2470, DMM6500, DAQ6510, DMM7510): a reading buffer saved to USB. */
export const keithleyBuffer: Importer = {
  id: 'keithley-buffer',
  version: 2,
  label: 'Keithley touch-screen buffer',
  vendor: 'Keithley',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    const header = file.head.slice(0, 30).find((line) => HEADER.test(line));
    if (header === undefined) return 0;
    if (/^Style,/.test(file.head[0] ?? '')) return 1;
    return /^Index,Reading,Unit\b/.test(header) ? 0.9 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const headerAt = file.head.findIndex((line) => HEADER.test(line));
    const names = splitRow(file.head[headerAt] ?? '');
    const first = splitRow(file.head[headerAt + 1] ?? '');
    const at = (name: string): number => names.indexOf(name);
    const [indexAt, readingAt, unitAt, valueAt] = [at('Index'), at('Reading'), at('Unit'), at('Value')];
    const valueUnitAt = valueAt >= 0 ? names.indexOf('Unit', valueAt) : -1;
    const limitAt = at('Source Limit');
    const timing = findBufferTime(names);
    if (indexAt < 0 || readingAt < 0 || first.length < 2) {
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
    for (const [k, what] of timing?.plans ?? []) plan(k, what);
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
    const { columns } = read.value;
    const changed = unitAt < 0 ? 0 : columns[unitAt]!.reduce((sum, differs) => sum + differs, 0);
    if (unitAt < 0) {
      issues.push(
        warning(
          'UNIT_UNKNOWN',
          `The buffer style of ${baseName(file.name)} has no column of units; its readings are taken as they are.`,
          { hint: 'Save the buffer in the style Standard.', at: { file: file.name } },
        ),
      );
    }
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
    const time = timing?.elapse(columns) ?? null;
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
    const starts = readRows(
      file,
      file.headStarts[headerAt + 1] ?? 0,
      runs.map(([from]) => from),
    );
    const measurements = runs.map(([from, to], index) => {
      const stamp = timing?.stamp(starts[index] ?? []) ?? [];
      const drafts: ColumnDraft[] = [];
      if (time) {
        const own = time.slice(from, to);
        drafts.push({
          header: timing!.header,
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
        recordedAt: isoOfStamp(stamp),
        metadata: [...metadata, ...stamp],
      });
    });
    return succeed(measurements, issues);
  },
};
