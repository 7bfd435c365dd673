import { describe, expect, it } from 'vitest';
import { compileNamePattern, deviceOfFields, matchName } from '../../../src/importers/name-pattern.ts';
import { NO_SETTINGS } from '../../../src/model/folder-settings.ts';
import { parseFolderSettings } from '../../../src/pipeline/folder-settings.ts';
import { runJob } from '../../../src/pipeline/job.ts';

function match(pattern: string, name: string): Record<string, string> | null {
  const compiled = compileNamePattern(pattern);
  if (!compiled.ok) throw new Error(compiled.message);
  const fields = matchName(compiled.pattern, name);
  return fields && Object.fromEntries(fields);
}

describe('pattern of file names', () => {
  it('takes fields apart', () => {
    expect(match('{date}_{batch}_d{device}_p{pixel}', 'run/20250312_LEC-7_d3_p2.csv')).toEqual({
      date: '20250312',
      batch: 'LEC-7',
      device: '3',
      pixel: '2',
    });
    expect(match('{sample}_{row}{column}_*', 'S1_B12_iv loop.txt')).toEqual({
      sample: 'S1',
      row: 'B',
      column: '12',
    });
    expect(match('{batch}/d{device} {temperature}', 'a/B1/d7 300K.csv')).toEqual({
      batch: 'B1',
      device: '7',
      temperature: '300K',
    });
    expect(match('{batch}_d{device}', 'nothing.csv')).toBeNull();
    expect(match('{batch}/d{device}', 'd7.csv')).toBeNull();
  });

  it('text of the pattern is text, whatever it looks like', () => {
    expect(match('a.b(+){device}', 'a.b(+)9.csv')).toEqual({ device: '9' });
    expect(match('a.b(+){device}', 'axb(+)9.csv')).toBeNull();
  });

  it('says at which character it is wrong', () => {
    const at = (text: string): number | null => {
      const compiled = compileNamePattern(text);
      return compiled.ok ? null : compiled.position;
    };
    expect(at('')).toBe(0);
    expect(at('abc')).toBe(0);
    expect(at('a_{device')).toBe(2);
    expect(at('a}_{device}')).toBe(1);
    expect(at('{device}_{device}')).toBe(9);
    expect(at('{batch}{device}')).toBe(7);
    expect(at('d{de vice}')).toBe(2);
    expect(at('{row}{column}')).toBeNull();
  });

  it('long names and many fields end at once', () => {
    const compiled = compileNamePattern('{a}_{b}_{c}_{d}_{e}_{f}_{g}_{h}!');
    if (!compiled.ok) throw new Error(compiled.message);
    const started = performance.now();
    expect(matchName(compiled.pattern, '_x'.repeat(140))).toBeNull();
    expect(matchName(compiled.pattern, 'x'.repeat(100_000))).toBeNull();
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('names the device', () => {
    const device = (fields: Record<string, string>) => deviceOfFields(new Map(Object.entries(fields)));
    expect(device({ batch: 'LEC', device: '3', pixel: '2' })).toBe('LEC-3-2');
    expect(device({ row: 'b', column: '07' })).toBe('B7');
    expect(device({ row: '2', column: '3' })).toBe('B3');
    expect(device({ date: '20250101', batch: 'X' })).toBeNull();
  });

  it('fills device, date and inputs of a measurement; `files` has the last word', () => {
    const file = {
      name: '20250312_d3_310K.csv',
      bytes: new TextEncoder().encode('V (V),I (A)\n0,0\n1,1\n2,2\n'),
    };
    const settings = [{ ...NO_SETTINGS, pattern: '{date}_d{device}_{temperature}' }];
    const response = runJob({ type: 'import', file, settings });
    if (!response.ok) throw new Error(response.issues[0].message);
    const [measurement] = response.value.measurements;
    expect(measurement).toMatchObject({
      deviceId: '3',
      recordedAt: '2025-03-12',
      conditions: { temperature: { value: 310, from: 'file' } },
      metadata: { 'name: device': '3' },
    });
    const byHand = runJob({
      type: 'import',
      file,
      settings: [...settings, { ...NO_SETTINGS, files: { [file.name]: 'ref' } }],
    });
    expect(byHand.ok && byHand.value.measurements[0]!.deviceId).toBe('ref');
  });

  it('.ivory.json takes pattern, templates, files and joinChannels, and says what is wrong', () => {
    expect(
      parseFolderSettings('{"pattern":"d{device}","files":{"a.csv":"A1"},"joinChannels":false}'),
    ).toMatchObject({
      ok: true,
      value: { pattern: 'd{device}', files: { 'a.csv': 'A1' }, joinChannels: false },
    });
    expect(parseFolderSettings('{"pattern":"d{device"}').issues[0]!.message).toContain('at character 2');
    expect(parseFolderSettings('{"templates":[{}]}').issues[0]!.message).toContain('Template 1');
  });
});
