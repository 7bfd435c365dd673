import { describe, expect, it } from 'vitest';
import { warning } from '../../../src/base/issues.ts';
import { correlateDevices, lineThrough, pairDevices } from '../../../src/batch/correlate-devices.ts';
import { describeDevices } from '../../../src/batch/describe-devices.ts';
import { distributeDevices } from '../../../src/batch/device-distribution.ts';
import {
  collectDeviceValues,
  type DeviceCurve,
  type DeviceValue,
  type SeriesValues,
} from '../../../src/batch/device-values.ts';
import { groupDevices, suggestGrouping } from '../../../src/batch/group-devices.ts';
import { chooseCorrelated, listQuantities } from '../../../src/batch/list-series.ts';
import { proposeOutliers, scoreDevices } from '../../../src/batch/propose-outliers.ts';
import { bounded, determined, refused } from '../../../src/model/build-quantity.ts';
import { deviceId, measurementId } from '../../../src/model/ids.ts';
import type { Device } from '../../../src/model/project.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import type { AnalysisResult, Quantity } from '../../../src/model/quantity.ts';

function curve(name: string, quantities: readonly Quantity[], folder = 'run'): DeviceCurve {
  const id = measurementId(`${folder}/${name}.csv`, 0);
  const result: AnalysisResult = {
    measurementId: id,
    analysis: 'test',
    analysisVersion: 1,
    quantities,
    fits: [],
    overlays: [],
    issues: [],
  };
  return { id, device: deviceId(name), results: [result] };
}

const set = (value: number, cycle = 0): Quantity =>
  determined('setVoltage', {
    branch: '+forward',
    cycle,
    method: 'events',
    convention: 'steepest-step',
    value,
    standardUncertainty: 0.01,
  });
const SET = { id: 'setVoltage', branch: '+forward', convention: 'steepest-step' } as const;

function valuesOf(id: QuantityId, values: readonly (number | null)[]): SeriesValues {
  return {
    series: { id, branch: 'forward', convention: null },
    unit: 'V',
    devices: values.map(
      (value, k): DeviceValue => ({
        device: deviceId(`D${k}`),
        curves: [],
        status: value === null ? 'absent' : 'ok',
        value,
        bound: null,
        uncertainty: null,
        cycles: value === null ? [] : [value],
        reason: null,
      }),
    ),
  };
}

describe('one value a device', () => {
  it('takes the median of its cycles, with the error of that median', () => {
    const { devices } = collectDeviceValues([curve('A1', [set(0.8, 0), set(0.9, 1), set(1.3, 2)])], SET);
    expect(devices[0]).toMatchObject({ value: 0.9, cycles: [0.8, 0.9, 1.3], status: 'ok' });
    // sd of the three 0.264575, over root 3, times root(pi/2)
    expect(devices[0]!.uncertainty).toBeCloseTo((0.26457513 / Math.sqrt(3)) * 1.2533141, 6);
  });

  it('leaves the forming event out of the SET cycles', () => {
    const forming = determined('formingVoltage', {
      branch: '+forward',
      method: 'events',
      value: 3.1,
      standardUncertainty: null,
    });
    const { devices } = collectDeviceValues(
      [curve('A1', [set(3.1, 0), set(0.9, 1), set(0.8, 2), forming])],
      SET,
    );
    expect(devices[0]!.cycles).toEqual([0.9, 0.8]);
  });

  it('joins the curves of a device and keeps its own uncertainty where there is one value', () => {
    const { devices } = collectDeviceValues(
      [curve('A1', [set(0.8)]), curve('A1', [set(1)], 'again'), curve('A2', [set(0.7)])],
      SET,
    );
    expect(devices.map(({ value }) => value)).toEqual([0.9, 0.7]);
    expect(devices[0]!.curves).toHaveLength(2);
    expect(devices[1]!.uncertainty).toBeCloseTo(0.01, 12);
  });

  it('gives the reason of a refusal, and says where else the quantity is', () => {
    const no = refused('setVoltage', [warning('NO_SWITCHING', 'No step above the noise.')], {
      branch: '+forward',
      method: 'events',
      convention: 'steepest-step',
    });
    const other = determined('setVoltage', {
      branch: '-forward',
      method: 'events',
      convention: 'steepest-step',
      value: -1,
      standardUncertainty: null,
    });
    const found = collectDeviceValues([curve('A1', [no]), curve('A2', [other]), curve('A3', [])], SET);
    expect(found.devices.map(({ status }) => status)).toEqual(['refused', 'absent', 'absent']);
    expect(found.devices[0]!.reason).toBe('No step above the noise.');
    expect(found.devices[1]!.reason).toBe('Determined on another leg: -forward.');
    expect(found.devices[2]!.reason).toBeNull();
  });

  it('keeps a bound a bound: in the middle it makes the median one', () => {
    const atLeast = (value: number, cycle: number) =>
      bounded('setVoltage', 'lower', value, [warning('RANGE_NOT_REACHED', 'not reached')], {
        branch: '+forward',
        cycle,
        method: 'events',
        convention: 'steepest-step',
      });
    const [one] = collectDeviceValues(
      [curve('A1', [set(0.8, 0), atLeast(2, 1), atLeast(2, 2)])],
      SET,
    ).devices;
    expect(one).toMatchObject({ status: 'bound', bound: 'lower', value: 2, cycles: [0.8] });
    const [two] = collectDeviceValues([curve('A1', [set(0.8, 0), set(0.9, 1), atLeast(2, 2)])], SET).devices;
    expect(two).toMatchObject({ bound: null, value: 0.9 });
  });
});

