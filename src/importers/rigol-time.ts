import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { ColumnDraft } from './columns.ts';
import { draftOf, SECOND, VOLT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { headerRow, readBlock, unitColumn } from './scope-table.ts';

/** Which of Rigol's tables with a time column this is. */
type Variant = 'second-volt' | 'pc-short' | 'pc-long' | 'time-s';

function findVariant(file: DecodedFile): Variant | null {
  const first = file.head[0] ?? '';
  if (/^X?,CH\d/i.test(first) && /^Second,(?:Volt|Amp|Watt|Unknown)/i.test(file.head[1] ?? ''))
    return 'second-volt';
  if (/^X,CH ?\d \(\w+\)/i.test(first)) return 'pc-short';
  if (/^"?Number of Data points ?=/i.test(first)) return 'pc-long';
  if (/^Time\(s\),CH\d(?:V|\(V\)|\()/i.test(first.replaceAll(' ', ''))) return 'time-s';
  return null;
}

/** `CH1V` and `CH1(V)`: channel and unit. */
function channelColumn(header: string, data: Float64Array): ColumnDraft {
  const glued = /^(CH\d)(V|A|W)$/i.exec(header);
  return glued
    ? unitColumn(header, glued[2]!, data, { name: glued[1]! })
    : draftOf(parseHeaderCell(header), data);
}

function longHeader(file: DecodedFile): {
  names: string[];
  columns: string[];
  first: number;
  points: number | null;
} {
  const at = file.head.findIndex((line) => /^"?Time \(s\)/i.test(line));
  const columns = splitRow(file.head[at] ?? '');
  const channels = splitRow(file.head.find((line) => /^"?Channel Data/i.test(line)) ?? '').slice(1);
  const names = columns.map((column, k) => (k === 0 ? column : `${channels[k - 1] ?? `CH ${k}`} ${column}`));
  const points = Number(splitRow(file.head[0] ?? '')[1] || Number.NaN);
  return { names, columns, first: at + 1, points: Number.isFinite(points) ? points : null };
}

/** Rigol tables with real times: DS1000E/B on the scope, the PC program, MSO5000/7000 and DHO. */
export const rigolTime: Importer = {
  id: 'rigol-time',
  version: 1,
  label: 'Rigol CSV with times (DS1000E/B, PC program, MSO5000, DHO)',
  vendor: 'Rigol',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return findVariant(file) === null ? 0 : 0.95;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const variant = findVariant(file);
    if (variant === 'pc-long') {
      const { names, columns, first, points } = longHeader(file);
      const read = readBlock(
        file,
        { first, names, more: { declared: points, declaredIn: 'Number of Data points' } },
        options,
      );
      if (!read.ok) return read;
      const drafts = columns.map((column, k) =>
        draftOf(
          parseHeaderCell(column),
          read.value.columns[k]!,
          k === 0 ? { role: 'time' } : { name: names[k]! },
        ),
      );
      const metadata = keyValues(
        file.head.slice(0, first - 1).map((line) => line.replace(/\s*=\s*"?,/, '=').replaceAll('"', '')),
      );
      return succeed(
        [buildMeasurement(file, rigolTime, 0, { isScope: true, columns: drafts, metadata })],
        read.issues,
      );
    }
    const names = headerRow(file, 0);
    const units = variant === 'second-volt' ? headerRow(file, 1) : [];
    const read = readBlock(file, { first: variant === 'second-volt' ? 2 : 1, names }, options);
    if (!read.ok) return read;
    const columns = names.map((name, k): ColumnDraft => {
      const data = read.value.columns[k]!;
      if (k === 0)
        return {
          header: name,
          name: name === '' ? 'X' : name,
          unitText: units[0] ?? 's',
          unit: SECOND,
          data,
          role: 'time',
        };
      if (variant !== 'second-volt') return channelColumn(name, data);
      const column = unitColumn(name, units[k] ?? '', data);
      return units[k] === undefined ? { ...column, unit: VOLT } : column;
    });
    return succeed([buildMeasurement(file, rigolTime, 0, { isScope: true, columns })], read.issues);
  },
};
