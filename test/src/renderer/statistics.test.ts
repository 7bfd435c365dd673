import { describe, expect, it } from 'vitest';
import { signedColour } from '../../../renderer/plot/signed-scale.ts';
import { axisKind, valueAxis } from '../../../renderer/plot/value-axis.ts';
import { textOn } from '../../../renderer/plot/viridis.ts';
import { buildBatchTable } from '../../../renderer/state/batch-table.ts';
import { nameDevices } from '../../../renderer/state/device-selection.ts';
import { markDevice } from '../../../renderer/state/project-actions.ts';
import { keepOutcome, type Results } from '../../../renderer/state/results.ts';
import { describeSelection } from '../../../renderer/state/selection-sentence.ts';
import { buildStatistics, pickPair } from '../../../renderer/state/statistics.ts';
import { buildRows, writeCorrelations, writeStatistics } from '../../../renderer/state/statistics-table.ts';
import { INITIAL_VIEW, KEPT, type StatisticsChoice } from '../../../renderer/state/view-state.ts';
import { EMPTY_WORKSPACE, inputKey, newDevice, type Workspace } from '../../../renderer/state/workspace.ts';
import { error } from '../../../src/base/issues.ts';
import { determined, refused } from '../../../src/model/build-quantity.ts';
import { deviceId, measurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { Quantity } from '../../../src/model/quantity.ts';

const NAMES = ['A1', 'A2', 'A3', 'A4', 'A5', 'B1', 'B2', 'B3', 'B4', 'B5'];
/** V_on of ten devices; the last far out, one refused. */
const VON = [3.68, 3.79, 3.81, 3.64, 3.77, 3.73, 3.78, 3.69, null, 5.2];

function measure(name: string): Measurement {
  return {
    id: measurementId(`run/${name}.csv`, 0),
    kind: 'iv',
    title: name,
    curve: { length: 0, columns: [], flags: new Uint8Array() },
    branches: [],
    deviceId: deviceId(name),
    conditions: {},
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: { file: `run/${name}.csv`, sha256: name, format: 'x', formatVersion: 1, encoding: 'utf-8' },
    metadata: {},
  };
}

function quantities(value: number | null, k: number): Quantity[] {
  const head = { branch: 'forward', method: 'x', convention: 'tangent' } as const;
  return [
    value === null
      ? refused('turnOnVoltage', [error('NO_DATA', 'The curve never leaves the noise.')], head)
      : determined('turnOnVoltage', { ...head, value, standardUncertainty: 0.02 }),
    determined('seriesResistance', {
      branch: 'forward',
      method: 'x',
      value: 240 + k,
      standardUncertainty: 1,
    }),
  ];
}

function makeWork(): { workspace: Workspace; results: Results } {
  const measurements = NAMES.map(measure);
  const workspace: Workspace = {
    ...EMPTY_WORKSPACE,
    measurements: Object.fromEntries(measurements.map((one) => [one.id, one])),
    order: measurements.map(({ id }) => id),
    devices: Object.fromEntries(NAMES.map((name) => [name, newDevice(deviceId(name))])),
    files: [
      {
        name: 'run/C6.csv',
        size: 1,
        sha256: '',
        format: null,
        state: 'failed',
        issues: [error('TRUNCATED', 'C6 ends early.')],
        measurements: [],
      },
    ],
  };
  const results = measurements.reduce<Results>(
    (now, measurement, k) =>
      keepOutcome(now, inputKey(workspace, measurement.id), {
        measurement,
        recipe: 'lec-iv',
        conditioned: null,
        results: [
          {
            measurementId: measurement.id,
            analysis: 'x',
            analysisVersion: 1,
            quantities: quantities(VON[k]!, k),
            fits: [],
            overlays: [],
            issues: [],
          },
        ],
      }),
    {},
  );
  return { workspace, results };
}

const CHOICE: StatisticsChoice = INITIAL_VIEW.statistics;

describe('the model of the Statistics view', () => {
  const { workspace, results } = makeWork();
  const model = buildStatistics(workspace, results, CHOICE);

  it('takes the definition in force of what people ask for first, and groups by row', () => {
    expect(model.choice).toMatchObject({ id: 'turnOnVoltage', convention: 'tangent' });
    expect(model.by).toBe('row');
    expect(model.deviceGroups.map(({ name }) => name)).toEqual(['row A', 'row B']);
    expect(model.legs[0]!.statistics.count).toBe(9);
  });

  it('names who is missing with the reason, and the file that gave none', () => {
    expect(model.total).toBe(11);
    expect(model.leftOut.unreadable.map(({ name }) => name)).toEqual(['run/C6.csv']);
    expect(model.leftOut.missing).toEqual([
      { device: 'B4', reason: 'The curve never leaves the noise.', leg: '' },
    ]);
    expect(model.proposals.map(({ device }) => device)).toEqual(['B5']);
  });

  it('counts no marked device, keeps it in sight, and undoes that by one mark', () => {
    const marked = markDevice(workspace, deviceId('B5'), 'outlier');
    const after = buildStatistics(markDevice(marked, deviceId('A1'), 'dead'), results, CHOICE);
    expect(after.leftOut.outliers).toEqual(['B5']);
    expect(after.leftOut.dead).toEqual(['A1']);
    expect(after.legs[0]!.statistics).toMatchObject({ count: 7, most: 3.81 });
    expect(after.legs[0]!.apart.devices.map(({ value }) => value)).toEqual([5.2]);
    expect(after.legs[0]!.scores.get(deviceId('B5'))!).toBeGreaterThan(3.5);
    expect(after.groupsApart.get(deviceId('B5'))).toBe('row B');
    expect(after.proposals).toEqual([]);
    const again = buildStatistics(markDevice(marked, deviceId('B5'), null), results, CHOICE);
    expect(again.legs[0]!.statistics).toEqual(model.legs[0]!.statistics);
  });

  it('does not count results for other inputs', () => {
    const changed: Workspace = { ...workspace, recipeOf: { [workspace.order[0]!]: 'rram-iv' } };
    expect(buildStatistics(changed, results, CHOICE).legs[0]!.statistics.count).toBe(8);
  });

  it('puts the asked pair into the scatter, else the strongest with the quantity in hand', () => {
    const own = pickPair(model.correlations, null)!;
    expect([own.x.series.id, own.y.series.id]).toEqual(['turnOnVoltage', 'seriesResistance']);
    const asked = pickPair(model.correlations, {
      x: 'seriesResistance|forward|',
      y: 'turnOnVoltage|forward|tangent',
    })!;
    expect(asked.x.series.id).toBe('seriesResistance');
  });

  it('says what the selection is and draws no conclusion', () => {
    const words = describeSelection(model, new Set([deviceId('A2'), deviceId('B2')]));
    expect(words).toMatch(/^The selected two lie in rows A and B\./);
    expect(words).toContain('Their median is 3.79\u202fV, that of all 9 is 3.77\u202fV.');
    expect(describeSelection(model, new Set())).toMatch(/^The medians of 2 groups lie between/);
  });

  it('writes the table in full precision with units, and why there is no number', () => {
    const text = writeStatistics(model);
    const cells = new Map(
      text
        .trimEnd()
        .split('\n')
        .map((line) => [line.split('\t')[0]!, line.split('\t')]),
    );
    expect(cells.get('devices')).toEqual(['devices', '1', '9']);
    expect(cells.get('median')).toEqual(['median', 'V', '3.77']);
    expect(Number(cells.get('mean')![2])).toBeCloseTo(3.8988888888888886, 12);
    expect(cells.get('cycles')![2]).toBe('');
    expect(writeCorrelations(model.correlations).split('\n')[1]).toMatch(
      /^seriesResistance forward\tturnOnVoltage forward tangent\t/,
    );
    const rows = buildRows(model.legs);
    expect(rows.map(({ label }) => label)).toContain('MAD × 1.483');
    expect(rows.some(({ startsCycles }) => startsCycles)).toBe(false);
  });
});

describe('the table of the batch', () => {
  const { workspace, results } = makeWork();

  it('names the rows far from the others, a marked one by its distance from those that are not', () => {
    const far = (work: Workspace) =>
      Object.fromEntries(buildBatchTable(work, results, work.order).rows.map((row) => [row.name, row.far]));
    const before = far(workspace);
    expect(before['B5']!.map(({ symbol }) => symbol)).toEqual(['V_on']);
    expect(before['A1']).toEqual([]);
    const after = far(markDevice(workspace, deviceId('B5'), 'outlier'));
    expect(after['B5']![0]!.score).toBeGreaterThan(3.5);
    const dead = far(markDevice(workspace, deviceId('B5'), 'dead'));
    expect(dead['B5']).toEqual([]);
  });

  it('shows the columns asked for, and what suits the curves without a wish or when none is there', () => {
    const table = buildBatchTable(workspace, results, workspace.order);
    expect(table.offered.map(({ symbol }) => symbol)).toEqual(['V_on', 'R_s']);
    const keys = (asked: readonly string[] | null) =>
      buildBatchTable(workspace, results, workspace.order, asked).columns.map(({ symbol }) => symbol);
    expect(keys(null)).toEqual(['V_on', 'R_s']);
    expect(keys([table.offered[1]!.key])).toEqual(['R_s']);
    expect(keys(['peakWavelength '])).toEqual(['V_on', 'R_s']);
  });
});

describe('axes and colours of the panels', () => {
  it('lets one stray of many go off the scale, and none of few', () => {
    const many = Array.from({ length: 20 }, (_, i) => 3.7 + 0.01 * i);
    const axis = valueAxis([...many, 9], 'V', 'linear', 5);
    expect(axis.high).toBeLessThan(4);
    expect(axis.place(9)).toBeGreaterThan(axis.high);
    expect(valueAxis([1, 1.1, 1.2, 1.25, 9], 'V', 'linear', 5).high).toBeGreaterThan(9);
    expect(valueAxis([...many, 9], 'V', 'linear', 5, [9]).high).toBeGreaterThan(9);
  });

  it('labels a short logarithmic axis at round values, a long one by decades', () => {
    const short = valueAxis([3.6, 3.9], 'V', 'log', 4);
    expect(short.ticks.length).toBeGreaterThan(2);
    expect(short.place(3.7)).toBeCloseTo(Math.log10(3.7), 12);
    const long = valueAxis([1e3, 1e7], 'ohm', 'log', 4);
    expect(long.unit).toBe('');
    expect(long.ticks.map(({ text }) => text)).toContain('1\u202fMΩ');
    expect(axisKind([1, 2, 40])).toBe('log');
    expect(axisKind([-1, 2, 40])).toBe('linear');
  });

  it('paints -1, 0 and 1 in the colours of the design, with text that can be read', () => {
    expect([signedColour(-1), signedColour(0), signedColour(1)]).toEqual(['#569cd4', '#f6f5f2', '#e68a42']);
    for (let rho = -1; rho <= 1; rho += 0.05) {
      const colour = signedColour(rho);
      const channel = (at: number) => {
        const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      };
      const light = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
      const ratio = textOn(colour) === '#000' ? (light + 0.05) / 0.05 : 1.05 / (light + 0.05);
      expect(ratio, colour).toBeGreaterThan(4.6);
    }
  });

  it('names devices in a sentence and keeps its choices with the project', () => {
    expect(nameDevices(['A1'])).toBe('A1');
    expect(nameDevices(['A1', 'A2', 'A3'])).toBe('A1, A2 and A3');
    expect(nameDevices(['A1', 'A2', 'A3', 'A4'])).toBe('A1, A2 and 2 more');
    expect(KEPT.statistics).toBe('project');
  });
});
