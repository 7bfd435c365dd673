import { describe, expect, it } from 'vitest';
import { buildMapView } from '../../../../renderer/plot/simulator/map-view.ts';
import { startTest, testsFor, testTaskOf } from '../../../../renderer/state/simulator/device-test.ts';
import { setDrive } from '../../../../renderer/state/simulator/edit-setup.ts';
import type { Scene } from '../../../../renderer/state/simulator/simulation-view.ts';
import { startSetup } from '../../../../renderer/state/simulator/start-setup.ts';
import { sweepTable } from '../../../../renderer/state/simulator/sweep-table.ts';
import {
  fitsSetup,
  readQuantity,
  setSecondAxis,
  startForm,
  suggestAxis,
  varyRequest,
  writeQuantity,
} from '../../../../renderer/state/simulator/vary-form.ts';
import { answerSimulatorTask, type TestedDevice } from '../../../../renderer/workers/simulator-tasks.ts';
import { writeCsv } from '../../../../src/exporters/csv.ts';
import { sweepParameters } from '../../../../src/pipeline/sweep-parameters.ts';

const SETUP = setDrive(startSetup('modified-shockley', null, null, {}), { kind: 'sweep', text: '0:6:0.05' });
const SCENE: Scene = { key: '', setup: SETUP, measurement: null, outcome: null, conditions: {} };

describe('one or two parameters over a range', () => {
  it('suggests a decade around a value on a logarithmic slider, a fifth elsewhere', () => {
    expect(suggestAxis(SETUP, 'seriesResistance')).toMatchObject({ from: 80.3, to: 803, scale: 'log' });
    expect(suggestAxis(SETUP, 'idealityFactor')).toMatchObject({ from: 4.8, to: 7.2, scale: 'linear' });
  });

  it('starts anew where the form names a parameter the model does not have', () => {
    const form = startForm(startSetup('light-emitting-memory', null, null, {}));
    expect(fitsSetup(form, SETUP)).toBe(false);
    expect(fitsSetup(startForm(SETUP), SETUP)).toBe(true);
  });

  it('refuses a map without a quantity, and a family over a recorded drive', () => {
    const form = setSecondAxis(startForm(SETUP), SETUP, 'idealityFactor');
    expect(varyRequest(SCENE, form)).toHaveProperty('fault');
    const recorded = { ...SCENE, setup: setDrive(SETUP, { kind: 'measurement' }) };
    expect(varyRequest(recorded, startForm(SETUP))).toHaveProperty('fault');
  });

  it('writes a choice of quantity as one text and reads it back', () => {
    const place = { id: 'regionBoundary', branch: '+forward', convention: 'I/II' };
    expect(readQuantity(writeQuantity(place))).toEqual(place);
    expect(readQuantity(writeQuantity({ id: 'setVoltage', branch: null, convention: null }))).toEqual({
      id: 'setVoltage',
    });
    expect(readQuantity('')).toBeNull();
  });

  it('gives the curves of a family side by side as a table', () => {
    const axes = [{ ...suggestAxis(SETUP, 'seriesResistance'), count: 3 }];
    const request = varyRequest(SCENE, { axes, quantity: '' });
    if ('fault' in request) throw new Error(request.fault);
    const swept = sweepParameters(request);
    if (!swept.ok) throw new Error(swept.issues[0].message);
    const table = sweepTable(swept.value);
    expect(table.columns).toHaveLength(4);
    expect(table.rows).toBe(121);
    const last = writeCsv(table).trim().split('\n').at(-1)!.split(',').map(Number);
    expect(last[0]).toBe(6);
    expect(last[1]!).toBeGreaterThan(last[3]!);
  });

  it('lays a map out with the first parameter to the right and keeps why a place has no value', () => {
    const axes = [
      { ...suggestAxis(SETUP, 'seriesResistance'), count: 2 },
      { id: 'idealityFactor', from: 4, to: 6, count: 3, scale: 'linear' as const },
    ];
    const request = varyRequest(SCENE, { axes, quantity: 'maximumCurrent|forward|' });
    if ('fault' in request) throw new Error(request.fault);
    const swept = sweepParameters(request);
    if (!swept.ok) throw new Error(swept.issues[0].message);
    const map = buildMapView(swept.value);
    expect([map.columns, map.rows, map.cells.length]).toEqual([2, 3, 6]);
    expect(map.cells[1]).toMatchObject({ column: 0, row: 1 });
    expect(map.cells.every(({ value, reason }) => (value === null) === (reason !== null))).toBe(true);
    expect(sweepTable(swept.value).rows).toBe(6);
  });
});

describe('tests of a simulated device', () => {
  const run = (model: string, id: string) => {
    const setup = startSetup(model, null, null, {});
    const choice = testsFor(setup).find((one) => one.id === id);
    if (!choice) throw new Error(`no ${id}`);
    const form = id === 'endurance' ? { ...startTest(choice), abscissa: '20' } : startTest(choice);
    const answer = answerSimulatorTask(testTaskOf({ ...SCENE, setup }, form), null);
    if (!answer.ok) throw new Error(answer.issues[0].message);
    return (answer.value as TestedDevice).outcome;
  };

  it('are those of the model: a cell has a frequency response, a memory the others and an array', () => {
    expect(testsFor(SETUP)).toEqual([]);
    expect(testsFor(startSetup('light-emitting-cell', null, null, {})).map(({ id }) => id)).toEqual([
      'frequency-response',
    ]);
    expect(testsFor(startSetup('light-emitting-memory', null, null, {})).map(({ id }) => id)).toEqual([
      'crossbar',
    ]);
  });

  it('give a table that the analyses take', () => {
    const endurance = run('resistive-memory', 'endurance');
    expect(endurance.measurement.curve.length).toBe(20);
    expect(endurance.results.flatMap(({ quantities }) => quantities).length).toBeGreaterThan(0);
    const margin = run('resistive-memory', 'crossbar').measurement.curve.columns[1]!.data;
    expect(margin[0]!).toBeGreaterThan(margin.at(-1)!);
  });

  it('say what is wrong with an abscissa', () => {
    const setup = startSetup('resistive-memory', null, null, {});
    const form = { id: 'endurance' as const, abscissa: 'many', values: {} };
    const answer = answerSimulatorTask(testTaskOf({ ...SCENE, setup }, form), null);
    expect(answer.ok).toBe(false);
  });
});
