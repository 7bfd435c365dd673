import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, VOLT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseMonthFirst } from './dates.ts';
import { baseName } from './device-name.ts';
import { complianceOf, roleIn, type Setup, sweptName, unitOf } from './easyexpert-setup.ts';
import { findLayout } from './find-layout.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { headerRow, readBlock } from './scope-table.ts';

/** EasyEXPERT writes the time of a record into the name it proposes: `[... ; 12_4_2022 8_45_32 AM]`, `2_3_2022 3_44_06 PM`. */
export function dateOfExportName(name: string): string | null {
  const match = /(\d{1,2})_(\d{1,2})_(\d{4}) (\d{1,2})_(\d{2})_(\d{2}) (AM|PM)/.exec(name);
  return match
    ? parseMonthFirst(`${match[1]}/${match[2]}/${match[3]} ${match[4]}:${match[5]}:${match[6]} ${match[7]}`)
    : null;
}

/** EasyEXPERT classic-test export: plain `key,values` rows, then names in the order of the displayed list. */
export const easyExpertClassic: Importer = {
  id: 'keysight-easyexpert-classic',
  version: 1,
  label: 'Keysight EasyEXPERT classic test CSV',
  vendor: 'Keysight',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    return file.head.slice(0, 2).some((line) => /^"?Setup title"?,/.test(line)) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const layout = findLayout(file);
    if (!layout?.names) {
      return fail(
        error('NO_DATA', `${baseName(file.name)} holds the setup of a classic test but no table.`, {
          hint: 'Export the test with its data.',
          at: { file: file.name },
        }),
      );
    }
    const setup: Setup = new Map(
      layout.preamble.map((line): readonly [string, readonly string[]] => {
        const [key = '', ...values] = splitRow(line);
        return [key, values];
      }),
    );
    const one = (key: string): string => setup.get(key)?.[0] ?? '';
    const names = layout.names;
    const read = readTable(
      file,
      {
        start: file.headStarts[layout.first]!,
        line: layout.first + 1,
        dialect: layout.dialect,
        columns: layout.numeric.map((isNumber) => (isNumber ? 'number' : 'skip')),
        names,
      },
      options,
    );
    if (!read.ok) return read;
    const kept = names.map((name, k) => ({ name, k })).filter(({ k }) => layout.numeric[k]);
    const known = kept.map(({ name }) => name);
    const columns = kept.map(({ name, k }): ColumnDraft => {
      const role = roleIn(name, known, setup);
      return {
        header: name,
        ...unitOf(name, setup),
        data: read.value.columns[k]!,
        ...(role ? { role } : {}),
      };
    });
    const swept = known.indexOf(sweptName(known, setup) ?? '');
    const device = one('Device ID');
    const measurement = buildMeasurement(file, easyExpertClassic, 0, {
      columns,
      ...(one('Classic test name').startsWith('C-V') ? { kind: 'series' as const } : {}),
      ...(swept >= 0 ? { swept } : {}),
      ...(device === '' ? {} : { deviceName: device }),
      recordedAt: parseMonthFirst(`${one('Test date')} ${one('Test time')}`),
      conditions: complianceOf(known, setup),
      metadata: [...setup].map(([key, values]) => [key, values.join(', ')] as const),
    });
    return succeed([measurement], read.issues);
  },
};

const BARE = /^(?:V\d+|I\d+|absI\d*|R\d+)$/;

/** EasyEXPERT's bare export: only the columns `V1,I1,absI`; device, limits and date live in the file name. */
export const easyExpertBare: Importer = {
  id: 'keysight-easyexpert-bare',
  version: 1,
  label: 'Keysight EasyEXPERT bare columns',
  vendor: 'Keysight',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    const names = headerRow(file, 0);
    const has = (letter: string): boolean => names.some((name) => new RegExp(`^${letter}\\d+$`).test(name));
    return names.length >= 2 &&
      names.length < 20 &&
      names.every((name) => BARE.test(name)) &&
      has('V') &&
      has('I')
      ? 0.9
      : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const names = headerRow(file, 0);
    const read = readBlock(file, { first: 1, names }, options);
    if (!read.ok) return read;
    const columns = names.map((name, k): ColumnDraft => {
      const data = read.value.columns[k]!;
      if (/^V\d+$/.test(name)) return { header: name, unitText: '', unit: VOLT, data, role: 'voltage' };
      if (/^I\d+$/.test(name)) return { header: name, unitText: '', unit: AMPERE, data, role: 'current' };
      if (name.startsWith('absI')) return { header: name, unitText: '', unit: AMPERE, data, role: 'other' };
      return { header: name, unitText: '', unit: NO_UNIT, data, role: 'other' };
    });
    const recordedAt = dateOfExportName(file.name);
    return succeed([buildMeasurement(file, easyExpertBare, 0, { columns, recordedAt })], read.issues);
  },
};
