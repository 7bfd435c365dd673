import { type Issue, warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import { applyStep } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { headerRow, readBlock, unitColumn } from './scope-table.ts';

const FULL = /^Record Length,(?:Analog|CH\d|D\d)/;

/** Index of `Source,CH1`, the row of names, if the row of units follows. */
function findNames(file: DecodedFile): number {
  return file.head.findIndex(
    (line, i) => /^Source,\w+/.test(line) && /^Second,/.test(file.head[i + 1] ?? ''),
  );
}

/** Siglent SDS: a header whose values hide behind `CHn:`, or only `Source,CH1` and `Second,Volt`. */
export const siglent: Importer = {
  id: 'siglent',
  version: 1,
  label: 'Siglent SDS CSV',
  vendor: 'Siglent',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    if (FULL.test(file.head[0] ?? '')) return 1;
    return findNames(file) === 0 ? 0.95 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const at = findNames(file);
    const settings = new Map(
      file.head.slice(0, Math.max(at, 0)).map((line): readonly [string, readonly string[]] => {
        const [key = '', ...values] = splitRow(line);
        return [key, values.filter((value) => value !== '')];
      }),
    );
    const plain = (key: string): string | null => settings.get(key)?.[0]?.replace(/^\w+:/, '') ?? null;
    const names = headerRow(file, at);
    const units = headerRow(file, at + 1);
    const declared = Number(plain('Record Length') ?? Number.NaN);
    const read = readBlock(
      file,
      {
        first: at + 2,
        names,
        more: { declared: Number.isFinite(declared) ? declared : null, declaredIn: 'Record Length' },
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    // The time column is in seconds whatever "Horizontal Units" says: that unit belongs to the horizontal scale.
    const step = Number(plain('Sample Interval') ?? Number.NaN);
    const axis = applyStep(read.value.columns[0]!, step);
    if (axis.source === 'mismatch') {
      issues.push(
        warning(
          'SETTINGS_MISMATCH',
          `The sample interval of ${step} s does not fit the times of ${baseName(file.name)}; the printed times are used.`,
          { at: { file: file.name } },
        ),
      );
    }
    const columns = names.map((name, k) =>
      k === 0
        ? unitColumn(name, units[0] ?? 'Second', axis.time, { name: 'Time', role: 'time' })
        : unitColumn(name, units[k] ?? units[1] ?? '', read.value.columns[k]!),
    );
    const measurement = buildMeasurement(file, siglent, 0, {
      isScope: true,
      columns,
      instrument: { model: plain('Model Number'), serial: plain('Serial Number') },
      metadata: [...settings].map(([key, values]) => [key, values.join(', ')] as const),
    });
    return succeed([measurement], issues);
  },
};
