import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, NO_UNIT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { evenTimes } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock, unitColumn } from './scope-table.ts';

function findData(file: DecodedFile): number {
  return file.head.slice(0, 60).findIndex((line) => /^Data:/.test(line));
}

/**
 * Keysight/Agilent Infiniium: `Key:,value` rows with XInc and XOrg, `Data:`, then values or time and value.
 * By its public description only; no real file was at hand.
 */
export const keysightInfiniium: Importer = {
  id: 'keysight-infiniium',
  version: 1,
  label: 'Keysight Infiniium CSV (by description)',
  vendor: 'Keysight',
  extensions: ['csv', 'txt', 'tsv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    const at = findData(file);
    return at > 0 && file.head.slice(0, at).some((line) => /^XInc:/.test(line)) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const at = findData(file);
    const metadata = keyValues(file.head.slice(0, Math.max(at, 0))).map(
      ([key, value]) => [key, value.replace(/^[,\s]+/, '')] as const,
    );
    const value = (key: string): string => metadata.find(([name]) => name === key)?.[1] ?? '';
    const separator = (file.head[at + 1] ?? '').includes('\t') ? '\t' : ',';
    const filled = splitRow(file.head[at + 1] ?? '', separator).filter((cell) => cell !== '').length;
    const width = filled >= 2 ? 2 : 1;
    const names = width === 2 ? ['Time', 'Value'] : ['Value'];
    const points = Number(value('Points') || Number.NaN);
    const read = readBlock(
      file,
      {
        first: at + 1,
        names,
        dialect: { separator, decimalComma: false },
        more: { declared: Number.isFinite(points) ? points : null, declaredIn: 'Points' },
      },
      options,
    );
    if (!read.ok) return read;
    const step = Number(value('XInc') || Number.NaN);
    const start = Number(value('XOrg') || 0);
    const known = width === 2 || step > 0;
    const time =
      width === 2 ? read.value.columns[0]! : evenTimes(read.value.rows, known ? start : 0, known ? step : 1);
    const x: ColumnDraft = known
      ? unitColumn('', value('XUnits') || 'Second', time, { name: 'Time' })
      : { header: '', name: 'Index', unitText: '', unit: NO_UNIT, data: time, role: 'other' };
    const measurement = buildMeasurement(file, keysightInfiniium, 0, {
      isScope: true,
      columns: [
        x,
        unitColumn('', value('YUnits') || 'Volt', read.value.columns[width - 1]!, { name: 'Value' }),
      ],
      instrument: { model: value('Frame').split(/[:,]/)[0]?.trim() || null },
      metadata,
    });
    return succeed([measurement], read.issues);
  },
};
