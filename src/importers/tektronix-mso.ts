import { type Issue, info, warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import { applyStep, countRepeats, spreadRoundedTimes } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { headerRow, readBlock, unitColumn } from './scope-table.ts';

const NAMES = /^"?TIME"?[,;\t]"?(?:CH|MATH|REF|R|D)\d*/i;
const MODEL = /^Model,\W*(?:MSO|DPO|MDO|TBS|TDS)/i;

function findNames(file: DecodedFile): number {
  return file.head.findIndex((line) => NAMES.test(line));
}

/** Settings above the table: a key and one value per column, or only one. */
function readSettings(lines: readonly string[]): Map<string, readonly string[]> {
  const settings = new Map<string, readonly string[]>();
  for (const line of lines) {
    const cells = splitRow(line);
    const key = cells[0] ?? '';
    if (key === '' || settings.has(key)) continue;
    const values = cells.slice(1);
    while (values.length > 1 && values.at(-1) === '') values.pop();
    settings.set(key, values);
  }
  return settings;
}

/** Tektronix MSO, DPO and MDO: a settings block above `TIME,CH1,CH2`; re-saved copies keep the table only. */
export const tektronixMso: Importer = {
  id: 'tektronix-mso',
  version: 1,
  label: 'Tektronix MSO/DPO/MDO CSV',
  vendor: 'Tektronix',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    const at = findNames(file);
    if (at < 0) return 0;
    if (at === 0) return 0.9;
    return MODEL.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const at = findNames(file);
    const names = headerRow(file, at);
    const settings = readSettings(file.head.slice(0, Math.max(at, 0)));
    const one = (key: string): string | undefined => settings.get(key)?.[0];
    const declared = Number(one('Record Length') || Number.NaN);
    const read = readBlock(
      file,
      {
        first: at + 1,
        names,
        more: { declared: Number.isFinite(declared) ? declared : null, declaredIn: 'Record Length' },
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    const units = settings.get('Vertical Units') ?? [];
    const labels = settings.get('Label') ?? [];
    const step = Number(one('Sample Interval') || Number.NaN);
    let time = read.value.columns[0]!;
    if (step > 0) {
      const axis = applyStep(time, step);
      time = axis.time;
      if (axis.source === 'mismatch') {
        issues.push(
          warning(
            'SETTINGS_MISMATCH',
            `The sample interval of ${step} s does not fit the times of ${baseName(file.name)}; the printed times are used.`,
            {
              at: { file: file.name },
            },
          ),
        );
      }
    } else {
      const repeats = countRepeats(time);
      const even = repeats > 0 ? spreadRoundedTimes(time) : null;
      if (repeats > 0) {
        const done = even
          ? 'The samples are spread evenly between the first and the last time.'
          : 'They are used as they are.';
        issues.push(
          warning(
            'TIME_NOT_MONOTONIC',
            `${repeats} of ${time.length - 1} time steps of ${baseName(file.name)} are zero: the copy was saved with rounded times. ${done}`,
            {
              hint: 'Use the file as the scope wrote it, its times have more digits.',
              at: { file: file.name },
            },
          ),
        );
      }
      time = even ?? time;
    }
    const channels = names.length - 1;
    if (units.length < channels) {
      const rest = names.slice(1 + units.length).join(', ');
      issues.push(
        units.length === 0
          ? warning(
              'UNIT_UNKNOWN',
              `${baseName(file.name)} has no vertical unit; volt is assumed for ${rest}.`,
              {
                at: { file: file.name },
              },
            )
          : info(
              'ASSUMED_INPUT',
              `The header states the unit of ${names[1]} only; ${units[0]} is taken for ${rest} too.`,
              {
                at: { file: file.name },
              },
            ),
      );
    }
    const columns = names.map((name, k) => {
      if (k === 0) return unitColumn(name, one('Horizontal Units') || 's', time, { role: 'time' });
      const label = labels[k - 1] ?? '';
      const more = label === '' ? {} : { name: `${name} ${label}` };
      return unitColumn(name, units[k - 1] ?? units[0] ?? 'V', read.value.columns[k]!, more);
    });
    const measurement = buildMeasurement(file, tektronixMso, 0, {
      isScope: true,
      columns,
      instrument: { model: one('Model') ?? null },
      metadata: [...settings].map(([key, values]) => [key, values.join(', ')] as const),
    });
    return succeed([measurement], issues);
  },
};
