import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { SECOND } from './columns.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readRigolCompanion } from './rigol-settings.ts';
import { headerRow, readBlock, unitColumn } from './scope-table.ts';

const FIRST = /^(?:X,)?(?:CH|MATH|D)\d*(?:,[A-Z]+\d*)*,Start,Increment,*$/i;

/** Rigol DS1000Z, MSO1000Z, DS2000A, DS4000: t = Start + index * Increment, the index being the X column where there is one. */
export const rigolSequence: Importer = {
  id: 'rigol-sequence',
  version: 1,
  label: 'Rigol DS1000Z/2000A/4000 CSV (start and increment)',
  vendor: 'Rigol',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return FIRST.test((file.head[0] ?? '').replaceAll(/["\s]/g, '')) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const header = headerRow(file, 0);
    const units = headerRow(file, 1);
    const names = header.slice(0, header.indexOf('Start'));
    const start = Number(units[names.length] || Number.NaN);
    const step = Number(units[names.length + 1] || Number.NaN);
    if (!Number.isFinite(start) || !(step > 0)) {
      return fail(
        error(
          'HEADER_INCOMPLETE',
          `${baseName(file.name)} has no usable start and increment in line 2 ("${units.slice(names.length).join(', ')}"), so its times are unknown.`,
          {
            hint: 'Save the waveform on the scope again.',
            at: { file: file.name, line: 2 },
          },
        ),
      );
    }
    const read = readBlock(file, { first: 2, names }, options);
    if (!read.ok) return read;
    const hasIndex = /^x$/i.test(names[0] ?? '');
    const index = hasIndex ? read.value.columns[0]! : null;
    const time = Float64Array.from(
      { length: read.value.rows },
      (_, i) => start + (index ? index[i]! : i) * step,
    );
    const channels = names
      .map((name, k) => unitColumn(name, units[k] ?? '', read.value.columns[k]!))
      .slice(hasIndex ? 1 : 0);
    const companion = readRigolCompanion(file);
    const measurement = buildMeasurement(file, rigolSequence, 0, {
      isScope: true,
      columns: [
        {
          header: hasIndex ? names[0]! : '',
          name: 'Time',
          unitText: units[0] ?? '',
          unit: SECOND,
          data: time,
          role: 'time',
        },
        ...channels,
      ],
      instrument: companion.instrument,
      metadata: [
        ['Start', units[names.length]!],
        ['Increment', units[names.length + 1]!],
        ...companion.entries,
      ],
    });
    return succeed([measurement], read.issues);
  },
};
