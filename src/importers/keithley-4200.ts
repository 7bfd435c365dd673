import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { buildKiteCurves, type KiteColumn, type KiteSettings, kiteColumn } from './kite-curves.ts';
import { readOddCell } from './number-cell.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readStream } from './xls/compound-file.ts';
import { readWorkbook, type XlsCell, type XlsSheet } from './xls/workbook.ts';

const DATA_SHEET = /^(?:Data|Append\d+)$/i;

function openWorkbook(file: DecodedFile): readonly XlsSheet[] {
  const stream = readStream(file.bytes, ['Workbook', 'Book']);
  return stream ? readWorkbook(stream) : [];
}

function readSettings(sheets: readonly XlsSheet[]): KiteSettings {
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

function readColumns(sheet: XlsSheet): KiteColumn[] {
  const [names = [], ...body] = sheet.rows;
  return names.flatMap((cell, k): KiteColumn[] => {
    const header = String(cell ?? '').trim();
    if (header === '') return [];
    return [
      kiteColumn(
        header,
        Float64Array.from(body, (row) => toNumber(row[k])),
      ),
    ];
  });
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
    const runs = sheets
      .filter((sheet) => DATA_SHEET.test(sheet.name) && sheet.rows.length > 1)
      .map((sheet) => ({ name: sheet.name, columns: readColumns(sheet) }));
    const instrument = { model: '4200-SCS' };
    const { measurements, issues } = buildKiteCurves(file, keithley4200, runs, settings, instrument);
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
