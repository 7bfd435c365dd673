import { type Result, succeed } from '../base/result.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, SECOND, VOLT } from './columns.ts';
import { isSwept } from './find-branches.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { headerRow, readBlock } from './scope-table.ts';
import type { FileUnit } from './unit-words.ts';

/** The grammar's own rule: V is volt, I ampere, `time_s` second; densities and resistances are per width and keep their names. */
function unitByName(name: string): readonly [unit: FileUnit, text: string] {
  if (name === 'time_s') return [SECOND, 's'];
  if (/_dens$/i.test(name)) return [NO_UNIT, 'A/mm'];
  if (/^V\w*$/.test(name)) return [VOLT, 'V'];
  if (/^I\w*$/.test(name)) return [AMPERE, 'A'];
  if (/^(?:gm|G_on)$/.test(name)) return [NO_UNIT, 'S/mm'];
  if (/^R_?on$/i.test(name)) return [NO_UNIT, 'ohm mm'];
  return [NO_UNIT, ''];
}

/** Front end of a Keithley 2636B: `# of variables,1,Sweep points,601,Parametric points,1`, names without units, a table. */
export const keithley2636b: Importer = {
  id: 'keithley-2636b',
  version: 2,
  label: 'Keithley 2636B lab software',
  vendor: 'Keithley',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    return /^"?# of variables"?,/.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const settings = headerRow(file, 0);
    const setting = (key: string): number => Number(settings[settings.indexOf(key) + 1] || Number.NaN);
    const names = headerRow(file, 1);
    const sweepPoints = setting('Sweep points');
    const curves = Math.max(1, setting('Parametric points') || 1);
    const read = readBlock(
      file,
      {
        first: 2,
        names,
        more: {
          declared: Number.isFinite(sweepPoints) ? sweepPoints * curves : null,
          declaredIn: 'Sweep points x Parametric points',
        },
      },
      options,
    );
    if (!read.ok) return read;
    const { columns: data, rows } = read.value;
    // stacked curves; of an aborted family the last one is short
    const split = curves > 1 && curves <= 10_000 && sweepPoints >= 1 && rows <= sweepPoints * curves;
    const pieces = split
      ? Array.from(
          { length: Math.ceil(rows / sweepPoints) },
          (_, k) => [k * sweepPoints, Math.min(rows, (k + 1) * sweepPoints)] as const,
        )
      : [[0, rows] as const];
    const voltages = names.flatMap((name, k) => (/^V\w?$/.test(name) ? [k] : []));
    const swept = voltages.find((k) => isSwept(data[k]!.subarray(0, pieces[0]![1]))) ?? voltages[0] ?? -1;
    const partner = names.indexOf((names[swept] ?? '').replace(/^V/, 'I'));
    const current = names.includes('Id') ? names.indexOf('Id') : partner;
    const entries = settings.flatMap((key, k) =>
      k % 2 === 0 && key !== '' ? [[key, settings[k + 1] ?? ''] as const] : [],
    );
    const measurements = pieces.map(([start, end], index) => {
      const columns = names.map((name, k): ColumnDraft => {
        const [unit, unitText] = unitByName(name);
        const role: ColumnRole =
          k === swept ? 'voltage' : k === current ? 'current' : name === 'time_s' ? 'time' : 'other';
        return { header: name, unitText, unit, data: data[k]!.slice(start, end), role };
      });
      return buildMeasurement(file, keithley2636b, index, {
        columns,
        ...(swept >= 0 && current >= 0 ? { kind: 'iv' as const, swept } : {}),
        suffix: pieces.length > 1 ? ` [${index + 1}]` : '',
        instrument: { model: '2636B' },
        metadata: entries,
      });
    });
    return succeed(measurements, read.issues);
  },
};
