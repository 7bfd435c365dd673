import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readValue, setDrive, setParameters } from '../../../../renderer/state/simulator/edit-setup.ts';
import { fitTaskOf, landFit } from '../../../../renderer/state/simulator/fit-request.ts';
import { sweepTextOf } from '../../../../renderer/state/simulator/read-drive.ts';
import { groupRows } from '../../../../renderer/state/simulator/rows.ts';
import { recordFor, taskOf } from '../../../../renderer/state/simulator/simulation-view.ts';
import { startSetup, suggestSetup } from '../../../../renderer/state/simulator/start-setup.ts';
import { takeFromFits } from '../../../../renderer/state/simulator/take-from-fits.ts';
import {
  answerSimulatorTask,
  type FittedSimulator,
  type SimulatedCurve,
} from '../../../../renderer/workers/simulator-tasks.ts';
import { runJob } from '../../../../src/pipeline/job.ts';

const SAMPLES = join(import.meta.dirname, '../../../../sample-data');

function analyse(file: string) {
  const bytes = new Uint8Array(readFileSync(join(SAMPLES, file)));
  const ran = runJob({
    type: 'import-and-analyse',
    file: { name: file, bytes },
    recipe: 'auto',
    conditions: {},
    windows: {},
  });
  if (!ran.ok) throw new Error(ran.issues[0].message);
  return { measurement: ran.value.measurements[0]!, outcome: ran.value.outcomes[0]! };
}

function sceneOf(file: string) {
  const { measurement, outcome } = analyse(file);
  const setup = suggestSetup(measurement, outcome, {});
  return { key: measurement.id, setup, measurement, outcome, conditions: {} };
}

const PAIR = 'keithley-kickstart-lem/LEM-1_sweep.csv';

describe('a four-region sweep in the simulator', () => {
  const scene = sceneOf(PAIR);

  it('gets the pair, on its own grid, and its sweep as a text', () => {
    expect(scene.setup.model).toBe('light-emitting-memory');
    expect(scene.setup.drive).toEqual({ kind: 'measurement' });
    expect(sweepTextOf(scene.outcome.conditioned)).toBe('0:8:0.02:0:-8:0');
    const answer = answerSimulatorTask(taskOf(scene, undefined, true), scene.measurement);
    if (!answer.ok) throw new Error(answer.issues[0].message);
    const curve = answer.value as SimulatedCurve;
    expect(curve.rows?.length).toBe(1601);
    expect(curve.comparison?.r2).toBeGreaterThan(0.99);
    expect(curve.decades?.awayFromJumps).toBeLessThan(0.05);
    expect(curve.comparison?.quantities?.some(({ id }) => id === 'regionBoundary')).toBe(true);
  });

  it('takes what the regions say in one step', () => {
    const found = takeFromFits(scene.outcome, scene.setup);
    expect(found?.['setVoltage']).toBeCloseTo(0.91, 1);
    expect(found?.['resetVoltage']).toBeCloseTo(-0.945, 2);
  });

  it('finds the parameters the sample was made from, from values a fifth away', { timeout: 120_000 }, () => {
    const away = { lowResistance: 210, 'cell.seriesResistance': 310, reverseHighResistance: 1.2e5 };
    const moved = setParameters({ ...scene.setup, free: Object.keys(away) }, away);
    const answer = answerSimulatorTask(fitTaskOf({ ...scene, setup: moved }), scene.measurement);
    if (!answer.ok) throw new Error(answer.issues[0].message);
    const fitted = answer.value as FittedSimulator;
    expect(fitted.report.termination).toMatch(/^converged/);
    const { values } = landFit(moved, fitted);
    expect(values['lowResistance']! / 175).toBeCloseTo(1, 1);
    expect(values['cell.seriesResistance']! / 254).toBeCloseTo(1, 1);
    expect(values['reverseHighResistance']! / 1.5e5).toBeCloseTo(1, 1);
  });
});

