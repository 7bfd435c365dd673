import { type Issue, warning } from '../base/issues.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Instrument, Measurement } from '../model/measurement.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, SECOND, VOLT } from './columns.ts';
import { parseMonthFirst } from './dates.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { trimRows } from './trim-rows.ts';
import type { FileUnit } from './unit-words.ts';

/** Rows of the settings by their first cell; one value per terminal. All cells are text, even numbers. */
export type KiteSettings = ReadonlyMap<string, readonly string[]>;

export interface KiteColumn {
  readonly header: string;
  /** Name without the number of its curve. */
  readonly name: string;
  /** Number of the curve in a family, 0 without one. */
  readonly curve: number;
  readonly data: Float64Array;
}

/** One run: the table of a Data or Append sheet, or of a CSV. */
export interface KiteSheet {
  /** Empty where the file holds one run only. */
  readonly name: string;
  readonly columns: readonly KiteColumn[];
}

/** `GateV(2)`: name and number of the curve. */
export function kiteColumn(header: string, data: Float64Array): KiteColumn {
  const match = /^(.*?)\s?\((\d+)\)$/.exec(header);
  return { header, name: match?.[1] ?? header, curve: Number(match?.[2] ?? 0), data };
}

/** Unit by the grammar: the terminals of the settings with `V` and `I`, and the time; formula columns have none. */
function unitOf(name: string, terminals: readonly string[]): readonly [unit: FileUnit, text: string] {
  if (name === 'Time') return [SECOND, 's'];
  const terminal = name.slice(0, -1);
  if (!terminals.includes(terminal)) return [NO_UNIT, ''];
  return name.endsWith('V') ? [VOLT, 'V'] : name.endsWith('I') ? [AMPERE, 'A'] : [NO_UNIT, ''];
}

function complianceOf(settings: KiteSettings, terminal: number): Conditions {
  const value = Math.abs(Number(settings.get('Compliance')?.[terminal] || Number.NaN));
  const forces = settings.get('Forcing Function')?.[terminal] ?? '';
  return value > 0 && /voltage/i.test(forces) ? { complianceCurrent: { value, from: 'file' } } : {};
}

/** Names of the columns where the file has no settings: its terminals, and the column that was swept. */
export interface KiteNames {
  readonly terminals: readonly string[];
  readonly swept: string;
}

function namesOf(settings: KiteSettings): KiteNames {
  const terminals = settings.get('Device Terminal') ?? [];
  const forcing = settings.get('Forcing Function') ?? [];
  const sweeping = forcing.findIndex((text) => /sweep/i.test(text));
  const letter = /current/i.test(forcing[sweeping] ?? '') ? 'I' : 'V';
  return { terminals, swept: `${terminals[sweeping] ?? ''}${letter}` };
}

/** Curves of all runs by what the settings say of the terminals: swept one, units, limit of the current shown, date. */
export function buildKiteCurves(
  file: DecodedFile,
  importer: Importer,
  sheets: readonly KiteSheet[],
  settings: KiteSettings,
  instrument: Partial<Instrument>,
  { terminals, swept }: KiteNames = namesOf(settings),
): { readonly measurements: readonly Measurement[]; readonly issues: readonly Issue[] } {
  const sweeping = (settings.get('Forcing Function') ?? []).findIndex((text) => /sweep/i.test(text));
  const points = Number(settings.get('Number of Points')?.[sweeping] || Number.NaN);
  const dual = /enabled/i.test(settings.get('Dual Sweep Mode')?.[sweeping] ?? '');
  const issues: Issue[] = [];
  const measurements: Measurement[] = [];
  for (const sheet of sheets) {
    const curves = [...new Set(sheet.columns.map((column) => column.curve))];
    for (const curve of curves) {
      const ours = sheet.columns.filter((column) => column.curve === curve);
      const data = trimRows(ours.map((column) => column.data));
      const shown = ours.find((column) => unitOf(column.name, terminals)[1] === 'A')?.name;
      const rows = data[0]?.length ?? 0;
      if (rows === 0) continue;
      const columns = ours.map((column, k): ColumnDraft => {
        const [unit, unitText] = unitOf(column.name, terminals);
        const role: ColumnRole =
          column.name === swept && unitText === 'V'
            ? 'voltage'
            : column.name === shown
              ? 'current'
              : column.name === 'Time'
                ? 'time'
                : 'other';
        return { header: column.header, name: column.name, unitText, unit, data: data[k]!, role };
      });
      const x = columns.findIndex((column) => column.name === swept);
      const fits = rows === points || (dual && rows >= 2 * points - 2 && rows <= 2 * points);
      if (Number.isFinite(points) && !fits) {
        issues.push(
          warning(
            'COUNT_MISMATCH',
            `The settings of ${baseName(file.name)} declare ${points} points, ${sheet.name || 'the table'} has ${rows}. The rows are used.`,
            { at: { file: file.name } },
          ),
        );
      }
      const several = curves.length > 1 ? ` (${curve})` : '';
      measurements.push(
        buildMeasurement(file, importer, measurements.length, {
          columns,
          suffix: (sheets.length > 1 ? ` ${sheet.name}` : '') + several,
          ...(x >= 0 && shown ? { kind: 'iv' as const, swept: x } : {}),
          instrument,
          recordedAt: parseMonthFirst(settings.get('Last Executed')?.[0] ?? ''),
          conditions: complianceOf(settings, terminals.indexOf((shown ?? '').slice(0, -1))),
          metadata: [...settings].map(([key, values]) => [key, values.join(', ')] as const),
        }),
      );
    }
  }
  return { measurements, issues };
}
