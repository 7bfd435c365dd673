import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { draftOf } from './columns.ts';
import { baseName } from './device-name.ts';
import { isSwept } from './find-branches.ts';
import { parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock } from './scope-table.ts';

const OURS = /^time_s,voltage_V,current_A,(?:deviceVoltage|nodeVoltage)_V\b/;

/** What a lab has of a device; states, inner nodes and shares of the current are the simulator's own. */
const MEASURED: Readonly<Record<string, ColumnRole>> = {
  time_s: 'time',
  current_A: 'current',
  light_W: 'light',
  leftLight_W: 'light',
  rightLight_W: 'light',
};

/** Traces that `ivory simulate --out` wrote: the programmed voltage drives, a sweep as the voltage and anything else as a stimulus. */
export const ivorySimulation: Importer = {
  id: 'ivory-simulation',
  version: 1,
  label: 'Ivory simulation',
  vendor: null,
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return OURS.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const names = (file.head[0] ?? '').split(',');
    const drive = names.indexOf('voltage_V');
    if (drive < 0)
      return fail(
        error('UNKNOWN_FORMAT', `${baseName(file.name)} has no column voltage_V in its first line.`, {
          hint: 'Open the file that ivory simulate wrote.',
          at: { file: file.name },
        }),
      );
    const read = readBlock(
      file,
      { first: 1, names, dialect: { separator: ',', decimalComma: false } },
      options,
    );
    if (!read.ok) return read;
    const swept = isSwept(read.value.columns[drive]!);
    const columns = names.map((name, k) => {
      const role: ColumnRole = k === drive ? (swept ? 'voltage' : 'stimulus') : (MEASURED[name] ?? 'other');
      const data = read.value.columns[k]!;
      return draftOf(parseHeaderCell(name), data, { name, role });
    });
    const measurement = buildMeasurement(file, ivorySimulation, 0, {
      columns,
      kind: swept ? 'iv' : 'waveform',
      swept: swept ? drive : undefined,
    });
    return succeed([measurement], read.issues);
  },
};
