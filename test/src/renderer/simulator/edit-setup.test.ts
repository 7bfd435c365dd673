import { describe, expect, it } from 'vitest';
import { commit, moveTo, present, startHistory } from '../../../../renderer/state/history.ts';
import {
  choosePreset,
  parametersOf,
  readValue,
  resetSetup,
  setParameter,
  setSimulation,
  tieParameter,
  toggleFree,
  untieParameter,
} from '../../../../renderer/state/simulator/edit-setup.ts';
import { fitTaskOf, freeIds, isAsFitted, landFit } from '../../../../renderer/state/simulator/fit-request.ts';
import { groupRows } from '../../../../renderer/state/simulator/rows.ts';
import { startSetup } from '../../../../renderer/state/simulator/start-setup.ts';
import { fromProject, toProject } from '../../../../renderer/state/stored-project.ts';
import { EMPTY_WORKSPACE } from '../../../../renderer/state/workspace.ts';
import { readProjectDocument } from '../../../../src/project/schema.ts';

const PAIR = startSetup('light-emitting-memory', null, null, {});

describe('the setup of a simulator', () => {
  it('starts from the preset of the model, with a drive of its own where nothing was measured', () => {
    expect(parametersOf(PAIR)).toEqual({ preset: 'LEM-A' });
    expect(PAIR.drive).toEqual({ kind: 'sweep', text: '0:8:0.02:0:-8:0' });
    expect(readValue(PAIR, 'setVoltage')).toBe(0.9);
    expect(readValue(PAIR, 'left.setVoltage')).toBe(0.9);
    expect(readValue(PAIR, 'left.state')).toBe(0);
    expect(readValue(PAIR, 'right.state')).toBe(1);
  });

  it('unties a parameter into one value a device and ties it back to the one in the hand', () => {
    const apart = setParameter(untieParameter(PAIR, 'setVoltage'), 'right.setVoltage', 1.1);
    expect(readValue(apart, 'left.setVoltage')).toBe(0.9);
    expect(readValue(apart, 'right.setVoltage')).toBe(1.1);
    const groups = groupRows(apart, false);
    expect(groups.find(({ name }) => name === 'Right device')?.rows.map(({ id }) => id)).toEqual([
      'right.setVoltage',
    ]);
    expect(groups.find(({ name }) => name === 'Both')?.rows.some(({ id }) => id === 'setVoltage')).toBe(
      false,
    );
    const together = tieParameter(apart, 'right.setVoltage');
    expect(together.values).toEqual({ setVoltage: 1.1 });
    expect(together.untied).toEqual([]);
  });

  it('keeps a free parameter free through tie and untie', () => {
    const apart = untieParameter(PAIR, 'lowResistance');
    expect(apart.free).toContain('left.lowResistance');
    expect(apart.free).toContain('right.lowResistance');
    expect(tieParameter(apart, 'left.lowResistance').free).toContain('lowResistance');
  });

  it('lets a common value take the place of both devices’ own, and I_s that of ln I_s', () => {
    const one = setParameter(setParameter(PAIR, 'left.lowResistance', 200), 'lowResistance', 180);
    expect(one.values).toEqual({ lowResistance: 180 });
    const cell = startSetup('light-emitting-cell', null, null, {});
    const twin = setParameter(setParameter(cell, 'lnSaturationCurrent', -30), 'saturationCurrent', 1e-13);
    expect(twin.values).toEqual({ saturationCurrent: 1e-13 });
  });

  it('keeps the law of the way back where the way there is moved, and frees both together', () => {
    const cell = choosePreset(startSetup('light-emitting-cell', null, null, {}), 'LEC-FR', {});
    const moved = setParameter(cell, 'seriesResistance', 300);
    expect(readValue(moved, 'seriesResistance')).toBe(300);
    expect(readValue(moved, 'reverse.seriesResistance')).toBe(302);
    expect(freeIds(moved)).toContain('reverse.seriesResistance');
    expect(groupRows(moved, true).find(({ name }) => name === 'Way back')?.rows).toHaveLength(4);
  });

  it('goes back to its preset, or starts from another, with the circuit of the measurement', () => {
    const edited = setParameter(PAIR, 'setVoltage', 1.2);
    expect(resetSetup(edited, { sweepRate: 1 }).values).toEqual({ sweepRate: 1 });
    expect(parametersOf(choosePreset(edited, 'LEM-printed', {}))).toEqual({ preset: 'LEM-printed' });
  });

  it('lists every parameter of every model once', () => {
    for (const model of [
      'modified-shockley',
      'light-emitting-cell',
      'resistive-memory',
      'light-emitting-memory',
    ])
      for (const oneSign of [true, false]) {
        const ids = groupRows(startSetup(model, null, null, {}), oneSign).flatMap(({ rows }) =>
          rows.map(({ id }) => id),
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThan(5);
      }
  });

  it('is one step of undo and comes back with the project', () => {
    const setup = toggleFree(setParameter(PAIR, 'setVoltage', 1), 'setVoltage');
    const history = commit(
      startHistory(EMPTY_WORKSPACE),
      'V_SET set',
      setSimulation(EMPTY_WORKSPACE, '', setup),
    );
    expect(present(moveTo(history, 0)).workspace.simulations).toEqual({});
    const { measurements, results, ...rest } = toProject(history, {});
    expect(measurements).toEqual([]);
    expect(results).toEqual({});
    expect(readProjectDocument({ ...rest, measurementIds: [] })).toHaveProperty('document');
    expect(fromProject(toProject(history, {})).simulations['']).toEqual(setup);
  });
});

describe('the fit of the free ones', () => {
  const scene = {
    key: 'x',
    setup: setParameter(PAIR, 'complianceCurrent', null),
    measurement: null,
    outcome: null,
    conditions: {},
  };

  it('starts from the values in force and holds the others as they are set', () => {
    const { request } = fitTaskOf(scene);
    expect(request.free).toEqual(PAIR.free);
    expect(request.start).toMatchObject({ lowResistance: '175' });
    expect(request.fixed).toEqual({ complianceCurrent: 'off' });
    expect(request.preset).toBe('LEM-A');
  });

  it('is taken back by moving a value, and says so', () => {
    const report = {
      model: 'light-emitting-memory',
      freeIds: ['lowResistance'],
      parameters: [{ id: 'lowResistance', value: 180, standardError: 1, atBound: null }],
    };
    const landed = landFit(PAIR, { report: report as never, parameters: {}, issues: [] });
    expect(landed.values).toEqual({ lowResistance: 180 });
    expect(isAsFitted(landed)).toBe(true);
    expect(isAsFitted(setParameter(landed, 'lowResistance', 181))).toBe(false);
  });
});