describe('statistics between devices', () => {
  /** Mean, sd, MAD and Weibull of these ten by NumPy and SciPy. */
  const VON = [3.68, 3.79, 3.81, 3.64, 3.77, 3.73, 3.78, 3.69, 3.77, 3.7];

  it('equals NumPy and SciPy on ten devices', () => {
    const found = describeDevices(valuesOf('turnOnVoltage', VON).devices);
    expect(found.count).toBe(10);
    expect(found.median).toBeCloseTo(3.75, 12);
    expect(found.scaledMad).toBeCloseTo(0.06671699999999989, 10);
    expect(found.mean).toBeCloseTo(3.736, 12);
    expect(found.standardDeviation).toBeCloseTo(0.05621387729022073, 12);
    expect(found.meanError).toBeCloseTo(0.05621387729022073 / Math.sqrt(10), 12);
    expect(found.variation).toBeCloseTo(0.015046541030572999, 12);
    expect(found.weibull!.shape).toBeCloseTo(85.207, 2);
    expect(found.weibull!.scale).toBeCloseTo(3.7613634, 5);
    expect(found.weibull!.shapeInterval[0]).toBeLessThan(85.2);
    expect(found.weibull!.shapeInterval[1]).toBeGreaterThan(85.2);
    expect(found.cycles).toBeNull();
  });

  it('states no mean and no spread where one device has only a bound, and a Weibull law that counts it', () => {
    const devices: DeviceValue[] = valuesOf('setVoltage', [10, 30, 45, 60, 80]).devices.map((one) => one);
    for (const x of [20, 45, 100, 100, 100])
      devices.push({ ...devices[0]!, value: x, bound: 'lower', status: 'bound', cycles: [] });
    const found = describeDevices(devices);
    expect([found.count, found.bounds]).toEqual([5, 5]);
    expect([found.mean, found.standardDeviation, found.scaledMad]).toEqual([null, null, null]);
    // EX-2.15 of METHODS
    expect(found.weibull!.shape).toBeCloseTo(1.3704, 3);
    expect(found.weibull!.scale).toBeCloseTo(103.59, 1);
    // the middle two of ten are 80 and a bound that lies anywhere above 20
    expect(found.median).toBeNull();
  });

  it('takes negative voltages by their magnitude, and refuses both signs', () => {
    const negative = describeDevices(
      valuesOf(
        'resetVoltage',
        VON.map((v) => -v),
      ).devices,
    );
    expect(negative.weibull!.ofMagnitudes).toBe(true);
    expect(negative.weibull!.scale).toBeCloseTo(3.7613634, 5);
    const mixed = describeDevices(valuesOf('resetVoltage', [-1, 1, 2, 3, 4]).devices);
    expect(mixed.weibullReason).toMatch(/both signs/);
    const few = describeDevices(valuesOf('resetVoltage', [1, 2, 3, 4]).devices);
    expect(few.weibullReason).toBe('4 values; 5 are needed.');
  });

  it('keeps the scatter of cycles apart from that of devices', () => {
    const cycles = [
      [0.74, 0.77, 0.79, 0.8],
      [0.82, 0.82, 0.83],
      [0.85, 0.87, 0.91, 0.88, 0.86],
    ];
    const devices = valuesOf('setVoltage', [0.78, 0.82, 0.87]).devices.map((one, k) => ({
      ...one,
      cycles: cycles[k]!,
    }));
    const { cycles: found, standardDeviation } = describeDevices([
      ...devices,
      { ...devices[0]!, device: deviceId('single'), cycles: [0.9], value: 0.9 },
    ]);
    // F of SciPy; a device of one cycle says nothing of the scatter of cycles
    expect(found).toMatchObject({ devices: 3, cycles: 12 });
    expect(found!.f).toBeCloseTo(22.968895800933055, 9);
    expect(found!.within).toBeLessThan(found!.between!);
    expect(standardDeviation).toBeCloseTo(0.05315073, 6);
  });
});