describe('a sweep of one sign over a pair', () => {
  const truth = {
    'left.setVoltage': 1,
    'right.resetVoltage': -1.02,
    'right.reverseHighResistance': 1.4e5,
    lowResistance: 192,
  };
  const ran = runJob({
    type: 'simulate',
    title: 'L2',
    model: 'light-emitting-memory',
    parameters: { ...truth, noiseRelative: 0.01, seed: 77 },
    drive: { kind: 'sweep', text: '0:8:0.04' },
    recipe: 'lem-iv',
    conditions: {},
  });
  if (!ran.ok) throw new Error(ran.issues[0].message);
  const measurement = ran.value.measurements[0]!;
  const outcome = ran.value.outcomes[0]!;
  const setup = suggestSetup(measurement, outcome, {});
  const scene = { key: measurement.id, setup, measurement, outcome, conditions: {} };

  it('gives each device the parameters it moves by at this sign', () => {
    const [left, right, both] = groupRows(setup, true).filter(({ folded }) => !folded);
    expect(left?.rows.map(({ id }) => id)).toEqual(['left.setVoltage', 'left.highResistance']);
    expect(right?.rows.map(({ id }) => id)).toEqual(['right.resetVoltage', 'right.reverseHighResistance']);
    expect(both?.name).toBe('Both');
    expect(both?.rows.map(({ id }) => id)).toContain('lowResistance');
  });

  it('finds the parameters of both devices, with errors', { timeout: 120_000 }, () => {
    expect(setup.free).toHaveLength(6);
    const free = Object.keys(truth);
    const answer = answerSimulatorTask(fitTaskOf({ ...scene, setup: { ...setup, free } }), measurement);
    if (!answer.ok) throw new Error(answer.issues[0].message);
    const { report } = answer.value as FittedSimulator;
    expect(report.freeIds).toHaveLength(4);
    const landed = landFit(setup, answer.value as FittedSimulator);
    for (const [id, value] of Object.entries(truth)) {
      const found = report.parameters.find((one) => one.id === id);
      expect(Math.abs(readValue(landed, id)! - value)).toBeLessThan(
        Math.max(5 * found!.standardError!, 0.03 * Math.abs(value)),
      );
    }
  });
});

describe('a diode loop in the simulator of the cell', () => {
  it('takes a law for each leg from the fits and follows both', () => {
    const { measurement, outcome } = analyse('keithley-kickstart/LEC-1_sweep.csv');
    const start = startSetup('light-emitting-cell', measurement, outcome, {});
    const found = takeFromFits(outcome, start);
    expect(found?.['seriesResistance']).toBeCloseTo(254, -1);
    expect(found?.['reverse.seriesResistance']).toBeCloseTo(302, -1);
    const setup = setParameters(start, found ?? {});
    const scene = { key: measurement.id, setup, measurement, outcome, conditions: {} };
    const answer = answerSimulatorTask(taskOf(scene), measurement);
    if (!answer.ok) throw new Error(answer.issues[0].message);
    expect((answer.value as SimulatedCurve).comparison?.r2).toBeGreaterThan(0.999);
  });
});

describe('a scope capture in the simulator', () => {
  it('is driven by its stimulus and compared with its light', () => {
    const { measurement } = analyse('keysight-infiniivision/TEL-1_pulse.csv');
    // the folder says which channel is which
    const roles = ['time', 'stimulus', 'light'] as const;
    const columns = measurement.curve.columns.map((column, k) => ({ ...column, role: roles[k]! }));
    const record = { ...measurement, curve: { ...measurement.curve, columns } };
    const setup = suggestSetup(record, null, {});
    const scene = { key: record.id, setup, measurement: record, outcome: null, conditions: {} };
    expect(scene.setup).toMatchObject({ model: 'light-emitting-cell', preset: 'TEL-S' });
    const answer = answerSimulatorTask(taskOf(scene), scene.measurement);
    if (!answer.ok) throw new Error(answer.issues[0].message);
    const curve = answer.value as SimulatedCurve;
    expect(curve.response?.role).toBe('light');
    expect(curve.comparison?.r2).toBeGreaterThan(0.99);
    expect(curve.decades).toBeNull();
    // the same record drives another device, with nothing to compare
    const memory = setDrive(startSetup('light-emitting-memory', null, null, {}), {
      kind: 'recorded',
      id: record.id,
    });
    const alone = { ...scene, key: '', setup: memory, measurement: null, driver: record };
    const driven = answerSimulatorTask(taskOf(alone), recordFor(alone));
    if (!driven.ok) throw new Error(driven.issues[0].message);
    const other = driven.value as SimulatedCurve;
    expect(other.comparison).toBeNull();
    expect(other.simulation.columns['voltage_V']?.length).toBe(curve.rows?.length);
    expect(answerSimulatorTask(taskOf(alone), null).ok).toBe(false);
  });
});
