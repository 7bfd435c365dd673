import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { headerRow, readBlock, unitColumn } from './scope-table.ts';

/** Keysight/Agilent InfiniiVision: `x-axis,1,2`, `second,Volt,Volt`, data. No model, no date; t = 0 is the trigger. */
export const keysightInfiniiVision: Importer = {
  id: 'keysight-infiniivision',
  version: 2,
  label: 'Keysight InfiniiVision CSV',
  vendor: 'Keysight',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^x-axis,/i.test(file.head[0] ?? '') && /^(?:second|hertz),/i.test(file.head[1] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const names = headerRow(file, 0);
    const units = headerRow(file, 1);
    const read = readBlock(file, { first: 2, names }, options);
    if (!read.ok) return read;
    const columns = names.map((name, k) => unitColumn(name, units[k] ?? '', read.value.columns[k]!));
    // an FFT is amplitudes of one signal, not the response of a device to a frequency
    const isFft = columns[0]?.unit.unit === 'Hz';
    return succeed(
      [
        buildMeasurement(file, keysightInfiniiVision, 0, {
          isScope: true,
          ...(isFft ? { kind: 'series' as const } : {}),
          columns,
        }),
      ],
      read.issues,
    );
  },
};
