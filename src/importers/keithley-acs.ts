import type { Result } from '../base/result.ts';
import { succeed } from '../base/result.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, OHM, SECOND, VOLT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { isSwept } from './find-branches.ts';
import { dialectOf } from './find-layout.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { trimRows } from './trim-rows.ts';
import type { FileUnit } from './unit-words.ts';

/** `Smu1.V[1][1]`: unit, quantity, group, repetition. */
const HEADER = /^(\w+)\.(\w+)\[(\d+)\]\[(\d+)\]$/;
/** The grammar has no unit texts: the quantity names are the units. */
const QUANTITY: Readonly<Record<string, readonly [unit: FileUnit, text: string, role: ColumnRole]>> = {
  Time: [SECOND, 's', 'time'],
  V: [VOLT, 'V', 'voltage'],
  I: [AMPERE, 'A', 'current'],
  R: [OHM, 'ohm', 'resistance'],
};

interface AcsColumn {
  readonly header: string;
  readonly index: number;
  readonly smu: string;
  readonly quantity: string;
  readonly run: string;
}

function acsColumns(header: string): AcsColumn[] {
  return splitRow(header, header.includes(';') ? ';' : ',').flatMap((text, index): AcsColumn[] => {
    const match = HEADER.exec(text);
    return match
      ? [{ header: text, index, smu: match[1]!, quantity: match[2]!, run: `[${match[3]}][${match[4]}]` }]
      : [];
  });
}

/** The source-meter that swept: the first whose voltage was, else the first of the file. */
function sweptUnit(columns: readonly AcsColumn[], data: readonly Float64Array[]): string | undefined {
  const swept = columns.find((column) => column.quantity === 'V' && isSwept(data[column.index]!));
  return (swept ?? columns[0])?.smu;
}

/** Keithley ACS and ACS Basic: one header row `Item,Smu1.Time[1][1],Smu1.V[1][1],...`; each bracket pair is a run. */
export const keithleyAcs: Importer = {
  id: 'keithley-acs',
  version: 1,
  label: 'Keithley ACS / ACS Basic',
  vendor: 'Keithley',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    const first = file.head[0] ?? '';
    return /^"?Item"?[,;]/.test(first) && acsColumns(first).length > 0 ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const header = file.head[0] ?? '';
    const known = acsColumns(header);
    const width = known.reduce((most, column) => Math.max(most, column.index + 1), 1);
    const names = splitRow(header).slice(0, width);
    const read = readTable(
      file,
      {
        start: file.headStarts[1] ?? file.content.length,
        line: 2,
        dialect: dialectOf(file.head.slice(1, 20), { separator: ',', decimalComma: false }),
        columns: Array.from({ length: width }, (_, k) =>
          known.some((c) => c.index === k) ? 'number' : 'skip',
        ),
        names,
      },
      options,
    );
    if (!read.ok) return read;
    const runs = [...new Set(known.map((column) => column.run))];
    const measurements = runs.map((run, index) => {
      const ours = known.filter((column) => column.run === run);
      const data = trimRows(ours.map((column) => read.value.columns[column.index]!));
      const all: Float64Array[] = [];
      ours.forEach((column, k) => {
        all[column.index] = data[k]!;
      });
      const unit = sweptUnit(ours, all);
      const columns = ours.map((column, k): ColumnDraft => {
        const [fileUnit, unitText, role] = Object.hasOwn(QUANTITY, column.quantity)
          ? QUANTITY[column.quantity]!
          : ([NO_UNIT, '', 'other'] as const);
        const other = column.smu !== unit && role !== 'time';
        return {
          header: column.header,
          unitText,
          unit: fileUnit,
          data: data[k]!,
          role: other ? 'other' : role,
        };
      });
      return buildMeasurement(file, keithleyAcs, index, {
        columns,
        suffix: runs.length > 1 ? ` ${run}` : '',
      });
    });
    return succeed(measurements, read.issues);
  },
};
