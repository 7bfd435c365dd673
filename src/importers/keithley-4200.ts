import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, SECOND, VOLT } from './columns.ts';
import { parseMonthFirst } from './dates.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { readOddCell } from './number-cell.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { trimRows } from './trim-rows.ts';
import type { FileUnit } from './unit-words.ts';
import { readStream } from './xls/compound-file.ts';
import { readWorkbook, type XlsCell, type XlsSheet } from './xls/workbook.ts';

const DATA_SHEET = /^(?:Data|Append\d+)$/i;

function openWorkbook(file: DecodedFile): readonly XlsSheet[] {
  const stream = readStream(file.bytes, ['Workbook', 'Book']);
  return stream ? readWorkbook(stream) : [];
}

/** Rows of the settings sheet by their first cell; one value per terminal. All cells are text, even numbers. */
type Settings = ReadonlyMap<string, readonly string[]>;

function readSettings(sheets: readonly XlsSheet[]): Settings {
  const rows = new Map<string, readonly string[]>();
  for (const row of sheets.find((sheet) => sheet.name === 'Settings')?.rows ?? []) {
    const key = String(row[0] ?? '').trim();
    if (key === '' || rows.has(key)) continue;
    rows.set(
      key,
      Array.from({ length: Math.max(0, row.length - 1) }, (_, k) => String(row[k + 1] ?? '')),
    );
  }
  return rows;
}

function toNumber(cell: XlsCell | undefined): number {
  if (typeof cell === 'number') return cell;
  if (cell === undefined || cell.trim() === '') return Number.NaN;
  const value = Number(cell);
  return Number.isNaN(value) ? (readOddCell(cell) ?? Number.NaN) : value;
}

interface KiteColumn {
  readonly header: string;
  /** Name without the number of its curve. */
  readonly name: string;
  /** Number of the curve in a family, 0 without one. */
  readonly curve: number;
  readonly data: Float64Array;
}

function readColumns(sheet: XlsSheet): KiteColumn[] {
  const [names = [], ...body] = sheet.rows;
  return names.flatMap((cell, k): KiteColumn[] => {
    const header = String(cell ?? '').trim();
    if (header === '') return [];
    const match = /^(.*?)\((\d+)\)$/.exec(header);
    const data = Float64Array.from(body, (row) => toNumber(row[k]));
    return [{ header, name: match?.[1] ?? header, curve: Number(match?.[2] ?? 0), data }];
  });
}

/** Unit by the grammar: the terminals of the settings with `V` and `I`, and the time; formula columns have none. */
function unitOf(name: string, terminals: readonly string[]): readonly [unit: FileUnit, text: string] {
  if (name === 'Time') return [SECOND, 's'];
  const terminal = name.slice(0, -1);
  if (!terminals.includes(terminal)) return [NO_UNIT, ''];
  return name.endsWith('V') ? [VOLT, 'V'] : name.endsWith('I') ? [AMPERE, 'A'] : [NO_UNIT, ''];
}

function complianceOf(settings: Settings, terminal: number): Conditions {
  const value = Number(settings.get('Compliance')?.[terminal] || Number.NaN);
  const forces = settings.get('Forcing Function')?.[terminal] ?? '';
  return value > 0 && /voltage/i.test(forces) ? { complianceCurrent: { value, from: 'file' } } : {};
}

/** Keithley 4200-SCS (KITE, Clarius): a binary .xls with the sheets Data, Calc and Settings; append runs in sheets of their own. */
export const keithley4200: Importer = {
  id: 'keithley-4200',
  version: 1,
  label: 'Keithley 4200-SCS workbook (.xls)',
  vendor: 'Keithley',
  extensions: ['xls'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    if (file.bytes[0] !== 0xd0 || file.bytes[1] !== 0xcf) return 0;
    const names = openWorkbook(file).map((sheet) => sheet.name);
    return names.includes('Settings') && names.some((name) => DATA_SHEET.test(name)) ? 1 : 0;
  },
  parse(file: DecodedFile): Result<readonly Measurement[]> {
    const sheets = openWorkbook(file);
    const settings = readSettings(sheets);
    const terminals = settings.get('Device Terminal') ?? [];
    const sweeping = (settings.get('Forcing Function') ?? []).findIndex((text) => /sweep/i.test(text));
    const swept = `${terminals[sweeping] ?? ''}${/current/i.test(settings.get('Forcing Function')?.[sweeping] ?? '') ? 'I' : 'V'}`;
    const points = Number(settings.get('Number of Points')?.[sweeping] || Number.NaN);
    const dual = /enabled/i.test(settings.get('Dual Sweep Mode')?.[sweeping] ?? '');
    const issues: Issue[] = [];
    const measurements: Measurement[] = [];
    const dataSheets = sheets.filter((sheet) => DATA_SHEET.test(sheet.name) && sheet.rows.length > 1);
    for (const sheet of dataSheets) {
      const all = readColumns(sheet);
      const curves = [...new Set(all.map((column) => column.curve))];
      for (const curve of curves) {
        const ours = all.filter((column) => column.curve === curve);
        const data = trimRows(ours.map((column) => column.data));
        const shown = ours.find((column) => unitOf(column.name, terminals)[1] === 'A')?.name;
        const rows = data[0]?.length ?? 0;
        if (rows === 0) continue;
        const columns = ours.map((column, k): ColumnDraft => {
          const [unit, unitText] = unitOf(column.name, terminals);
          const role: ColumnRole =
            column.name === swept && unitText === 'V'
              ? 'voltage'
              : column.name === shown
                ? 'current'
                : column.name === 'Time'
                  ? 'time'
                  : 'other';
          return { header: column.header, name: column.name, unitText, unit, data: data[k]!, role };
        });
        const x = columns.findIndex((column) => column.name === swept);
        if (
          Number.isFinite(points) &&
          rows !== points &&
          !(dual && rows >= 2 * points - 2 && rows <= 2 * points)
        ) {
          issues.push(
            warning(
              'COUNT_MISMATCH',
              `The settings of ${baseName(file.name)} declare ${points} points, ${sheet.name} has ${rows}. The rows are used.`,
              {
                at: { file: file.name },
              },
            ),
          );
        }
        const several = curves.length > 1 ? ` (${curve})` : '';
        measurements.push(
          buildMeasurement(file, keithley4200, measurements.length, {
            columns,
            suffix: (dataSheets.length > 1 ? ` ${sheet.name}` : '') + several,
            ...(x >= 0 && shown ? { kind: 'iv' as const, swept: x } : {}),
            instrument: { model: '4200-SCS' },
            recordedAt: parseMonthFirst(settings.get('Last Executed')?.[0] ?? ''),
            conditions: complianceOf(settings, terminals.indexOf((shown ?? '').slice(0, -1))),
            metadata: [...settings].map(([key, values]) => [key, values.join(', ')] as const),
          }),
        );
      }
    }
    if (measurements.length === 0) {
      return fail(
        error(
          'NO_DATA',
          `${baseName(file.name)} is a workbook of a 4200-SCS without a row in its Data sheet.`,
          {
            hint: 'Run the test and save it again.',
            at: { file: file.name },
          },
        ),
      );
    }
    return succeed(measurements, issues);
  },
};
