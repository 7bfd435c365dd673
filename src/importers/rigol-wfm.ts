import { warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { ColumnDraft } from './columns.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { readRigol1000, readRigol1000b } from './rigol-wfm-1000.ts';
import { readRigol1000z, readRigol2000 } from './rigol-wfm-later.ts';
import { type RigolChannel, type RigolReading, rigolSeries } from './rigol-wfm-record.ts';
import { isUsable, refuseScope, sampleColumn, timeColumn } from './scope-binary.ts';

const READERS: Readonly<
  Record<NonNullable<ReturnType<typeof rigolSeries>>, (bytes: Uint8Array) => RigolReading>
> = { B: readRigol1000b, 'C/D/E': readRigol1000, Z: readRigol1000z, '2000/4000': readRigol2000 };

function readChannel(bytes: Uint8Array, channel: RigolChannel): ColumnDraft {
  const { start, stride, count, scale, zero, offset } = channel;
  const { oddStart } = channel;
  const data = new Float64Array(count);
  const at = (i: number): number =>
    oddStart === undefined ? start + i * stride : (i % 2 === 0 ? start : oddStart) + (i >> 1);
  for (let i = 0; i < count; i++) data[i] = scale * (bytes[at(i)]! - zero) + offset;
  return sampleColumn(channel.label, channel.unit, data);
}

/** Channels of one time axis: those of an alternating trigger have axes of their own. */
function groupByTime(channels: readonly RigolChannel[]): (readonly RigolChannel[])[] {
  const groups = new Map<string, RigolChannel[]>();
  for (const channel of channels) {
    const key = `${channel.first_s} ${channel.interval_s} ${channel.count}`;
    groups.set(key, [...(groups.get(key) ?? []), channel]);
  }
  return [...groups.values()];
}

/** Rigol .wfm of the DS1000B/C/D/E, DS1000Z, DS2000 and DS4000, by public descriptions of their headers. */
export const rigolWfm: Importer = {
  id: 'rigol-wfm',
  version: 1,
  label: 'Rigol .wfm (DS1000B/C/D/E/Z, DS2000, DS4000)',
  vendor: 'Rigol',
  extensions: ['wfm'],
  options: [ROLES_OPTION],
  sniff({ bytes }: DecodedFile): number {
    return rigolSeries(bytes) === null ? 0 : 1;
  },
  parse(file: DecodedFile): Result<readonly Measurement[]> {
    const series = rigolSeries(file.bytes);
    if (series === null) return refuseScope(file, 'is no .wfm of a known Rigol series');
    const record = READERS[series](file.bytes);
    if ('refused' in record) return refuseScope(file, record.refused, record.cut ? 'TRUNCATED' : undefined);
    const { channels } = record;
    if (!channels.every((c) => isUsable(c.scale, c.offset, c.first_s, c.interval_s) && c.scale !== 0))
      return refuseScope(file, 'has a header without scale, position or interval');
    const groups = groupByTime(channels);
    const measurements = groups.map((group, index) => {
      const [{ count, first_s, interval_s }] = group as [RigolChannel];
      const columns = group.map((channel) => readChannel(file.bytes, channel));
      return buildMeasurement(file, rigolWfm, index, {
        isScope: true,
        columns: [timeColumn(count, first_s, interval_s), ...columns],
        ...(groups.length > 1 ? { suffix: ` ${group.map((c) => c.label).join(' ')}` } : {}),
        instrument: { model: record.model ?? record.series, serial: record.serial },
        metadata: [
          ['Series', record.series],
          ['Firmware', record.firmware],
        ],
      });
    });
    const steps = channels.map((c) => `${c.label} ${Math.abs(c.scale).toPrecision(3)} ${c.unit || 'V'}`);
    const doubt = `${Number(record.zeroDoubt_div.toPrecision(2))} division${record.zeroDoubt_div === 1 ? '' : 's'}`;
    return succeed(measurements, [
      warning(
        'ASSUMED_INPUT',
        `Descriptions of the ${record.series} .wfm differ on which byte is 0 V: all levels of ${baseName(file.name)} may be off together by up to ${doubt}. Differences of levels and times are not touched (a step of ${steps.join(', ')}).`,
        { hint: 'Save the waveform as CSV where absolute levels matter.', at: { file: file.name } },
      ),
    ]);
  },
};
