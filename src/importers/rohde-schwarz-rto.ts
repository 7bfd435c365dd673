import { type Issue, warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, NO_UNIT, SECOND, VOLT } from './columns.ts';
import { openCompanion, rtoSettingsNames } from './companions.ts';
import { splitRow } from './csv-table.ts';
import { splitLines } from './decode-text.ts';
import { baseName } from './device-name.ts';
import { evenTimes } from './even-time.ts';
import { dialectOf } from './find-layout.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock } from './scope-table.ts';
import { decodeRange } from './text-encoding.ts';

/** Settings beside a waveform: XML properties of a binary export, or `Name:Value:` lines. */
function readSettings(file: DecodedFile): ReadonlyMap<string, string> | null {
  for (const name of rtoSettingsNames(file.name)) {
    const bytes = openCompanion(file, name);
    if (!bytes || bytes.length > 1 << 22) continue;
    const text = decodeRange(bytes, 0, bytes.length, 'utf-8');
    const found = text.startsWith('<?xml')
      ? [...text.matchAll(/<Prop\b[^>]*\bName="([^"]*)"[^>]*?\bValue="([^"]*)"/g)].map(
          (m) => [m[1]!, m[2]!] as const,
        )
      : splitLines(text).flatMap((line) => {
          const match = /^([^:]+):([^:]*)/.exec(line);
          return match ? [[match[1]!, match[2]!] as const] : [];
        });
    const settings = new Map<string, string>();
    for (const [key, value] of found) if (!settings.has(key)) settings.set(key, value);
    if (settings.has('XStart') || settings.has('Resolution')) return settings;
  }
  return null;
}

/** True for a first column that goes up in equal steps, to a hundredth of a step. */
function isTimeColumn(data: Float64Array): boolean {
  const n = data.length;
  if (n < 3) return false;
  const step = (data[n - 1]! - data[0]!) / (n - 1);
  return step > 0 && data.every((value, i) => Math.abs(value - (data[0]! + i * step)) <= 0.05 * step);
}

/** Rohde & Schwarz RTO, RTP, RTE: `name.Wfm.csv` holds numbers only, the settings are in a file beside it. */
export const rohdeSchwarzRto: Importer = {
  id: 'rohde-schwarz-rto',
  version: 1,
  label: 'Rohde & Schwarz RTO/RTP/RTE waveform CSV',
  vendor: 'Rohde & Schwarz',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    const numbersOnly =
      file.head.length > 1 && file.head.slice(0, 20).every((line) => /^[-+\d.eE,;\s]*$/.test(line));
    return numbersOnly && /\.Wfm\.csv$/i.test(file.name) ? 0.9 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const dialect = dialectOf(file.head.slice(0, 12), { separator: ',', decimalComma: false });
    const width = splitRow(file.head[0] ?? '', dialect.separator).length;
    const names = Array.from({ length: width }, (_, k) => `column ${k + 1}`);
    const read = readBlock(file, { first: 0, names, dialect }, options);
    if (!read.ok) return read;
    const { columns: data, rows } = read.value;
    const issues: Issue[] = [...read.issues];
    const settings = readSettings(file);
    const hasTime = width > 1 && isTimeColumn(data[0]!);
    const start = Number(settings?.get('XStart') || Number.NaN);
    const step = Number(settings?.get('Resolution') || Number.NaN);
    const acquisitions = Math.max(1, Number(settings?.get('NumberOfAcquisitions') || 1) || 1);
    const size =
      acquisitions > 1 && acquisitions <= rows && rows % acquisitions === 0 ? rows / acquisitions : rows;
    if (!settings) {
      issues.push(
        warning(
          'COMPANION_MISSING',
          `${baseName(file.name)} holds numbers only and its settings file is not beside it: ${hasTime ? 'the first column is taken as time and' : 'the times are unknown, the values are shown against their index and'} volts are assumed.`,
          {
            hint: `Put ${rtoSettingsNames(file.name).slice(0, 2).join(' or ')} into the same folder.`,
            at: { file: file.name },
          },
        ),
      );
    }
    const channels = data.slice(hasTime ? 1 : 0);
    const source = /_(CH\d+)_/.exec(settings?.get('Source') ?? '')?.[1];
    const measurements = Array.from({ length: Math.round(rows / size) }, (_, index) => {
      const [from, to] = [index * size, (index + 1) * size];
      const known = Number.isFinite(start) && step > 0;
      const time = hasTime
        ? data[0]!.slice(from, to)
        : known
          ? evenTimes(size, start, step)
          : evenTimes(size, 0, 1);
      const x: ColumnDraft =
        hasTime || known
          ? { header: '', name: 'Time', unitText: 's', unit: SECOND, data: time, role: 'time' }
          : { header: '', name: 'Index', unitText: '', unit: NO_UNIT, data: time, role: 'other' };
      const values = channels.map(
        (column, k): ColumnDraft => ({
          header: '',
          name: channels.length === 1 && source ? source : `Channel ${k + 1}`,
          unitText: settings ? 'V' : '',
          unit: VOLT,
          data: column.slice(from, to),
        }),
      );
      return buildMeasurement(file, rohdeSchwarzRto, index, {
        columns: [x, ...values],
        kind: 'waveform',
        suffix: size < rows ? ` acquisition ${index + 1}` : '',
        metadata: settings ?? [],
      });
    });
    return succeed(measurements, issues);
  },
};
