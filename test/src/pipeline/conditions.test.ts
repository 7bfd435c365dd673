import { describe, expect, it } from 'vitest';
import { deviceId, measurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { checkPlausible, parseConditions, resolveConditions } from '../../../src/pipeline/conditions.ts';
import { applyChannels, parseFolderSettings } from '../../../src/pipeline/folder-settings.ts';

function measurementOf(conditions: Measurement['conditions'], device = 'A3'): Measurement {
  const column = (label: string) => ({
    role: 'other' as const,
    label,
    unit: 'V' as const,
    data: new Float64Array(2),
  });
  return {
    id: measurementId('a.csv', 0),
    kind: 'waveform',
    title: 'a',
    curve: { length: 2, columns: [column('CH1'), column('CH2')], flags: new Uint8Array(2) },
    branches: [],
    deviceId: deviceId(device),
    conditions,
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: { file: 'a.csv', sha256: '', format: 'x', formatVersion: 1, encoding: 'utf-8' },
    metadata: {},
  };
}

function unwrap<T>(result: { ok: true; value: T } | { ok: false; issues: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

describe('inputs of a measurement', () => {
  it('names every wrong input, not only the first', () => {
    const parsed = parseConditions({ thicknes: '800nm', area: '3 apples', transition: '5:95' }, 'user');
    expect(parsed.ok).toBe(false);
    expect(parsed.issues.map((issue) => issue.subject)).toEqual(['thicknes', 'area', 'transition']);
  });

  it('takes words where CONTRACT has them and a pair of levels', () => {
    const given = { complianceCurrent: 'none', levels: '0.1:2.5', polarity: '-1', transition: '20:80' };
    const conditions = unwrap(parseConditions(given, 'user'));
    expect(conditions.complianceCurrent?.value).toBe('none');
    expect(conditions.levels?.value).toBe('0.1:2.5');
    expect(conditions.polarity?.value).toBe('-1');
    expect(conditions.transition?.value).toBe('20:80');
  });

  it('keeps an implausible input and says so with the numbers', () => {
    const conditions = unwrap(parseConditions({ thickness: '800 m', temperature: '300K' }, 'user'));
    const [issue, ...rest] = checkPlausible(conditions);
    expect(rest).toEqual([]);
    expect(issue?.code).toBe('INPUT_IMPLAUSIBLE');
    expect(issue?.subject).toBe('thickness');
    expect(issue?.message).toContain('800');
  });

  it('lets the command line win over the device, the device over the folder, the folder over the file', () => {
    const outer = unwrap(
      parseFolderSettings('{"area":"1 mm2","thickness":"500nm","devices":{"A3":{"temperature":"310K"}}}'),
    );
    const inner = unwrap(parseFolderSettings('{"thickness":"800+-40nm","temperature":"290K"}'));
    const user = unwrap(parseConditions({ loadResistance: '50' }, 'user'));
    const measurement = measurementOf({
      area: { value: 9e-6, from: 'file' },
      complianceCurrent: { value: 1e-3, from: 'file' },
    });
    const resolved = resolveConditions(measurement, [outer, inner], user);
    expect(resolved).toEqual({
      area: { value: 1e-6, from: 'folder' },
      thickness: { value: 8e-7, standardUncertainty: 4e-8, from: 'folder' },
      temperature: { value: 310, from: 'device' },
      loadResistance: { value: 50, from: 'user' },
      complianceCurrent: { value: 1e-3, from: 'file' },
    });
    expect(
      resolveConditions({ ...measurement, deviceId: deviceId('B1') }, [outer, inner], user).temperature,
    ).toEqual({
      value: 290,
      from: 'folder',
    });
  });

  it('gives columns the roles the folder declares', () => {
    const settings = unwrap(parseFolderSettings('{"channels":{"CH1":"stimulus","CH2":"light"}}'));
    const roles = applyChannels(measurementOf({}), [settings]).curve.columns.map((column) => column.role);
    expect(roles).toEqual(['stimulus', 'light']);
  });

  it.each([
    ['{"area":', 'UNREADABLE'],
    ['[1]', 'UNREADABLE'],
    ['{"channels":{"CH1":"sound"}}', 'WRONG_USE'],
    ['{"devices":[]}', 'WRONG_USE'],
    ['{"area":{"value":1}}', 'WRONG_USE'],
    ['{"__proto__":{"polluted":1}}', 'WRONG_USE'],
  ])('refuses %s as %s and names the file', (text, code) => {
    const parsed = parseFolderSettings(text, 'batch/.ivory.json');
    expect(parsed.ok).toBe(false);
    expect(parsed.issues[0]?.code).toBe(code);
    expect(parsed.issues[0]?.at?.file).toBe('batch/.ivory.json');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
