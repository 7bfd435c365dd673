import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { describe, expect, it } from 'vitest';
import { deviceId, measurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { Project } from '../../../src/model/project.ts';
import { DexieProjectRepository } from '../../../src/project/dexie-repository.ts';
import { migrate } from '../../../src/project/migrations.ts';

function measurement(name: string, values: readonly number[]): Measurement {
  const buffer = new Float64Array(1000);
  buffer.set(values);
  return {
    id: measurementId(`${name}.csv`, 0),
    kind: 'iv',
    title: name,
    curve: {
      length: values.length,
      columns: [{ role: 'voltage', label: 'V', unit: 'V', data: buffer.subarray(0, values.length) }],
      flags: new Uint8Array(values.length),
    },
    branches: [],
    deviceId: deviceId(name),
    conditions: {},
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: {
      file: `${name}.csv`,
      sha256: '0',
      format: 'generic-table',
      formatVersion: 1,
      encoding: 'utf-8',
    },
    metadata: {},
  };
}

function project(measurements: readonly Measurement[]): Project {
  return {
    schema: 1,
    title: 'run-04',
    createdWith: 'test',
    devices: [],
    measurements,
    conditions: { temperature: { value: 300, from: 'assumed' } },
    recipes: [],
    recipeOf: {},
    windows: Object.fromEntries(measurements.map(({ id }) => [id, [{ branch: '*', from: 0.3, to: 7 }]])),
    results: Object.fromEntries(measurements.map(({ id }) => [id, []])),
    failures: [],
    steps: [{ id: 1, sentence: 'Opened run-04' }],
  };
}

describe('the project store', () => {
  it('gives back what was kept, after a restart, with columns of their own size', async () => {
    const first = new DexieProjectRepository('round-trip');
    const kept = project([measurement('A1', [0, 1, 2]), measurement('A2', [Number.NaN, -0, 5e-324])]);
    const saved = await first.save('p', kept);
    expect(saved.ok && saved.value.measurements).toBe(2);
    first.close();

    const second = new DexieProjectRepository('round-trip');
    const loaded = await second.load('p');
    expect(loaded.ok).toBe(true);
    if (!loaded.ok) return;
    expect(loaded.value).toEqual(kept);
    const data = loaded.value.measurements[1]?.curve.columns[0]?.data;
    expect(Object.is(data?.[1], -0)).toBe(true);
    expect(data?.buffer.byteLength).toBe(24);
    expect(await second.list()).toMatchObject([{ id: 'p', title: 'run-04', measurements: 2 }]);
    second.close();
  });

  it('drops what left the project and keeps two projects apart', async () => {
    const store = new DexieProjectRepository('apart');
    const a = measurement('A1', [1]);
    await store.save('one', project([a, measurement('A2', [2])]));
    await store.save('two', project([measurement('A1', [9])]));
    await store.save('one', project([a]));
    const one = await store.load('one');
    const two = await store.load('two');
    expect(one.ok && one.value.measurements.map(({ title }) => title)).toEqual(['A1']);
    expect(two.ok && two.value.measurements[0]?.curve.columns[0]?.data[0]).toBe(9);
    await store.remove('one');
    expect((await store.load('one')).ok).toBe(false);
    expect((await store.load('two')).ok).toBe(true);
    store.close();
  });

  it('answers with a reason when the store holds what another version wrote', async () => {
    const store = new DexieProjectRepository('future');
    await store.save('p', project([]));
    store.close();
    const raw = new Dexie('future');
    await raw.open();
    await raw.table('projects').update('p', { 'document.schema': 99 });
    raw.close();
    const again = new DexieProjectRepository('future');
    const loaded = await again.load('p');
    expect(loaded.ok).toBe(false);
    if (!loaded.ok) expect(loaded.issues[0].message).toContain('another version');
    again.close();
  });

  it('keeps preferences', async () => {
    const store = new DexieProjectRepository('preferences');
    await store.writePreference('theme', 'dark');
    expect(await store.readPreference('theme')).toBe('dark');
    expect(await store.readPreference('missing')).toBeUndefined();
    store.close();
  });
});

describe('migrations', () => {
  it('refuse what no step leads on from', () => {
    expect(migrate(null)).toBeNull();
    expect(migrate({ schema: 'x' })).toBeNull();
    expect(migrate({ schema: 0 })).toBeNull();
    expect(migrate({ schema: 1, title: 'kept' })).toEqual({ schema: 1, title: 'kept' });
  });
});
