import { type Issue, info } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { ColumnDraft } from './columns.ts';
import type { DecodedFile, Importer } from './importer.ts';
import {
  isUsable,
  readField,
  readSamples,
  refuseScope,
  sampleColumn,
  timeColumn,
  viewOf,
} from './scope-binary.ts';

const UNITS = ['', 'V', 's', '', 'A', 'dB', 'Hz'] as const;
const FLOAT_BUFFERS = new Set([1, 2, 3]);
const BUFFER_NAMES: Readonly<Record<number, string>> = { 2: ' maximum', 3: ' minimum' };
const MOST_WAVEFORMS = 1000;

interface Waveform {
  readonly time: ColumnDraft;
  readonly columns: readonly ColumnDraft[];
  readonly segment: number;
  readonly frame: string;
  readonly date: string;
}

/** Keysight/Agilent .bin, version AG10: file header, then for each waveform a header and its buffers (InfiniiVision user's guide). */
export const keysightBin: Importer = {
  id: 'keysight-bin',
  version: 1,
  label: 'Keysight .bin (AG10)',
  vendor: 'Keysight',
  extensions: ['bin'],
  options: [ROLES_OPTION],
  sniff({ bytes }: DecodedFile): number {
    return readField(bytes, 0, 4) === 'AG10' && bytes.length >= 12 ? 1 : 0;
  },
  parse(file: DecodedFile): Result<readonly Measurement[]> {
    const { bytes } = file;
    if (bytes.length < 12) return refuseScope(file, 'ends inside its header', 'TRUNCATED');
    const view = viewOf(bytes);
    const waveforms: Waveform[] = [];
    const issues: Issue[] = [];
    const declared = Math.min(view.getInt32(8, true), MOST_WAVEFORMS);
    let at = 12;
    for (let w = 0; w < declared; w++) {
      if (at + 140 > bytes.length)
        return refuseScope(file, `declares ${declared} waveforms and ends in number ${w + 1}`, 'TRUNCATED');
      const size = view.getInt32(at, true);
      const buffers = view.getInt32(at + 8, true);
      const points = view.getInt32(at + 12, true);
      const dt = view.getFloat64(at + 32, true);
      const t0 = view.getFloat64(at + 40, true);
      const unit = UNITS[view.getInt32(at + 52, true)] ?? '';
      const label = readField(bytes, at + 112, 16) || `channel ${w + 1}`;
      const frame = readField(bytes, at + 88, 24);
      const date = `${readField(bytes, at + 56, 16)} ${readField(bytes, at + 72, 16)}`.trim();
      const segment = view.getUint32(at + 136, true);
      if (size < 140 || buffers < 0 || buffers > 16 || !(points > 0) || !isUsable(dt, t0))
        return refuseScope(file, `has a waveform header that is none (number ${w + 1})`);
      at += size;
      const columns: ColumnDraft[] = [];
      for (let b = 0; b < buffers; b++) {
        if (at + 12 > bytes.length)
          return refuseScope(file, `ends before the samples of ${label}`, 'TRUNCATED');
        const headerSize = view.getInt32(at, true);
        const type = view.getInt16(at + 4, true);
        const width = view.getInt16(at + 6, true);
        const length = view.getInt32(at + 8, true);
        const start = at + headerSize;
        if (headerSize < 12 || length < 0)
          return refuseScope(file, `has a buffer header that is none (${label})`);
        if (
          start + length > bytes.length ||
          start + points * 4 > bytes.length + (FLOAT_BUFFERS.has(type) ? 0 : points * 4)
        )
          return refuseScope(
            file,
            `declares ${points} points of ${label} and is too short for them`,
            'TRUNCATED',
          );
        if (FLOAT_BUFFERS.has(type) && width === 4 && length >= points * 4)
          columns.push(
            sampleColumn(
              label + (BUFFER_NAMES[type] ?? ''),
              unit,
              readSamples(bytes, start, points, 'float32', true),
            ),
          );
        else issues.push(info('NOTE', `${label}: a buffer of type ${type} (digital or counts) is left out.`));
        at = start + length;
      }
      if (columns.length > 0)
        waveforms.push({ time: timeColumn(points, t0, dt), columns, segment, frame, date });
    }
    if (waveforms.length === 0) return refuseScope(file, 'holds no analogue waveform');
    return succeed(joinWaveforms(file, waveforms), issues);
  },
};

/** Channels on one time axis stand side by side; others, and segments, are measurements of their own. */
function joinWaveforms(file: DecodedFile, waveforms: readonly Waveform[]): Measurement[] {
  const groups = new Map<string, Waveform[]>();
  for (const one of waveforms) {
    const { data } = one.time;
    const key = `${one.segment} ${data.length} ${data[0]} ${data.at(-1)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group, k) => {
    const [first] = group as [Waveform];
    const [model = '', serial = ''] = first.frame.split(':');
    return buildMeasurement(file, keysightBin, k, {
      isScope: true,
      ...(first.segment > 0 ? { suffix: ` segment ${first.segment}` } : {}),
      columns: [first.time, ...group.flatMap((one) => one.columns)],
      instrument: { model: model || null, serial: serial || null },
      metadata: [
        ['date', first.date],
        ['frame', first.frame],
      ],
    });
  });
}
