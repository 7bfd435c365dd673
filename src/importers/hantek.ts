import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, SECOND } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import { evenTimes } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock, unitColumn } from './scope-table.ts';
import { splitQuantity } from './unit-words.ts';

/** Hantek: DSO5000 `#timebase=...(ps),#voltbase=...(uV)` with times; other models `#CHANNEL:` `#CLOCK=` with values only. */
export const hantek: Importer = {
  id: 'hantek',
  version: 2,
  label: 'Hantek CSV',
  vendor: 'Hantek',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^#(?:timebase=|CHANNEL:)/i.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const first = file.head.findIndex((line) => /^\s*[-+.\d]/.test(line));
    const header = file.head.slice(0, Math.max(first, 0)).join(',');
    const metadata = [...header.matchAll(/#([^=:,]+)[=:]([^,#]*)/g)].map((m) => [m[1]!, m[2]!] as const);
    const value = (key: string): string => metadata.find(([name]) => name.toLowerCase() === key)?.[1] ?? '';
    const width = splitRow(file.head[first] ?? '').filter((cell) => cell !== '').length;
    // some models number their rows: index, time, volt
    const isNumbered = !/^#timebase=/i.test(file.head[0] ?? '') && width === 3;
    const hasTimes = /^#timebase=/i.test(file.head[0] ?? '');
    const channel = value('channel') || 'CH1';
    const names = hasTimes ? ['Time', 'CH1'] : isNumbered ? ['index', 'Time', channel] : [channel];
    const read = readBlock(
      file,
      {
        first: first < 0 ? file.head.length : first,
        names,
        dialect: { separator: ',', decimalComma: false },
      },
      options,
    );
    if (!read.ok) return read;
    let columns: ColumnDraft[];
    if (hasTimes) {
      columns = [
        { header: '', name: 'Time', unitText: '', unit: SECOND, data: read.value.columns[0]!, role: 'time' },
        // The grammar says nothing, but this series writes millivolt.
        unitColumn('', 'mV', read.value.columns[1]!, { name: 'CH1' }),
      ];
    } else if (isNumbered) {
      const [, time, data] = read.value.columns;
      columns = [
        { header: '', name: 'Time', unitText: 's', unit: SECOND, data: time!, role: 'time' },
        unitColumn('', value('units') || 'V', data!, { name: channel }),
      ];
    } else {
      const clock = splitQuantity(value('clock'));
      if (!clock || !(clock.value > 0)) {
        return fail(
          error(
            'HEADER_INCOMPLETE',
            `${baseName(file.name)} has no usable #CLOCK, so the times of its samples are unknown.`,
            {
              hint: 'Save the waveform on the scope again.',
              at: { file: file.name },
            },
          ),
        );
      }
      columns = [
        {
          header: '',
          name: 'Time',
          unitText: 's',
          unit: SECOND,
          data: evenTimes(read.value.rows, 0, clock.value),
          role: 'time',
        },
        unitColumn('', value('units') || 'V', read.value.columns[0]!, { name: channel }),
      ];
    }
    return succeed([buildMeasurement(file, hantek, 0, { isScope: true, columns, metadata })], read.issues);
  },
};
