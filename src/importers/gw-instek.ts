import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, SECOND } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import { applyStep, evenTimes } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock, unitColumn } from './scope-table.ts';

function findData(file: DecodedFile): number {
  return file.head.findIndex((line) => /^Waveform Data\b/.test(line));
}

/** GW Instek GDS: `Memory Length,4000,` or `Format,1.0B,`, keys, `Waveform Data,`, then `time,value,` or values only. */
export const gwInstek: Importer = {
  id: 'gw-instek',
  version: 2,
  label: 'GW Instek GDS CSV',
  vendor: 'GW Instek',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^(?:Memory Length,|Format,\d)/.test(file.head[0] ?? '') && findData(file) > 0 ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const at = findData(file);
    const metadata = file.head.slice(0, Math.max(at, 0)).map((line) => {
      const cells = splitRow(line);
      return [cells[0] ?? '', cells[1] ?? ''] as const;
    });
    const value = (key: string): string => metadata.find(([name]) => name === key)?.[1] ?? '';
    const source = value('Source') || 'CH1';
    const hasTime = splitRow(file.head[at + 1] ?? '').filter((cell) => cell !== '').length > 1;
    const names = hasTime ? ['Time', source] : [source];
    const count = Number(value('Memory Length') || Number.NaN);
    const read = readBlock(
      file,
      {
        first: at + 1,
        names,
        dialect: { separator: ',', decimalComma: false },
        more: { declared: Number.isFinite(count) ? count : null, declaredIn: 'Memory Length' },
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    const step = Number(value('Sampling Period') || Number.NaN);
    if (!hasTime && !(step > 0)) {
      return fail(
        error(
          'HEADER_INCOMPLETE',
          `${baseName(file.name)} has neither times nor a usable sampling period ("${value('Sampling Period')}"), so the times of its samples are unknown.`,
          { hint: 'Save the waveform on the scope again.', at: { file: file.name } },
        ),
      );
    }
    let time: Float64Array;
    if (hasTime) time = applyStep(read.value.columns[0]!, step).time;
    else {
      time = evenTimes(read.value.rows, 0, step);
      issues.push(
        warning(
          'HEADER_INCOMPLETE',
          `${baseName(file.name)} was saved without times (mode Fast); they are counted from 0 by the sampling period.`,
          {
            at: { file: file.name },
          },
        ),
      );
    }
    const columns: ColumnDraft[] = [
      {
        header: '',
        name: 'Time',
        unitText: value('Horizontal Units'),
        unit: SECOND,
        data: time,
        role: 'time',
      },
      unitColumn(source, value('Vertical Units'), read.value.columns[hasTime ? 1 : 0]!),
    ];
    return succeed([buildMeasurement(file, gwInstek, 0, { isScope: true, columns, metadata })], issues);
  },
};
