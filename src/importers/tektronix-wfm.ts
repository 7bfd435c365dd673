import { info } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import {
  isUsable,
  readField,
  readSamples,
  refuseScope,
  SAMPLE_BYTES,
  type SampleType,
  sampleColumn,
  timeColumn,
  viewOf,
} from './scope-binary.ts';

/** Format codes of the explicit dimension; 3 (uint64) is no sample of a scope. */
const FORMATS: readonly (SampleType | null)[] = [
  'int16',
  'int32',
  null,
  null,
  'float32',
  'float64',
  'uint8',
  'int8',
];

/** Offsets of the parts of the header, by version: version 2 adds a summary word, version 3 widens each of the four views by 4 bytes. */
function layoutOf(version: 1 | 2 | 3): { explicit: number; implicit: number; curve: number } {
  const summary = version >= 2 ? 2 : 0;
  const wider = version === 3 ? 4 : 0;
  return {
    explicit: 166 + summary,
    implicit: 478 + summary + 2 * wider,
    curve: 790 + summary + 4 * wider,
  };
}

/** Version 1 to 3; descriptions have the text with and without a colon in front. */
function versionOf(bytes: Uint8Array): 1 | 2 | 3 | null {
  const match = /^:?WFM#00([123])/.exec(readField(bytes, 2, 8));
  return match ? (Number(match[1]) as 1 | 2 | 3) : null;
}

/** Tektronix .wfm of DPO/MSO/TDS5000 and later: "Performance Oscilloscope Reference Waveform File Format", 077-0220. */
export const tektronixWfm: Importer = {
  id: 'tektronix-wfm',
  version: 2,
  label: 'Tektronix .wfm (WFM#001 to #003)',
  vendor: 'Tektronix',
  extensions: ['wfm'],
  options: [ROLES_OPTION],
  sniff({ bytes }: DecodedFile): number {
    return (bytes[0] === 0x0f || bytes[0] === 0xf0) && versionOf(bytes) !== null ? 1 : 0;
  },
  parse(file: DecodedFile): Result<readonly Measurement[]> {
    const { bytes } = file;
    const version = versionOf(bytes);
    if (version === null) return refuseScope(file, 'is no .wfm of a known version');
    const at = layoutOf(version);
    if (bytes.length < at.curve + 30) return refuseScope(file, 'ends inside its header', 'TRUNCATED');
    const view = viewOf(bytes);
    const little = bytes[0] === 0x0f;
    const u32 = (offset: number): number => view.getUint32(offset, little);
    const f64 = (offset: number): number => view.getFloat64(offset, little);
    const frames = u32(72) + 1;
    if (u32(78) !== 0 || frames > 1)
      return refuseScope(file, `is a FastFrame record of ${frames} frames, which is not read`);
    const format = FORMATS[u32(at.explicit + 72)];
    if (!format || u32(at.explicit + 76) !== 0)
      return refuseScope(file, 'holds no plain samples (an image, an envelope or a digital record)');
    const dataStart = u32(at.curve + 14);
    const dataEnd = u32(at.curve + 18);
    const start = u32(16) + dataStart;
    const count = Math.floor((dataEnd - dataStart) / SAMPLE_BYTES[format]);
    const [scale, offset, dt, t0] = [
      f64(at.explicit),
      f64(at.explicit + 8),
      f64(at.implicit),
      f64(at.implicit + 8),
    ];
    if (!isUsable(scale, offset, dt, t0) || !(count > 0) || !(dt > 0))
      return refuseScope(file, 'has a header without scale, interval or points');
    if (start + count * SAMPLE_BYTES[format] > bytes.length)
      return refuseScope(file, `declares ${count} points and is too short for them`, 'TRUNCATED');
    const seconds = view.getInt32(at.curve - 4, little);
    const label = readField(bytes, 40, 32);
    const data = readSamples(bytes, start, count, format, little, { scale, offset });
    const columns = [
      timeColumn(count, t0, dt),
      sampleColumn(label || 'Y', readField(bytes, at.explicit + 20, 20), data),
    ];
    const recordedAt = seconds > 0 ? new Date(seconds * 1000).toISOString() : null;
    const measurement = buildMeasurement(file, tektronixWfm, 0, {
      isScope: true,
      columns,
      recordedAt,
      metadata: [
        ['version', `WFM#00${version}`],
        ['label', label],
      ],
    });
    const before = Math.floor((dataStart - u32(at.curve + 10)) / SAMPLE_BYTES[format]);
    if (!(before > 0)) return succeed([measurement]);
    return succeed(
      [measurement],
      [
        info(
          'ASSUMED_INPUT',
          `${before} samples stand before the record of ${baseName(file.name)} and are left out. Descriptions differ on whether its start time is that of the first of them or of the record; the record is taken, so all times may be early by ${(before * dt).toPrecision(3)} s. Intervals are not touched.`,
          { at: { file: file.name } },
        ),
      ],
    );
  },
};
