import { error, type Issue, info } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { readClock } from './clock.ts';
import { SECOND } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseDayMonthName } from './dates.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { unitColumn } from './scope-table.ts';

const STAMP = /^,,,,,\d{1,2}-[A-Z]{3}-\d{4},\d{2}:\d{2}:\d{2},/i;

function clockOf(text: string): number {
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  return readClock(bytes, 0, bytes.length);
}

/** Tektronix/Fluke-style bench multimeter log: start stamp and serial, `,value,unit,,` rows, stop stamp. */
export const tektronixDmm: Importer = {
  id: 'tektronix-dmm',
  version: 1,
  label: 'Tektronix DMM4000 log',
  vendor: 'Tektronix',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    return STAMP.test(file.head[0] ?? '') && /^,[-+.\d]/.test(file.head[1] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const start = splitRow(file.head[0] ?? '');
    const unitText = splitRow(file.head[1] ?? '')[2] ?? '';
    const { content } = file;
    const tail = file
      .slice(Math.max(0, content.length - 200), content.length)
      .split(/[\r\n]+/)
      .findLast((line) => STAMP.test(line));
    const stop = tail ? splitRow(tail) : null;
    if (!stop && options[ACCEPT_TRUNCATED.id] !== true) {
      return fail(
        error(
          'TRUNCATED',
          `${baseName(file.name)} ends without its stop time, so the times of its readings are unknown.`,
          {
            hint: 'Copy the file from the instrument again, or use the readings against their index.',
            repair: { label: 'Use the readings', option: ACCEPT_TRUNCATED.id, value: true },
            at: { file: file.name },
          },
        ),
      );
    }
    const read = readTable(
      file,
      {
        start: file.headStarts[1] ?? content.length,
        line: 2,
        dialect: { separator: ',', decimalComma: false },
        columns: ['skip', 'number'],
        names: ['', 'value'],
        // Cells behind the value (its unit) belong to every row.
        quiet: true,
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = read.issues.filter((issue) => issue.code !== 'RAGGED_ROWS');
    const value = read.value.columns[1]!;
    const n = value.length;
    let duration = Number.NaN;
    if (stop) {
      duration = clockOf(stop[6] ?? '') - clockOf(start[6] ?? '');
      if (stop[5] !== start[5]) duration += 86_400;
    }
    const known = duration > 0 && n > 1;
    const time = Float64Array.from({ length: n }, (_, i) => (known ? (i / (n - 1)) * duration : i));
    issues.push(
      info(
        'ASSUMED_INPUT',
        known
          ? `${baseName(file.name)} has no times: its ${n} readings are spread evenly over the ${duration} s between start and stop.`
          : `${baseName(file.name)} has no times: its readings are numbered.`,
        { at: { file: file.name } },
      ),
    );
    const measurement = buildMeasurement(file, tektronixDmm, 0, {
      columns: [
        known
          ? { header: '', name: 'Time', unitText: '', unit: SECOND, data: time, role: 'time' }
          : {
              header: '',
              name: 'Index',
              unitText: '',
              unit: { unit: '1', factor: 1 },
              data: time,
              role: 'other',
            },
        unitColumn('', unitText, value, { name: 'Reading' }),
      ],
      kind: 'waveform',
      instrument: { serial: start[7] || null },
      recordedAt: parseDayMonthName(start[5] ?? '', start[6] ?? ''),
      metadata: [
        ['Start', `${start[5]} ${start[6]}`],
        ['Stop', stop ? `${stop[5]} ${stop[6]}` : ''],
        ['Serial', start[7] ?? ''],
      ],
    });
    return succeed([measurement], issues);
  },
};
