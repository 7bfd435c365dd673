import { type Issue, info } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, NO_UNIT, SECOND, VOLT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseDayMonthName } from './dates.ts';
import { baseName, fileStem } from './device-name.ts';
import { countRepeats, spreadRoundedTimes } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import type { Dialect } from './numeric-table.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';

interface LecroyHeader {
  readonly separator: ',' | ';' | ' ' | '\t';
  readonly model: string;
  readonly serial: string;
  readonly kind: string;
  readonly segments: number;
  readonly size: number;
  /** Date and time of each segment, as written. */
  readonly stamps: readonly string[];
  /** Index in the head of `Time,Ampl`. */
  readonly names: number;
}

function readHeader(file: DecodedFile): LecroyHeader {
  const first = file.head[0] ?? '';
  const separator = first.includes(',') ? ',' : first.includes(';') ? ';' : first.includes('\t') ? '\t' : ' ';
  const [name = '', serial = '', kind = ''] = splitRow(first, separator);
  const counts = splitRow(file.head[1] ?? '', separator);
  const found = file.head.findIndex((line) => /^\s*Time\W+Ampl/i.test(line));
  const names = found < 0 ? 4 : found;
  const stamps = file.head
    .slice(3, names)
    .flatMap((line) => /^#\d+.?\s*(\d{1,2}-\w{3}-\d{4}\s+\d{2}:\d{2}:\d{2})/.exec(line)?.[1] ?? []);
  return {
    separator,
    // The model may carry rubbish bytes behind its name.
    model: /^LECROY([\w-]*)/.exec(name)?.[1] ?? '',
    serial,
    kind,
    segments: Number(counts[1] || 1) || 1,
    size: Number(counts[3] || Number.NaN),
    stamps,
    names,
  };
}

/** Channel and device of the names the scope gives: `C1Trace00000`, `C2TEL-3_00000`, `C2--run7--00000`. */
function readName(name: string): { channel: string; device: string | null } {
  const match = /^([CFMZ]\d+)(?:--(.+?)(?:-\d+)?--\d+|(.*?)[-_]?\d{5})?$/.exec(fileStem(name));
  const plain = match?.[3] ?? '';
  const given = /^(?:trace)?$/i.test(plain) ? null : plain;
  return { channel: match?.[1] ?? '', device: match?.[2] ?? given };
}

/** First row of each segment: the time starts again. */
function findSegments(time: Float64Array, segments: number, size: number): number[] {
  if (segments > 1 && segments * size === time.length)
    return Array.from({ length: segments }, (_, k) => k * size);
  const starts = [0];
  if (segments > 1) for (let i = 1; i < time.length; i++) if (time[i]! < time[i - 1]!) starts.push(i);
  return starts;
}

/** LeCroy and Teledyne LeCroy text: `LECROY<model>`, segments, `Time,Ampl`; the separator is that of the first line. */
export const lecroy: Importer = {
  id: 'lecroy',
  version: 2,
  label: 'LeCroy waveform text',
  vendor: 'LeCroy',
  extensions: ['txt', 'csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^LECROY/.test(file.head[0] ?? '') && /^Segments\b/.test(file.head[1] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const header = readHeader(file);
    const dialect: Dialect = { separator: header.separator, decimalComma: header.separator === ';' };
    const first = header.names + 1;
    const sample = file.head.slice(first, first + 8).join('\n');
    const total = header.segments * header.size;
    const read = readTable(
      file,
      {
        start: file.headStarts[first] ?? file.content.length,
        line: first + 1,
        dialect:
          header.separator === ';' && sample.includes('.')
            ? { separator: ';', decimalComma: false }
            : dialect,
        columns: ['number', 'number'],
        names: ['Time', 'Ampl'],
        declared: Number.isFinite(total) ? total : null,
        declaredIn: 'SegmentSize',
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    const [time, value] = [read.value.columns[0]!, read.value.columns[1]!];
    const starts = findSegments(time, header.segments, header.size);
    const isHistogram = /histogram/i.test(header.kind);
    const isTrend = /trend/i.test(header.kind);
    const { channel, device } = readName(file.name);
    let rebuilt = 0;
    const measurements = starts.map((start, index) => {
      const end = starts[index + 1] ?? read.value.rows;
      let x: Float64Array = time.slice(start, end);
      if (!isHistogram && !isTrend && countRepeats(x) > 0) {
        const even = spreadRoundedTimes(x);
        if (even) {
          x = even;
          rebuilt++;
        }
      }
      const y = value.slice(start, end);
      // A histogram and a trend still say Time and Ampl; of a histogram x is the measured parameter, y a count.
      const columns: ColumnDraft[] = isHistogram
        ? [
            { header: 'Time', name: 'Value', unitText: '', unit: NO_UNIT, data: x, role: 'other' },
            {
              header: 'Ampl',
              name: 'Count',
              unitText: '',
              unit: { unit: 'counts', factor: 1 },
              data: y,
              role: 'other',
            },
          ]
        : isTrend
          ? [
              { header: 'Time', name: 'Event', unitText: '', unit: NO_UNIT, data: x, role: 'other' },
              {
                header: 'Ampl',
                name: channel || 'Value',
                unitText: '',
                unit: NO_UNIT,
                data: y,
                role: 'other',
              },
            ]
          : [
              { header: 'Time', unitText: '', unit: SECOND, data: x, role: 'time' },
              { header: 'Ampl', name: channel || 'Ampl', unitText: '', unit: VOLT, data: y },
            ];
      const [date = '', clock = ''] = (header.stamps[index] ?? '').split(/\s+/);
      return buildMeasurement(file, lecroy, index, {
        isScope: true,
        columns,
        ...(isHistogram || isTrend ? { kind: 'series' as const } : {}),
        suffix: starts.length > 1 ? ` segment ${index + 1}` : '',
        ...(device ? { deviceName: device } : {}),
        instrument: { model: header.model || null, serial: header.serial || null },
        recordedAt: parseDayMonthName(date, clock),
        metadata: [
          ['Kind', header.kind],
          ['Segments', String(header.segments)],
          ['SegmentSize', String(header.size)],
          ['TrigTime', header.stamps[index] ?? ''],
        ],
      });
    });
    if (isTrend) {
      issues.push(
        info(
          'NOTE',
          `${baseName(file.name)} is a trend: values of a parameter one after another, whose unit the file does not say.`,
          { at: { file: file.name } },
        ),
      );
    }
    if (rebuilt > 0) {
      issues.push(
        info(
          'NOTE',
          `Neighbouring times of ${baseName(file.name)} are equal in print; they are spread evenly between the first and the last.`,
          {
            at: { file: file.name },
          },
        ),
      );
    }
    return succeed(measurements, issues);
  },
};
