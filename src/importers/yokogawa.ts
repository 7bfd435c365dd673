import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, NO_UNIT, SECOND } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseYearFirst } from './dates.ts';
import { applyStep } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock } from './scope-table.ts';
import { parseUnit } from './unit-words.ts';

/** Header rows by key, cells without the blanks the scope pads them with inside and outside the quotes. */
function readHeader(file: DecodedFile): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const line of file.head.slice(0, 60)) {
    if (!/^\s*"/.test(line)) break;
    const [key = '', ...values] = splitRow(line).map((cell) => cell.replaceAll('"', '').trim());
    rows.set(key, values);
  }
  return rows;
}

/** Yokogawa DL and DLM: quoted, padded header rows, a blank row, time and traces without names. */
export const yokogawa: Importer = {
  id: 'yokogawa',
  version: 1,
  label: 'Yokogawa DL/DLM CSV',
  vendor: 'Yokogawa',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^\s*"Header Size"/.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const header = readHeader(file);
    const list = (key: string): readonly string[] => header.get(key) ?? [];
    const one = (key: string): string => list(key)[0] ?? '';
    const traces = list('TraceName').filter((name) => name !== '');
    const blocks = Math.max(1, Number(one('BlockNumber') || 1) || 1);
    const size = Number(one('BlockSize') || Number.NaN);
    let first = header.size;
    while (first < file.head.length && file.head[first]!.trim() === '') first++;
    const read = readBlock(
      file,
      {
        first,
        names: ['Time', ...traces],
        dialect: { separator: ',', decimalComma: false },
        more: { declared: Number.isFinite(size) ? size * blocks : null, declaredIn: 'BlockSize' },
      },
      options,
    );
    if (!read.ok) return read;
    const { rows, columns: data } = read.value;
    const split = blocks > 1 && size * blocks === rows;
    const step = Number(one('HResolution') || Number.NaN);
    const measurements = Array.from({ length: split ? blocks : 1 }, (_, index) => {
      const from = split ? index * size : 0;
      const to = split ? from + size : rows;
      const time = applyStep(data[0]!.slice(from, to), step).time;
      const columns: ColumnDraft[] = [
        {
          header: '',
          name: 'Time',
          unitText: one('HUnit'),
          unit: parseUnit(one('HUnit')) ?? SECOND,
          data: time,
          role: 'time',
        },
        ...traces.map((name, k): ColumnDraft => {
          const unitText = list('VUnit')[k] ?? '';
          return {
            header: name,
            unitText,
            unit: parseUnit(unitText) ?? NO_UNIT,
            data: data[k + 1]!.slice(from, to),
          };
        }),
      ];
      return buildMeasurement(file, yokogawa, index, {
        isScope: true,
        columns,
        suffix: split ? ` block ${index + 1}` : '',
        instrument: { model: one('Model Name') || null },
        recordedAt: parseYearFirst(one('Date'), one('Time')),
        metadata: [...header].map(([key, values]) => [key, values.join(', ')] as const),
      });
    });
    return succeed(measurements, read.issues);
  },
};
