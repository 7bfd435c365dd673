import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, draftOf, SECOND } from './columns.ts';
import { baseName } from './device-name.ts';
import { parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { headerRow, readBlock } from './scope-table.ts';
import { splitQuantity } from './unit-words.ts';

const PREFIX: Readonly<Record<string, number>> = { p: 1e12, n: 1e9, u: 1e6, m: 1e3, '': 1 };

/** Seconds of `0.40uS`: here S is second, not siemens. Divided, because 0.4/1e6 is rounded once. */
function readInterval(text: string): number {
  const quantity = splitQuantity(text);
  const prefix = /^([pnum]?)s$/i.exec(quantity?.unitText ?? '')?.[1];
  return quantity && prefix !== undefined ? quantity.value / PREFIX[prefix.toLowerCase()]! : Number.NaN;
}

/** Owon HDS: keys with blanks and a colon before the comma, then `index,CH1_Voltage(mV)`. */
export const owon: Importer = {
  id: 'owon',
  version: 1,
  label: 'Owon HDS CSV',
  vendor: 'Owon',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^Channel\s*:,CH/.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const at = file.head.findIndex((line) => /^index,/i.test(line));
    const metadata = file.head.slice(0, Math.max(at, 0)).flatMap((line): (readonly [string, string])[] => {
      const match = /^(.*?)\s*:,(.*)$/.exec(line);
      return match ? [[match[1]!, match[2]!]] : [];
    });
    const intervalText = metadata.find(([key]) => /^Time interval/.test(key))?.[1] ?? '';
    const step = readInterval(intervalText);
    if (!(step > 0)) {
      return fail(
        error(
          'HEADER_INCOMPLETE',
          `${baseName(file.name)} has no usable time interval ("${intervalText}"), so the times of its samples are unknown.`,
          {
            hint: 'Save the waveform on the scope again.',
            at: { file: file.name },
          },
        ),
      );
    }
    const names = headerRow(file, at);
    const read = readBlock(file, { first: at + 1, names }, options);
    if (!read.ok) return read;
    const index = read.value.columns[0]!;
    const columns: ColumnDraft[] = names.map((name, k) => {
      if (k === 0)
        return {
          header: name,
          name: 'Time',
          unitText: '',
          unit: SECOND,
          data: index.map((i) => i * step),
          role: 'time',
        };
      return draftOf(parseHeaderCell(name), read.value.columns[k]!, {
        name: name.replace(/_[A-Za-z]*\(.*$/, ''),
      });
    });
    return succeed([buildMeasurement(file, owon, 0, { isScope: true, columns, metadata })], read.issues);
  },
};
