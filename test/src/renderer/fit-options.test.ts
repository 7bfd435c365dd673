import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { fitsOf } from '../../../renderer/plot/overlays.ts';
import {
  boundParameter,
  lockParameter,
  noOptions,
  optionsFor,
  parseRange,
  resetParameter,
  setFitOptions,
  tieParameter,
  unlockParameter,
} from '../../../renderer/state/fit-options.ts';
import { drawTrial, guessValues } from '../../../renderer/state/trial.ts';
import { EMPTY_WORKSPACE, inputKey, type Workspace } from '../../../renderer/state/workspace.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { readProjectDocument } from '../../../src/project/schema.ts';
import { LEC_F, makeCellLoop, makeSweep } from '../../support/iv-measurements.ts';

const sweep = makeSweep(makeCellLoop());
const workspace: Workspace = {
  ...EMPTY_WORKSPACE,
  measurements: { [sweep.id]: sweep },
  order: [sweep.id],
};

describe('parameters set by hand', () => {
  const locked = lockParameter(noOptions('forward'), 'seriesResistance', 254);

  it('are inputs: a lock makes the result in hand out of date, taking it back brings it back', () => {
    const before = inputKey(workspace, sweep.id);
    const held = setFitOptions(workspace, sweep.id, locked);
    expect(inputKey(held, sweep.id)).not.toBe(before);
    const freed = setFitOptions(held, sweep.id, unlockParameter(locked, 'seriesResistance'));
    expect(inputKey(freed, sweep.id)).toBe(before);
    expect(freed.fitOptions).toEqual({});
  });

  it('one leg keeps its own', () => {
    const held = setFitOptions(workspace, sweep.id, locked);
    expect(optionsFor(held, sweep.id, 'reverse')).toEqual(noOptions('reverse'));
    expect(optionsFor(held, sweep.id, 'forward').fixed).toEqual({ seriesResistance: 254 });
  });

  it('a lock keeps the bounds, a tie takes the place of a lock, a reset forgets all', () => {
    const bounded = boundParameter(noOptions('forward'), 'idealityFactor', [1, 9]);
    expect(lockParameter(bounded, 'idealityFactor', 6).bounds).toEqual({ idealityFactor: [1, 9] });
    const tied = tieParameter(locked, 'seriesResistance', ' 2*shuntResistance ');
    expect([tied.ties, tied.fixed]).toEqual([{ seriesResistance: '2*shuntResistance' }, {}]);
    expect(resetParameter(tied, 'seriesResistance')).toEqual(noOptions('forward'));
  });

  it('a parameter the model holds by itself is freed by asking for it', () => {
    expect(unlockParameter(noOptions('forward'), 'photocurrent').free).toEqual(['photocurrent']);
  });

  it('bounds are two numbers, the lower first, an open end at the limit of the model', () => {
    expect(parseRange('100:500', [1, 1e7])).toEqual([100, 500]);
    expect(parseRange(':500', [1, 1e7])).toEqual([1, 500]);
    expect(['500:100', '5', 'a:b', '1:2:3'].map((text) => parseRange(text, [0, 1]))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('a project keeps them, and one from before they were still opens', () => {
    const document = {
      schema: 1,
      title: '',
      createdWith: '',
      devices: [],
      conditions: {},
      recipes: [],
      recipeOf: {},
      windows: {},
      failures: [],
      steps: [],
      measurementIds: [],
    };
    expect(readProjectDocument(document)).toHaveProperty('document');
    expect(readProjectDocument({ ...document, fitOptions: { m: [locked] } })).toHaveProperty('document');
    expect(readProjectDocument({ ...document, fitOptions: { m: [{ branch: 1 }] } })).toHaveProperty('fault');
  });
});

describe('the verbs guess and simulate', () => {
  const outcome = analyseMeasurement(sweep, 'lec-iv', sweep.conditions, [], []);
  const fit = fitsOf(outcome).find((one) => one.branch === 'forward')!;

  it('draw the model at the values in the fields', () => {
    const line = drawTrial(fit, { id: sweep.id, branch: 'forward', values: { seriesResistance: 500 } })!;
    const cell = { ...LEC_F, seriesResistance: 500 };
    const at = line.x.length - 1;
    expect(line.y[at]! / diodeCurrent(line.x[at]!, cell, 300)).toBeCloseTo(1, 3);
  });

  it('start within a factor of a few of the truth', () => {
    const values = guessValues(outcome, fit)!;
    expect(values['seriesResistance']! / 254).toBeGreaterThan(0.3);
    expect(values['seriesResistance']! / 254).toBeLessThan(3);
  });
});