describe('probability paper', () => {
  it('places values and keeps bounds beside them', () => {
    const devices = [
      ...valuesOf('setVoltage', [1, 2, 3, 4, 5]).devices,
      { ...valuesOf('setVoltage', [6]).devices[0]!, device: deviceId('far'), bound: 'lower' as const },
    ];
    const found = distributeDevices(devices, 'normal');
    expect(found.points.map(({ position }) => position)).toEqual(
      [1, 2, 3, 4, 5].map((i) => expect.closeTo((i - 0.3) / 6.4, 10)),
    );
    expect(found.bounds).toEqual([{ device: deviceId('far'), x: 6, bound: 'lower' }]);
    expect(found.fit).toMatchObject({ values: 5, bounds: 1 });
    // the bound lies above all: the centre is above that of the values alone
    expect(found.fit!.location).toBeGreaterThan(3);
    for (const { x, lower, upper } of found.line) {
      expect(lower).toBeLessThan(x);
      expect(upper).toBeGreaterThan(x);
    }
  });

  it('draws points without a line below five, and none on a logarithm with zero', () => {
    const few = distributeDevices(valuesOf('setVoltage', [1, 2, 3]).devices, 'weibull');
    expect(few.points).toHaveLength(3);
    expect(few.line).toEqual([]);
    expect(few.reason).toBe('A line needs 5 values.');
    expect(distributeDevices(valuesOf('setVoltage', [0, 1, 2, 3, 4]).devices, 'log-normal').points).toEqual(
      [],
    );
  });
});

