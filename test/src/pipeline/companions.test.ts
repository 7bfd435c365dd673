import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import { NO_SETTINGS } from '../../../src/model/folder-settings.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import {
  channelOfName,
  groupChannelFiles,
  groupCompanions,
  joinChannels,
} from '../../../src/pipeline/companions.ts';
import { runCliHere } from '../../support/run-cli.ts';

/** A pulse of 1 V between 0.2 and 0.6 ms seen by one channel, 10 us a sample. */
function writeChannel(level: number, delay_s = 0, points = 200, shift_s = 0): string {
  const rows = Array.from({ length: points }, (_, k) => {
    const t = k * 1e-5 + shift_s;
    const on = t > 2e-4 + delay_s && t < 6e-4 + delay_s ? level : 0;
    return `${t.toExponential(6)},${(on + 1e-3 * Math.sin(k)).toExponential(6)}`;
  });
  return `x-axis,1\nsecond,Volt\n${rows.join('\n')}\n`;
}

function open(name: string, text: string): Measurement {
  const result = importFile({ name, bytes: new TextEncoder().encode(text), sha256: name });
  if (!result.ok) throw new Error(result.issues[0].message);
  return result.value.measurements[0]!;
}

describe('names of one acquisition', () => {
  it('are grouped by number and channel', () => {
    const names = [
      ...['F0005CH1.CSV', 'F0005CH2.CSV', 'F0006CH1.CSV', 'b/F0005CH2.CSV'],
      ...['C2Trace00007.csv', 'C1Trace00007.csv', 'C1--el--00001.txt', 'C2--el--00001.txt'],
      ...['A3_iv.csv', 'S1_C1.csv', 'S1_C2.csv', 'C1_iv.csv', 'C2_iv.csv', 'CH1.csv', 'CH2.csv'],
    ];
    expect(groupChannelFiles(names)).toEqual([
      ['F0005CH1.CSV', 'F0005CH2.CSV'],
      ['C1Trace00007.csv', 'C2Trace00007.csv'],
      ['C1--el--00001.txt', 'C2--el--00001.txt'],
    ]);
    expect(channelOfName('ALL/tbs-F0005CH2-side.csv')).toEqual({
      acquisition: 'ALL/tbs-F0005-side.csv',
      title: 'tbs-F0005-side',
      channel: 'CH2',
    });
  });
});

describe('joining', () => {
  const drive = open('F0005CH1.csv', writeChannel(1));
  const light = open('F0005CH2.csv', writeChannel(0.3, 5e-5));

  it('gives one measurement with a column per channel and keeps where each came from', () => {
    const joined = joinChannels([drive, light]);
    if (!joined.ok) throw new Error(joined.reason);
    const { measurement } = joined;
    expect(measurement.title).toBe('F0005');
    expect(measurement.curve.columns.map(({ role, label }) => [role, label])).toEqual([
      ['time', 'x-axis'],
      ['voltage', 'CH1'],
      ['voltage', 'CH2'],
    ]);
    expect(measurement.curve.columns[2]!.data).toEqual(light.curve.columns[1]!.data);
    expect(measurement.curve.columns[2]!.origin!.header).toBe('1');
    expect(measurement.metadata).toMatchObject({
      'joined from': 'F0005CH1.csv, F0005CH2.csv',
      'CH2: sha256': 'F0005CH2.csv',
    });
  });

  it('is refused where the time axes differ, with the numbers', () => {
    const shorter = joinChannels([drive, open('F0005CH2.csv', writeChannel(1, 0, 150))]);
    expect(shorter).toEqual({ ok: false, reason: 'they have 200 and 150 points' });
    const shifted = joinChannels([drive, open('F0005CH2.csv', writeChannel(1, 0, 200, 2e-6))]);
    expect(shifted.ok ? '' : shifted.reason).toMatch(
      /differ by up to 0\.00000200 s at a sample interval of 0\.0000100 s/,
    );
    expect(joinChannels([drive, open('F0005CH2.csv', writeChannel(1, 0, 200, 5e-8))]).ok).toBe(true);
  });

  it('groups what is open: devices with all their files, acquisitions joined, by hand apart', () => {
    const sweep = open('F0005.csv', 'V (V),I (A)\n0,0\n1,1\n2,2\n3,3\n');
    const groups = groupCompanions([drive, light, sweep]);
    expect(groups.devices).toEqual([{ id: 'F0005', measurements: [drive.id, sweep.id] }]);
    expect(groups.joined.map(({ parts }) => parts)).toEqual([[drive.id, light.id]]);
    expect(groupCompanions([drive, light], [{ ...NO_SETTINGS, joinChannels: false }]).joined).toEqual([]);
    const elsewhere = { ...light, deviceId: 'other' as typeof light.deviceId };
    expect(groupCompanions([drive, elsewhere]).joined).toEqual([]);
    const short = open('F0005CH2.csv', writeChannel(1, 0, 150));
    expect(groupCompanions([drive, short]).apart[0]!.reason).toContain('150 points');
  });
});

describe('analyse', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ivory-channels-'));
    await writeFile(join(folder, 'F0005CH1.csv'), writeChannel(1));
    await writeFile(join(folder, 'F0005CH2.csv'), writeChannel(0.3, 5e-5));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('takes both channels as one measurement; joinChannels: false keeps them apart', async () => {
    await writeFile(join(folder, '.ivory.json'), '{"channels":{"CH1":"stimulus","CH2":"light"}}');
    const together = await runCliHere(['analyse', folder, '--json']);
    expect(together.records.map((record) => record['measurement'])).toEqual([
      { id: 'F0005CH1.csv#0', kind: 'waveform', title: 'F0005' },
    ]);
    const quantities = together.records[0]!['quantities'] as { id: string; value: number }[];
    expect(quantities.some(({ id }) => /delay/i.test(id))).toBe(true);
    await writeFile(join(folder, '.ivory.json'), '{"joinChannels":false}');
    const apart = await runCliHere(['analyse', folder, '--json']);
    expect(apart.records.map((record) => record['file'])).toEqual(['F0005CH1.csv', 'F0005CH2.csv']);
  });
});
