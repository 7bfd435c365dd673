import { type Issue, warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { splitRow } from './csv-table.ts';
import { baseName, fileStem } from './device-name.ts';
import { applyStep } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { unitColumn } from './scope-table.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SETTINGS_ROWS = 40;

const isNumber = (cell: string | undefined): boolean => NUMBER.test(cell ?? '');

/** Settings of columns 1 to 3: key, value and, where there is one, the unit of the value. */
function readSettings(file: DecodedFile): ReadonlyMap<string, readonly [value: string, unit: string]> {
  const settings = new Map<string, readonly [string, string]>();
  for (const line of file.head.slice(0, SETTINGS_ROWS)) {
    const [key = '', value = '', unit = ''] = splitRow(line);
    if (key !== '' && !isNumber(key) && !settings.has(key)) settings.set(key, [value, unit]);
  }
  return settings;
}

/** True where the settings beside the samples name LeCroy or one of its series. */
export function namesLecroy(file: DecodedFile): boolean {
  return file.head
    .slice(0, SETTINGS_ROWS)
    .some((line) => line.length < 400 && /\blecroy|\bwave ?(?:ace|surfer|runner)/i.test(line));
}

/**
 * True for rows `key, value, unit, time, value`: five cells, the last two numbers from the first row on. Tektronix writes a sixth
 * (empty) cell and no unit; without a unit in the first row the file must name LeCroy.
 */
function looksSideBySide(file: DecodedFile): boolean {
  const rows = file.head.slice(0, 12).filter((line) => line.trim() !== '');
  if (rows.length < 2 || rows.some((line) => line.length > 1000)) return false;
  const cells = rows.map((line) => splitRow(line));
  const [key = '', , unit = ''] = cells[0]!;
  return (
    cells.every((row) => row.length === 5 && isNumber(row[3]) && isNumber(row[4])) &&
    /^[A-Za-z]/.test(key) &&
    (/^[A-Za-z]/.test(unit) || (unit === '' && namesLecroy(file)))
  );
}

/** LeCroy WaveSurfer 3000Z and WaveAce: settings with their units in columns 1 to 3, time and value in columns 4 and 5. */
export const lecroyWaveSurfer: Importer = {
  id: 'lecroy-wavesurfer',
  version: 1,
  label: 'LeCroy WaveSurfer 3000Z / WaveAce CSV (settings beside the samples)',
  vendor: 'LeCroy',
  extensions: ['csv', 'txt'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return looksSideBySide(file) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const settings = readSettings(file);
    const find = (key: RegExp): readonly [string, string] | undefined =>
      [...settings].find(([name]) => key.test(name))?.[1];
    const declared = Number(find(/^Record Length$/i)?.[0] || Number.NaN);
    const read = readTable(
      file,
      {
        start: 0,
        line: 1,
        dialect: { separator: ',', decimalComma: false },
        columns: ['skip', 'skip', 'skip', 'number', 'number'],
        names: ['key', 'value', 'unit', 'time', 'value'],
        declared: Number.isFinite(declared) ? declared : null,
        declaredIn: 'Record Length',
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    const step = Number(find(/^Sampl(?:e|ing) (?:Interval|Period)$/i)?.[0] || Number.NaN);
    const axis = applyStep(read.value.columns[3]!, step);
    if (axis.source === 'mismatch') {
      issues.push(
        warning(
          'SETTINGS_MISMATCH',
          `The sample interval of ${step} s does not fit the times of ${baseName(file.name)}; the printed times are used.`,
          { at: { file: file.name } },
        ),
      );
    }
    const unit = find(/^Vertical Units?$/i)?.[0] ?? '';
    if (unit === '') {
      issues.push(
        warning('UNIT_UNKNOWN', `${baseName(file.name)} has no vertical unit; volt is assumed.`, {
          at: { file: file.name },
        }),
      );
    }
    const name = find(/^(?:Source|Channel)$/i)?.[0] || /^[CFMZ]\d/.exec(fileStem(file.name))?.[0] || 'Ampl';
    const model = find(/^(?:Model(?: Number)?|Instrument)$/i)?.[0] ?? '';
    const measurement = buildMeasurement(file, lecroyWaveSurfer, 0, {
      isScope: true,
      columns: [
        unitColumn('', 's', axis.time, { name: 'Time', role: 'time' }),
        unitColumn('', unit === '' ? 'V' : unit, read.value.columns[4]!, { name }),
      ],
      instrument: {
        // other makers wrote this table too; only a file that says so is called a LeCroy
        ...(namesLecroy(file) ? {} : { vendor: null }),
        model: model || null,
        serial: find(/^Serial(?: Number)?$/i)?.[0] || null,
      },
      metadata: [...settings].map(([key, cells]) => [key, cells.join(' ').trim()] as const),
    });
    return succeed([measurement], issues);
  },
};
