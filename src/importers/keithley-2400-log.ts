import { type Result, succeed } from '../base/result.ts';
import { ROW_FLAG } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, LARGEST_READING, NO_UNIT, OHM, SECOND, VOLT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { readNumericTable } from './numeric-table.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';

const READING = /^[+-]\d\.\d{4,}E[+-]\d\d$/;
const NAMES = ['Voltage', 'Current', 'Resistance', 'Time', 'Status'] as const;
/** Bit of the status word: the source was in compliance. */
const COMPLIANCE_BIT = 1 << 3;

/** Logs of the raw reply of a 2400-series source meter: voltage, current, resistance, time, status per point, no header. */
export const keithley2400Log: Importer = {
  id: 'keithley-2400-log',
  version: 1,
  label: 'Keithley 2400 raw readings',
  vendor: 'Keithley',
  extensions: ['txt', 'csv', 'dat'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    const cells = splitRow(file.head[0] ?? '');
    if (cells.length === 0 || cells.length % 5 !== 0 || !cells.every((cell) => READING.test(cell))) return 0;
    // Five cells alone are not enough: the fifth is a status word, the third mostly "not measured".
    const isStatus = Number.isInteger(Number(cells[4])) && Number(cells[4]) >= 0;
    return isStatus && (Math.abs(Number(cells[2])) >= LARGEST_READING || Number(cells[4]) > 255) ? 0.9 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    // FETCh? of a buffer gives all points in one line: commas and line ends part the cells alike.
    const perLine = splitRow(file.head[0] ?? '').length;
    let content = file.content;
    if (perLine > 5) {
      content = file.content.slice();
      let commas = 0;
      for (let i = 0; i < content.length; i++) {
        const c = content[i]!;
        if (c === 10 || c === 13) commas = 0;
        else if (c === 44 && ++commas % 5 === 0) content[i] = 10;
      }
    }
    const expected = {
      start: 0,
      line: 1,
      dialect: { separator: ',', decimalComma: false } as const,
      columns: NAMES.map(() => 'number' as const),
      names: NAMES,
    };
    const read =
      perLine > 5 ? succeed(readNumericTable(content, expected)) : readTable(file, expected, options);
    if (!read.ok) return read;
    const data = read.value.columns;
    const flags = new Uint8Array(read.value.rows);
    data[4]!.forEach((status, i) => {
      if ((status & COMPLIANCE_BIT) !== 0) flags[i] = ROW_FLAG.compliance;
    });
    const units = [VOLT, AMPERE, OHM, SECOND, NO_UNIT];
    const columns = NAMES.flatMap((name, k): ColumnDraft[] => {
      // A quantity that was not measured is 9.91E+37 in every row: no column at all.
      if (data[k]!.every((value) => Math.abs(value) >= LARGEST_READING)) return [];
      return [
        {
          header: '',
          name,
          unitText: '',
          unit: units[k]!,
          data: data[k]!,
          ...(k === 4 ? { role: 'other' as const } : {}),
        },
      ];
    });
    return succeed([buildMeasurement(file, keithley2400Log, 0, { columns, flags })], read.issues);
  },
};
