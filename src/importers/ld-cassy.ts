import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { draftOf } from './columns.ts';
import { dialectOf } from './find-layout.ts';
import { parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock } from './scope-table.ts';

const SETTING = /^(MIN|MAX|SCALE|DEC|DEF)=/;

/** LD Didactic CASSY: `MIN=`, `MAX=`, `SCALE=`, `DEC=`, `DEF="Name" symbol / unit`, then tab-separated numbers. */
export const ldCassy: Importer = {
  id: 'ld-cassy',
  version: 1,
  label: 'LD CASSY text',
  vendor: 'LD Didactic',
  extensions: ['txt', 'csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^MIN=/.test(file.head[0] ?? '') && file.head.slice(0, 8).some((line) => /^DEF=/.test(line))
      ? 1
      : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const first = file.head.findIndex((line) => line.trim() !== '' && !SETTING.test(line));
    const definition = file.head.find((line) => /^DEF=/.test(line)) ?? '';
    const headers = definition.slice(4).split('\t');
    const dialect = dialectOf(file.head.slice(first, first + 12), { separator: '\t', decimalComma: false });
    const read = readBlock(
      file,
      { first: first < 0 ? file.head.length : first, names: headers, dialect },
      options,
    );
    if (!read.ok) return read;
    const columns = headers.map((header, k) => {
      const cell = parseHeaderCell(header);
      return draftOf(cell, read.value.columns[k]!, { name: cell.name.replaceAll('"', '') });
    });
    const metadata = file.head.slice(0, Math.max(first, 0)).map((line) => {
      const [key = '', ...rest] = line.split('=');
      return [key, rest.join('=')] as const;
    });
    return succeed([buildMeasurement(file, ldCassy, 0, { columns, metadata })], read.issues);
  },
};
