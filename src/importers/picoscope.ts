import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { splitRow } from './csv-table.ts';
import { dialectOf } from './find-layout.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock, unitColumn } from './scope-table.ts';

function separatorOf(line: string): ',' | ';' | '\t' {
  return line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
}

/** PicoScope 6 and 7: names, units in brackets, an empty row, data. The unit of x is to be trusted, not its name. */
export const picoscope: Importer = {
  id: 'picoscope',
  version: 2,
  label: 'PicoScope text',
  vendor: 'Pico Technology',
  extensions: ['csv', 'txt'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    const [names = '', units = '', empty = 'x'] = file.head;
    const cells = splitRow(units, separatorOf(units));
    const bracketed = cells.length > 1 && cells.every((cell) => /^\([^()]*\)$/.test(cell));
    return bracketed && empty.trim() === '' && /\p{L}/u.test(names) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const separator = separatorOf(file.head[1] ?? '');
    const names = splitRow(file.head[0] ?? '', separator);
    const units = splitRow(file.head[1] ?? '', separator);
    const dialect = dialectOf(file.head.slice(3, 15), { separator, decimalComma: false });
    const read = readBlock(file, { first: 3, names, dialect }, options);
    if (!read.ok) return read;
    const columns = names.map((name, k) =>
      unitColumn(name, (units[k] ?? '').replace(/[()]/g, ''), read.value.columns[k]!),
    );
    return succeed([buildMeasurement(file, picoscope, 0, { isScope: true, columns })], read.issues);
  },
};
