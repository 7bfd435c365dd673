import { describe, expect, it } from 'vitest';
import {
  groupAsDevice,
  joinByHand,
  keepApart,
  nameByPattern,
  whyNotJoined,
} from '../../../renderer/state/group-actions.ts';
import { commit, moveTo, present, startHistory } from '../../../renderer/state/history.ts';
import { addFiles, landFile } from '../../../renderer/state/project-actions.ts';
import { fromProject, toProject } from '../../../renderer/state/stored-project.ts';
import { EMPTY_WORKSPACE, inputKey, type Workspace } from '../../../renderer/state/workspace.ts';
import { importFile } from '../../../src/importers/import-file.ts';
import type { MeasurementId } from '../../../src/model/ids.ts';

const VOLTAGES = Array.from({ length: 61 }, (_, k) => 0.1 * k);
const LIGHT = VOLTAGES.map((v) => `${v.toFixed(2)},${(1e-9 * Math.max(0, v - 2)).toExponential(4)}`).join(
  '\n',
);
const TEXTS: Readonly<Record<string, string>> = {
  'monday.csv': `Voltage (V),Current (A)\n${VOLTAGES.map((v) => `${v.toFixed(2)},${(1e-9 * (1 + v)).toExponential(4)}`).join('\n')}\n`,
  'meter7.csv': `Voltage (V),Light (W)\n${LIGHT}\n`,
  'lamp.csv': `Wavelength (nm),Intensity (counts)\n${Array.from({ length: 401 }, (_, k) => `${450 + 0.5 * k},${(3e4 * Math.exp(-(((k - 200) / 20) ** 2) / 2) + Math.sin(9 * k)).toFixed(2)}`).join('\n')}\n`,
};
const [SWEEP, METER, LAMP] = Object.keys(TEXTS).map((name) => `${name}#0`) as [
  MeasurementId,
  MeasurementId,
  MeasurementId,
];

function open(): Workspace {
  const files = Object.keys(TEXTS).map((name) => ({
    name,
    size: 1,
    sha256: name,
    format: 'generic-table',
    state: 'read' as const,
    issues: [],
    measurements: [],
  }));
  return files.reduce(
    (workspace, file) => {
      const bytes = new TextEncoder().encode(TEXTS[file.name]!);
      const result = importFile({ name: file.name, bytes, sha256: file.name });
      if (!result.ok) throw new Error(result.issues[0].message);
      const { measurements } = result.value;
      return landFile(workspace, { ...file, measurements: measurements.map(({ id }) => id) }, measurements);
    },
    addFiles(EMPTY_WORKSPACE, files),
  );
}
const devicesOf = (workspace: Workspace): Record<string, string> =>
  Object.fromEntries(workspace.order.map((id) => [id, workspace.measurements[id]!.deviceId]));

describe('grouping by hand', () => {
  it('makes files of any name one device; the devices they were are gone', () => {
    const before = open();
    expect(Object.values(devicesOf(before))).toEqual(['lamp', 'meter7', 'monday']);
    const after = groupAsDevice(before, [SWEEP, METER, LAMP], ' LEC-3 ');
    expect(Object.keys(after.devices)).toEqual(['LEC-3']);
    expect(new Set(Object.values(devicesOf(after)))).toEqual(new Set(['LEC-3']));
  });

  it('joins a sweep and its light, gives the energy of the spectrum of its device, and takes all back', () => {
    const grouped = groupAsDevice(open(), [SWEEP, METER, LAMP], 'LEC-3');
    expect(grouped.measurements[SWEEP]!.conditions.photonEnergy).toBeUndefined();
    const joined = joinByHand(grouped, [SWEEP, METER]);
    expect(joined.order).toEqual([LAMP, SWEEP]);
    expect(joined.files.map(({ name, measurements }) => [name, measurements.length])).toEqual([
      ['monday.csv', 1],
      ['meter7.csv', 0],
      ['lamp.csv', 1],
    ]);
    const curve = joined.measurements[SWEEP]!;
    expect(curve.curve.columns.map(({ role }) => role)).toEqual(['voltage', 'current', 'light']);
    // 1239.841984 eV nm over the peak at 550 nm
    expect(curve.conditions.photonEnergy!.value).toBeCloseTo(1239.841984 / 550, 3);
    expect(inputKey(joined, SWEEP)).not.toBe(inputKey(grouped, SWEEP));

    const apart = keepApart(joined, [SWEEP, LAMP]);
    expect(devicesOf(apart)).toEqual({ [LAMP]: 'lamp', [METER]: 'meter7', [SWEEP]: 'monday' });
    const light = apart.measurements[METER]!;
    expect([...light.curve.columns[1]!.data]).toEqual([
      ...open().measurements[METER]!.curve.columns[1]!.data,
    ]);
    expect(light.curve.columns.map(({ label }) => label)).toEqual(['Voltage (V)', 'Light (W)']);
    expect(light.source).toEqual(open().measurements[METER]!.source);
    expect(apart.measurements[SWEEP]!.conditions.photonEnergy).toBeUndefined();
    expect(apart.files.map(({ measurements }) => measurements.length)).toEqual([1, 1, 1]);
  });

  it('says why curves cannot be one, and leaves them as they are', () => {
    const workspace = open();
    expect(whyNotJoined(workspace, [SWEEP, METER])).toBeNull();
    expect(whyNotJoined(workspace, [SWEEP])).toContain('one curve alone');
    expect(whyNotJoined(workspace, [SWEEP, LAMP])).toContain('only traces of one time axis');
    expect(joinByHand(workspace, [SWEEP, LAMP])).toBe(workspace);
  });

  it('is one step of undo and kept with the project', () => {
    const start = commit(startHistory(EMPTY_WORKSPACE), 'files added', open());
    const done = commit(
      start,
      'grouped',
      joinByHand(groupAsDevice(open(), [SWEEP, METER], 'LEC-3'), [SWEEP, METER]),
    );
    expect(devicesOf(present(moveTo(done, done.index - 1)).workspace)).toEqual(devicesOf(open()));
    const { workspace } = { workspace: fromProject(toProject(done, {})) };
    expect(devicesOf(workspace)).toEqual({ [LAMP]: 'lamp', [SWEEP]: 'LEC-3' });
    expect(workspace.measurements[SWEEP]!.curve.columns[2]!.origin!.source!.file).toBe('meter7.csv');
    expect(keepApart(workspace, [SWEEP]).measurements[METER]!.title).toBe('meter7');
  });

  it('reads file names by a pattern: device, date and conditions where the name fits, the rest untouched', () => {
    const before = open();
    const after = nameByPattern(before, 'mo{device}');
    expect(devicesOf(after)).toEqual({ [LAMP]: 'lamp', [METER]: 'meter7', [SWEEP]: 'nday' });
    expect(after.measurements[METER]).toBe(before.measurements[METER]);
    expect(after.measurements[SWEEP]!.metadata['name: device']).toBe('nday');
    expect(Object.keys(after.devices).sort()).toEqual(['lamp', 'meter7', 'nday']);
    expect(nameByPattern(before, 'x{device}')).toEqual({ ...before, order: before.order });
  });
});
