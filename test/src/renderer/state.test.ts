import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../renderer/commands/commands.ts';
import { nameKey } from '../../../renderer/commands/keyboard.ts';
import { type FolderSet, folderConditions, settingsFor } from '../../../renderer/state/add-files.ts';
import { type BatchRow, sortRows } from '../../../renderer/state/batch-table.ts';
import { writeTsv } from '../../../renderer/state/copy-table.ts';
import { parseFilter } from '../../../renderer/state/filter-curves.ts';
import { amendFrom, commit, moveTo, present, startHistory } from '../../../renderer/state/history.ts';
import { NO_JOBS, secondsLeft, writeTimeLeft } from '../../../renderer/state/jobs.ts';
import { forEachLimited, freeName } from '../../../renderer/state/plan-files.ts';
import { addFiles, clearWindows, setWindow } from '../../../renderer/state/project-actions.ts';
import { currentOutcome, keepOutcome, settleDraft } from '../../../renderer/state/results.ts';
import { createStore } from '../../../renderer/state/store.ts';
import { INITIAL_VIEW, KEPT } from '../../../renderer/state/view-state.ts';
import {
  EMPTY_WORKSPACE,
  type FileEntry,
  inputKey,
  placeOnArray,
  type Workspace,
} from '../../../renderer/state/workspace.ts';
import { Latest } from '../../../renderer/workers/latest.ts';
import { error } from '../../../src/base/issues.ts';
import { determined, refused } from '../../../src/model/build-quantity.ts';
import { deviceId, measurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';

const ID = measurementId('A3.csv', 0);
const MEASUREMENT: Measurement = {
  id: ID,
  kind: 'iv',
  title: 'A3',
  curve: { length: 0, columns: [], flags: new Uint8Array() },
  branches: [],
  deviceId: deviceId('A3'),
  conditions: {},
  instrument: { vendor: null, model: null, serial: null },
  recordedAt: null,
  source: { file: 'A3.csv', sha256: 'aa', format: 'generic-table', formatVersion: 1, encoding: 'utf-8' },
  metadata: {},
};
const WORKSPACE: Workspace = { ...EMPTY_WORKSPACE, measurements: { [ID]: MEASUREMENT }, order: [ID] };
const OUTCOME: MeasurementOutcome = {
  measurement: MEASUREMENT,
  recipe: 'lec-iv',
  results: [],
  conditioned: null,
};

describe('the store', () => {
  it('tells listeners of a new value and of nothing else', () => {
    const store = createStore(1);
    let told = 0;
    const stop = store.subscribe(() => {
      told += 1;
    });
    store.set(1);
    store.set((now) => now + 1);
    stop();
    store.set(9);
    expect([told, store.get()]).toEqual([1, 9]);
  });
});

describe('undo', () => {
  it('goes back and forth over steps, and a new step takes the place of those undone', () => {
    let history = startHistory(EMPTY_WORKSPACE);
    const a = { ...EMPTY_WORKSPACE, title: 'a' };
    const b = { ...EMPTY_WORKSPACE, title: 'b' };
    history = commit(commit(history, 'a', a), 'b', b);
    history = moveTo(history, history.index - 1);
    expect(present(history).workspace).toBe(a);
    history = commit(history, 'c', { ...a, title: 'c' });
    expect(history.entries.map((entry) => entry.sentence)).toEqual(['', 'a', 'c']);
    expect(moveTo(history, 99)).toBe(history);
  });

  it('a file that is read later is there in all states since it was asked for, and in none before', () => {
    const entry: FileEntry = {
      name: 'x',
      size: 1,
      sha256: '',
      format: null,
      state: 'waiting',
      issues: [],
      measurements: [],
    };
    let history = startHistory(EMPTY_WORKSPACE);
    history = commit(history, 'files added', addFiles(EMPTY_WORKSPACE, [entry]));
    const step = present(history).id;
    history = commit(history, 'renamed', { ...present(history).workspace, title: 'later' });
    history = amendFrom(history, step, (w) => ({
      ...w,
      files: w.files.map((file) => ({ ...file, state: 'read' })),
    }));
    expect(history.entries.map(({ workspace }) => workspace.files[0]?.state)).toEqual([
      undefined,
      'read',
      'read',
    ]);
  });
});

describe('results are a function of what they were made from', () => {
  it('a window makes them out of date, and undoing it finds the old fit again', () => {
    const key = inputKey(WORKSPACE, ID);
    const moved = setWindow(WORKSPACE, ID, 'forward', [7, 0.3]);
    expect(moved.windows[ID]).toEqual([{ branch: 'forward', from: 0.3, to: 7 }]);
    let results = keepOutcome({}, key, OUTCOME);
    expect(currentOutcome(results, moved, ID)?.outOfDate).toBe(true);
    const refitted: MeasurementOutcome = { ...OUTCOME, recipe: 'refitted' };
    results = keepOutcome(results, inputKey(moved, ID), refitted);
    expect(currentOutcome(results, moved, ID)?.outcome).toBe(refitted);
    expect(currentOutcome(results, clearWindows(moved, ID), ID)?.outcome).toBe(OUTCOME);
  });
});

describe('fits of a window in the hand', () => {
  it('take the place of one another and never push out a fit that a step rests on', () => {
    let results = keepOutcome({}, inputKey(WORKSPACE, ID), OUTCOME);
    for (let i = 0; i < 40; i++) results = keepOutcome(results, `drag ${i}`, OUTCOME, true);
    expect(results[ID]?.map((kept) => kept.key)).toEqual([inputKey(WORKSPACE, ID), 'drag 39']);
    results = settleDraft(results, ID, 'drag 39');
    results = keepOutcome(results, 'drag 40', OUTCOME, true);
    expect(results[ID]?.length).toBe(3);
  });
});

describe('folders', () => {
  const settings = (temperature: number, area?: number) => ({
    conditions: {
      temperature: { value: temperature, from: 'folder' as const },
      ...(area ? { area: { value: area, from: 'folder' as const } } : {}),
    },
    devices: { A3: { area: { value: 5e-7, from: 'device' as const } } },
    channels: {},
  });
  const set: FolderSet = {
    settings: new Map([
      ['', settings(300, 1e-6)],
      ['run/hot', settings(350)],
    ]),
    issues: [],
    files: [],
  };

  it('the inner folder wins over the outer, the device table over both', () => {
    const inForce = folderConditions(settingsFor(set, 'run/hot/A3.csv'), MEASUREMENT);
    expect(inForce.temperature?.value).toBe(350);
    expect(inForce.area?.value).toBe(5e-7);
    expect(settingsFor(set, 'A3.csv').length).toBe(1);
  });

  it('devices named by row and column find their place', () => {
    expect(placeOnArray('C12')).toEqual({ row: 'C', column: 12 });
    expect(placeOnArray('LEC-1')).toEqual({ row: null, column: null });
  });
});

describe('files of the same name', () => {
  it('a second one gets a name of its own; nothing is replaced in silence', () => {
    const taken = new Set(['A1.csv', 'run-2/A1.csv', 'run-2/A1 (2).csv', 'deep.er/B']);
    const free = (name: string) => freeName(name, 'run-2', (wanted) => taken.has(wanted));
    expect(free('B1.csv')).toBe('B1.csv');
    expect(free('A1.csv')).toBe('run-2/A1 (3).csv');
    expect(free('deep.er/B')).toBe('run-2/deep.er/B');
  });

  it('never more at work than allowed, and all of them', async () => {
    let now = 0;
    let most = 0;
    const done: number[] = [];
    await forEachLimited([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      done.push(item);
    });
    expect(most).toBe(3);
    expect(done.length).toBe(7);
  });
});

describe('filter', () => {
  const one = {
    name: 'A3 A3_iv.csv',
    shape: 'flagged' as const,
    device: {
      id: deviceId('A3'),
      name: 'A3',
      row: 'A',
      column: 3,
      mark: null,
      note: 'scratched',
      conditions: {},
    },
    quantities: [determined('turnOnVoltage', { value: 3.95, method: 'tangent' })],
  };

  it.each([
    ['a3', true],
    ['V_on > 3.9', true],
    ['V_on > 4', false],
    ['turnOnVoltage <= 3.95', true],
    ['is:flagged, row = A', true],
    ['row = C', false],
    ['scratched', true],
    ['', true],
  ])('%s', (text, expected) => {
    expect(parseFilter(text)(one)).toBe(expected);
  });
});

describe('the results table', () => {
  const row = (device: string, value: number | null): BatchRow => ({
    id: measurementId(device, 0),
    device,
    name: device,
    title: device,
    shape: 'ok',
    cells: new Map(value === null ? [] : [['k', determined('turnOnVoltage', { value, method: 'x' })]]),
    chiSquare: null,
    note: '',
    noteTone: 'why',
    far: [],
  });
  const rows = [row('A10', 2), row('A2', 3), row('A1', null)];
  const names = (key: string, down: boolean) => sortRows(rows, [{ key, down }]).map((one) => one.device);

  it('sorts names as people count and leaves rows without a value last, both ways', () => {
    expect(names('device', false)).toEqual(['A1', 'A2', 'A10']);
    expect(names('k', false)).toEqual(['A10', 'A2', 'A1']);
    expect(names('k', true)).toEqual(['A2', 'A10', 'A1']);
  });

  it('copies in full precision, empty where there is no value, and guards against formulas', () => {
    const text = writeTsv('=A3', [
      determined('seriesResistance', {
        value: 254.123456789,
        standardUncertainty: 0.4,
        method: 'x',
        branch: 'forward',
      }),
      refused('photocurrent', [error('INPUT_MISSING', 'No light.', { subject: 'light' })], { method: 'x' }),
    ]);
    const [, first, second] = text.split('\n').map((line) => line.split('\t'));
    expect(first?.slice(0, 8)).toEqual([
      "'=A3",
      'seriesResistance',
      'R_s',
      'forward',
      '',
      '254.123456789',
      '0.4',
      'ohm',
    ]);
    expect(second?.[5]).toBe('');
    expect(second?.at(-1)).toBe('INPUT_MISSING(light)');
  });
});

describe('progress', () => {
  it('tells the time left from three files on, by the pace so far', () => {
    const jobs = { ...NO_JOBS, kind: 'running' as const, total: 24, done: 2, startedAt: 0 };
    expect(secondsLeft(jobs, 1000)).toBeNull();
    expect(secondsLeft({ ...jobs, done: 4 }, 2000)).toBe(10);
    expect(writeTimeLeft(10)).toBe('about 10 s left');
    expect(writeTimeLeft(240)).toBe('about 4 min left');
  });
});

describe('newest request wins', () => {
  it('runs the first and the last of many that are asked while it is at work', async () => {
    const done: number[] = [];
    let idle: () => void = () => {};
    const finished = new Promise<void>((resolve) => {
      idle = resolve;
    });
    const latest = new Latest<number, number>(
      (request) => Promise.resolve(request * 10),
      (request) => done.push(request),
      () => idle(),
    );
    for (const request of [1, 2, 3, 4]) latest.ask(request);
    await finished;
    expect(done).toEqual([1, 4]);
  });
});

describe('keys and view state', () => {
  it('no key has two commands, and every command has a unique id', () => {
    const keys = COMMANDS.flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(COMMANDS.map((command) => command.id)).size).toBe(COMMANDS.length);
  });

  it.each([
    [{ key: 'z', ctrlKey: true, shiftKey: true }, 'Ctrl Shift Z'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'ArrowLeft', altKey: true }, 'Alt ←'],
    [{ key: 'k', metaKey: true }, 'Ctrl K'],
  ])('%j', (event, expected) => {
    expect(nameKey(event as KeyboardEvent)).toBe(expected);
  });

  it('says of every key of the view where it is kept', () => {
    expect(Object.keys(KEPT).sort()).toEqual(Object.keys(INITIAL_VIEW).sort());
  });
});
