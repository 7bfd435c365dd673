import { type Issue, warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { readClock, readFlag } from './clock.ts';
import { type ColumnDraft, draftOf, NO_UNIT, SECOND } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseYearFirst } from './dates.ts';
import { baseName } from './device-name.ts';
import { parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';

/** Elapsed seconds of a clock column; a step back is midnight. */
function elapse(clock: Float64Array): Float64Array {
  let days = 0;
  return clock.map((value, i) => {
    if (i > 0 && value < clock[i - 1]! - 43_200) days++;
    return value - clock[0]! + 86_400 * days;
  });
}

/** Rohde & Schwarz LCX100/200 log: `#Key,value`, names with `[unit]`, clock time first and frequency last. */
export const rohdeSchwarzLcx: Importer = {
  id: 'rohde-schwarz-lcx',
  version: 1,
  label: 'Rohde & Schwarz LCX log',
  vendor: 'Rohde & Schwarz',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    return /^#Device,LCX/.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const found = file.head.findIndex((line) => /^Timestamp[,;]/.test(line));
    const at = found < 0 ? file.head.findIndex((line) => !line.startsWith('#')) : found;
    const header = file.head[at] ?? '';
    const separator = header.includes(';') ? ';' : ',';
    const names = splitRow(header, separator);
    const sample = file.head.slice(at + 1, at + 6).join('\n');
    const decimalComma = separator === ';' && /\d,\d/.test(sample);
    const metadata = keyValues(file.head.slice(0, Math.max(at, 0)));
    const value = (key: string): string => metadata.find(([name]) => name === key)?.[1] ?? '';
    const isSwitch = (name: string): boolean => /enable$/i.test(name);
    const count = Number(value('Actual Count') || Number.NaN);
    const damaged = separator === ';' || file.head.some((line) => line.includes('#NAME?'));
    const read = readTable(
      file,
      {
        start: file.headStarts[at + 1] ?? file.content.length,
        line: at + 2,
        dialect: { separator, decimalComma },
        columns: names.map((name, k) =>
          k === 0 && name === 'Timestamp' ? readClock : isSwitch(name) ? readFlag : 'number',
        ),
        names,
        declared: Number.isFinite(count) ? count : null,
        declaredIn: 'Actual Count',
        quiet: damaged,
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    if (damaged) {
      issues.push(
        warning(
          'DAMAGED_BY_SPREADSHEET',
          `${baseName(file.name)} was re-saved by a spreadsheet with decimal commas: points were read as thousands marks, so its VALUES ARE WRONG by powers of ten (a 1.9E-04 becomes 1,9E+01).`,
          {
            hint: 'Use the log as the instrument wrote it; do not analyse this copy.',
            at: { file: file.name },
          },
        ),
      );
    }
    const columns = names.map((name, k): ColumnDraft => {
      const data = read.value.columns[k]!;
      if (k === 0 && name === 'Timestamp')
        return { header: name, unitText: '', unit: SECOND, data: elapse(data), role: 'time' };
      if (isSwitch(name)) return { header: name, unitText: '', unit: NO_UNIT, data, role: 'other' };
      const draft = draftOf(parseHeaderCell(name), data);
      // Level and bias are settings of the measurement, not its result.
      return /^(?:voltage|ibias|vbias|current)/i.test(name) ? { ...draft, role: 'other' } : draft;
    });
    const measurement = buildMeasurement(file, rohdeSchwarzLcx, 0, {
      columns,
      kind: 'frequency-response',
      instrument: { model: value('Device') || null, serial: value('Serial No.') || null },
      recordedAt: parseYearFirst(value('Date'), value('Start Time')),
      metadata,
    });
    return succeed([measurement], issues);
  },
};
