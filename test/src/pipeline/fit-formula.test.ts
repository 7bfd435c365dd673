import { describe, expect, it } from 'vitest';
import type { FormulaFit } from '../../../src/model/recipe.ts';
import { checkFormula } from '../../../src/pipeline/fit-formula.ts';
import { runJob } from '../../../src/pipeline/job.ts';
import { makeSweep } from '../../support/iv-measurements.ts';

// an exact law on a kind of curve that no analysis claims: y = 3 (1 - exp(-x/0.7)), with x and y in SI
const voltage = Float64Array.from({ length: 61 }, (_, k) => 0.05 * k);
const sweep = makeSweep({ voltage, current: voltage.map((x) => 3 * -Math.expm1(-x / 0.7)) });
const measurement = { ...sweep, kind: 'generic' as const };

function fitOf(formula: Partial<FormulaFit>) {
  const response = runJob({
    type: 'analyse',
    measurement,
    siblings: [],
    recipe: 'auto',
    conditions: {},
    windows: [],
    formula: { text: 'a*(1-exp(-x/tau))', branch: null, x: 'voltage', y: 'current', start: {}, ...formula },
  });
  if (!response.ok) throw new Error(response.issues[0].message);
  return response.value.outcomes[0]!.results.find((one) => one.analysis === 'formula')!;
}

describe('a formula of the user through a job', () => {
  it('finds the parameters of its exact curve, with correlation and a curve over the points', () => {
    const { fits, overlays } = fitOf({ start: { a: 1, tau: 1 } });
    const values = Object.fromEntries(fits[0]!.report.parameters.map(({ id, value }) => [id, value]));
    expect(values['a']).toBeCloseTo(3, 9);
    expect(values['tau']).toBeCloseTo(0.7, 9);
    expect(fits[0]!.report.correlation).toHaveLength(2);
    expect(overlays[0]!.y.data[10]).toBeCloseTo(3 * -Math.expm1(-0.5 / 0.7), 9);
  });

  it('says what is wrong and where, and fits nothing', () => {
    const { fits, issues } = fitOf({ text: 'a*(1-exp(-x/)' });
    expect(fits).toEqual([]);
    expect(issues[0]?.message).toMatch(/at character 13/);
  });

  it('is checked as it is typed: parameters in order, the place of a fault from 0', () => {
    expect(checkFormula('b+a*x', measurement.curve, 'voltage')).toEqual({
      ok: true,
      parameters: ['b', 'a'],
      columns: ['x'],
    });
    expect(checkFormula('a*(1-exp(-x/)', measurement.curve, 'voltage')).toMatchObject({
      ok: false,
      position: 12,
    });
  });
});