describe('what goes with what', () => {
  it('pairs devices that have both, and correlates their ranks', () => {
    const x = valuesOf('turnOnVoltage', [1, 2, null, 4, 5, 6]);
    const y = valuesOf('hysteresisIndex', [10, 20, 30, null, 50, 60]);
    expect(pairDevices(x, y).map(({ device }) => device)).toEqual(['D0', 'D1', 'D4', 'D5']);
    const [cell] = correlateDevices([x, y]);
    expect(cell).toMatchObject({ row: 1, column: 0, count: 4 });
    expect(cell!.result!.rho).toBe(1);
    // 2 of the 24 orders of four are as far out
    expect(cell!.result!.p).toBeCloseTo(2 / 24, 12);
    expect(lineThrough(pairDevices(x, y))!.slope).toBeCloseTo(10, 12);
  });

  it('lists quantities by what people ask for, legs with enough devices only', () => {
    const on = (branch: 'forward' | 'reverse', value: number, convention = 'tangent') =>
      determined('turnOnVoltage', { branch, method: 'x', convention, value, standardUncertainty: null });
    const rs = determined('seriesResistance', {
      branch: 'forward',
      method: 'x',
      value: 250,
      standardUncertainty: 1,
    });
    const curves = ['A1', 'A2', 'A3'].map((name, k) =>
      curve(name, [
        rs,
        on('forward', 3.7),
        on('forward', 3.6, 'current-1mA'),
        ...(k === 0 ? [on('reverse', 2.7)] : []),
      ]),
    );
    const found = listQuantities(curves, 3);
    expect(found.map(({ key }) => key)).toEqual([
      'turnOnVoltage|tangent',
      'turnOnVoltage|current-1mA',
      'seriesResistance|',
    ]);
    expect(found[0]).toMatchObject({ branches: ['forward'], isInForce: true, devices: 3 });
    expect(found[1]!.isInForce).toBe(false);
    expect(chooseCorrelated(found, found[0]).map(({ id }) => id)).toEqual([
      'turnOnVoltage',
      'seriesResistance',
    ]);
    expect(listQuantities(curves.slice(0, 2), 3)).toEqual([]);
  });
});

describe('outliers', () => {
  const R = [240, 251, 246, 255, 249, 244, 252, 500];

  it('proposes the one far out on the logarithm, and nobody among few', () => {
    const found = proposeOutliers([valuesOf('seriesResistance', R)]);
    expect(found.map(({ device }) => device)).toEqual(['D7']);
    expect(found[0]!.score).toBeGreaterThan(3.5);
    expect(proposeOutliers([valuesOf('seriesResistance', [1, 1, 1, 100])])).toEqual([]);
  });

  it('measures a marked device against those that are counted', () => {
    const counted = valuesOf('seriesResistance', R.slice(0, 7).concat(247));
    const apart: SeriesValues = {
      ...counted,
      devices: [{ ...counted.devices[0]!, device: deviceId('out'), value: 500 }],
    };
    const scores = scoreDevices(counted, apart);
    expect(scores.get(deviceId('out'))!).toBeGreaterThan(3.5);
    expect(Math.abs(scores.get(deviceId('D0'))!)).toBeLessThan(3.5);
  });
});

describe('groups of devices', () => {
  const device = (name: string, row: string | null, column: number | null, note = ''): Device => ({
    id: deviceId(name),
    name,
    row,
    column,
    mark: null,
    note,
    conditions: {},
  });
  const at = (one: Device, folder: string) => ({
    device: one,
    curves: [measurementId(`${folder}/x.csv`, 0)],
  });
  const all = [
    at(device('A1', 'A', 1), 'run'),
    at(device('A2', 'A', 2, 'annealed'), 'run'),
    at(device('B1', 'B', 1), 'run'),
    at(device('B2', 'B', 2), 'other'),
    at(device('LEC-3', null, null), 'other'),
  ];

  it('by row, column, folder, kind and tag; devices without a group last', () => {
    const names = (by: Parameters<typeof groupDevices>[0]) =>
      groupDevices(by, all).map(({ name, devices }) => `${name}:${devices.length}`);
    expect(names('row')).toEqual(['row A:2', 'row B:2', ':1']);
    expect(names('column')).toEqual(['column 1:2', 'column 2:2', ':1']);
    expect(names('folder')).toEqual(['other:2', 'run:3']);
    expect(names('kind')).toEqual(['LEC:1', ':4']);
    expect(names('tag')).toEqual(['annealed:1', ':4']);
    expect(names('none')).toEqual(['all:5']);
  });

  it('suggests rows where there are some, else folders, else none', () => {
    expect(suggestGrouping(all)).toBe('row');
    const free = all.map(({ device: one, curves }) => ({
      device: { ...one, row: null, column: null },
      curves,
    }));
    expect(suggestGrouping(free)).toBe('folder');
    expect(suggestGrouping(free.slice(0, 2))).toBe('none');
  });
});
