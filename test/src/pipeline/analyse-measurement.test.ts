import { describe, expect, it, vi } from 'vitest';
import type { Analysis } from '../../../src/analyses/analysis.ts';
import { createRegistry } from '../../../src/base/registry.ts';
import { determined } from '../../../src/model/build-quantity.ts';
import type { AnalysisRecipe } from '../../../src/model/recipe.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { analyseRecord } from '../../../src/pipeline/records.ts';
import { makeMeasurement } from '../../support/measurements.ts';

vi.mock('../../../src/analyses/registry.ts', () => {
  const base = { version: 1, label: 'Test', kinds: ['waveform' as const], options: [] };
  const first: Analysis = {
    ...base,
    id: 'first',
    quantities: ['riseTime'],
    options: [{ id: 'level', label: 'Level', type: 'number', default: 7 }],
    run: ({ options }) => ({
      quantities: [determined('riseTime', { value: Number(options['level']), method: 'option' })],
      fits: [],
      overlays: [],
      issues: [],
    }),
  };
  const broken: Analysis = {
    ...base,
    id: 'broken',
    quantities: ['fallTime', 'delayTime'],
    run: () => {
      throw new Error('index 12 of undefined');
    },
  };
  const later: Analysis = {
    ...base,
    id: 'later',
    quantities: ['mobility'],
    run: ({ earlier }) => ({
      quantities: [
        determined('mobility', { value: earlier.length, method: earlier.map((one) => one.analysis).join() }),
      ],
      fits: [],
      overlays: [],
      issues: [],
    }),
  };
  return { ANALYSES: createRegistry<Analysis>([first, broken, later]) };
});

const measurement = makeMeasurement('waveform', [
  { role: 'time', unit: 's', data: [0, 1] },
  { role: 'light', unit: 'V', data: [0, 1] },
]);

function recipeOf(...steps: readonly (string | AnalysisRecipe['steps'][number])[]): AnalysisRecipe {
  return {
    schema: 1,
    id: 'mine',
    label: 'mine',
    importer: 'auto',
    steps: steps.map((step) =>
      typeof step === 'string' ? { analysis: step, branches: 'all' as const, options: {} } : step,
    ),
    windows: {},
    figures: [],
  };
}

describe('analysing a measurement', () => {
  it('an analysis that throws refuses its quantities with INTERNAL, and the rest go on', () => {
    const outcome = analyseMeasurement(measurement, recipeOf('first', 'broken', 'later'), {}, [], []);
    const record = analyseRecord(outcome);
    expect(record.quantities.map(({ id, status }) => [id, status])).toEqual([
      ['riseTime', 'ok'],
      ['fallTime', 'refused'],
      ['delayTime', 'refused'],
      ['mobility', 'ok'],
    ]);
    expect(record.quantities[1]!.reasons[0]).toMatchObject({ code: 'INTERNAL', subject: 'broken' });
    expect(record.issues.filter((issue) => issue.code === 'INTERNAL')).toHaveLength(1);
    expect(record.issues[0]!.message).toContain('index 12 of undefined');
  });

  it('gives each step its options over the defaults, and the earlier results', () => {
    const step = { analysis: 'first', branches: 'all' as const, options: { level: 3, unknown: true } };
    const { results } = analyseMeasurement(measurement, recipeOf(step, 'first', 'later'), {}, [], []);
    expect(results.map(({ quantities }) => quantities[0]!.value)).toEqual([3, 7, 2 / 1e-4]);
    expect(results[2]!.quantities[0]!.method).toBe('first,first');
  });

  it('says when a step does not apply or does not exist', () => {
    const generic = makeMeasurement('generic', [{ role: 'other', unit: '1', data: [1] }]);
    const { results, issues } = analyseMeasurement(generic, recipeOf('first', 'gone'), {}, [], []);
    expect(results).toEqual([]);
    expect(issues?.map(({ code, subject }) => [code, subject])).toEqual([
      ['WRONG_USE', 'first'],
      ['WRONG_USE', 'gone'],
    ]);
  });

  it('stops between steps when it is cancelled', () => {
    let asked = 0;
    const hooks = { cancelled: () => ++asked > 1 };
    const { results, issues } = analyseMeasurement(
      measurement,
      recipeOf('first', 'later'),
      {},
      [],
      [],
      hooks,
    );
    expect(results).toHaveLength(1);
    expect(issues?.at(-1)?.code).toBe('CANCELLED');
  });

  it('keeps an implausible input and says so', () => {
    const { issues } = analyseMeasurement(
      measurement,
      recipeOf('first'),
      { thickness: { value: 800, from: 'user' } },
      [],
      [],
    );
    expect(issues?.[0]).toMatchObject({ code: 'INPUT_IMPLAUSIBLE', subject: 'thickness' });
  });
});
