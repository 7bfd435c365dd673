import { error, type Issue, info } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { draftOf } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseYearFirst } from './dates.ts';
import { baseName } from './device-name.ts';
import { parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { headerRow } from './scope-table.ts';

/** Digilent WaveForms: `#Digilent WaveForms ...`, `#Key: value`, then `Time (s),Channel 1 (V)`. */
export const digilent: Importer = {
  id: 'digilent',
  version: 1,
  label: 'Digilent WaveForms CSV',
  vendor: 'Digilent',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^#Digilent WaveForms/.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const at = file.head.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
    const metadata = keyValues(file.head.slice(0, Math.max(at, 0)));
    const value = (key: string): string => metadata.find(([name]) => name === key)?.[1] ?? '';
    const names = headerRow(file, at);
    // Logic exports have decoded text in their columns: a column counts when its first cells are numbers.
    const sample = file.head.slice(at + 1, at + 20).map((line) => splitRow(line));
    const isNumber = names.map((_, k) =>
      sample.some((cells) => /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(cells[k] ?? '')),
    );
    const words = names.filter((_, k) => !isNumber[k]);
    if (at < 0 || isNumber.filter(Boolean).length < 2) {
      return fail(
        error(
          'NO_DATA',
          `${baseName(file.name)} holds decoded text (${words.join(', ') || 'no columns'}), not numbers to plot.`,
          {
            hint: 'Export the analogue channels from the scope view of WaveForms.',
            at: { file: file.name },
          },
        ),
      );
    }
    const count = Number(value('Samples') || Number.NaN);
    const read = readTable(
      file,
      {
        start: file.headStarts[at + 1] ?? file.content.length,
        line: at + 2,
        dialect: { separator: ',', decimalComma: false },
        columns: isNumber.map((number) => (number ? 'number' : 'skip')),
        names,
        declared: Number.isFinite(count) ? count : null,
        declaredIn: 'Samples',
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    if (words.length > 0)
      issues.push(
        info('NOTE', `${words.join(', ')}: text, not numbers, left out.`, { at: { file: file.name } }),
      );
    const columns = names.flatMap((name, k) =>
      isNumber[k] ? [draftOf(parseHeaderCell(name), read.value.columns[k]!)] : [],
    );
    const [date = '', clock = ''] = value('Date Time').split(' ');
    const measurement = buildMeasurement(file, digilent, 0, {
      isScope: true,
      columns,
      instrument: {
        model: value('Device Name') || null,
        serial: value('Serial Number').replace(/^SN:/, '') || null,
      },
      recordedAt: parseYearFirst(date, clock),
      metadata,
    });
    return succeed([measurement], issues);
  },
};
