import { describe, expect, it } from 'vitest';
import { compileFormula, type FitReport, fitModel, type LeastSquaresSolver } from '../../fitting/index.ts';
import { countDigits, HAS_NIST, type NistSet, readNistSets } from '../support/nist.ts';

/** Residual of Lanczos1 is 1e-25, rounding noise: no program can reproduce its standard deviations. */
const NO_DEVIATIONS = new Set(['Lanczos1']);

function runFit(set: NistSet, start: 0 | 1, solver: LeastSquaresSolver['id'], numeric = false): FitReport {
  const compiled = compileFormula(set.formula, set.columns);
  if (!compiled.ok) throw new Error(`${set.name}: ${compiled.message}`);
  const { jacobian: _, ...withoutDerivatives } = compiled.model;
  return fitModel({
    model: numeric ? withoutDerivatives : compiled.model,
    x: set.x,
    y: set.y,
    weighting: { kind: 'none' },
    start: Object.fromEntries(set.ids.map((id, j) => [id, set.starts[start][j]!])),
    profile: 'never',
    solver,
  });
}

function countWorst(set: NistSet, report: FitReport, what: 'value' | 'standardError'): number {
  const certified = what === 'value' ? set.certified : set.deviations;
  return Math.min(
    ...set.ids.map((id, j) => {
      const found = report.parameters.find((parameter) => parameter.id === id)![what];
      return found === null ? 0 : countDigits(found, certified[j]!);
    }),
  );
}

describe.skipIf(!HAS_NIST)('NIST StRD nonlinear regression (needs ../shared)', () => {
  const sets = HAS_NIST ? readNistSets() : [];
  const runs = sets.flatMap((set) =>
    ([0, 1] as const).map((start) => [set.name, start + 1, set, start] as const),
  );

  it('has all 27 sets', () => {
    expect(sets).toHaveLength(27);
  });

  it.each(runs)(
    '%s from start %d: 8 digits and more in every parameter, 6 in every standard error',
    (name, _n, set, start) => {
      const report = runFit(set, start, 'trust-region');
      expect(countWorst(set, report, 'value')).toBeGreaterThanOrEqual(8);
      if (!NO_DEVIATIONS.has(name))
        expect(countWorst(set, report, 'standardError')).toBeGreaterThanOrEqual(6);
      if (!NO_DEVIATIONS.has(name))
        expect(countDigits(report.chiSquare, set.residualSumOfSquares)).toBeGreaterThanOrEqual(8);
    },
  );

  it.each(runs)('%s from start %d: 7 digits and more with differences only', (_name, _n, set, start) => {
    expect(countWorst(set, runFit(set, start, 'trust-region', true), 'value')).toBeGreaterThanOrEqual(7);
  });

  it('the library behind the same interface gets at least 38 of the 54 to 8 digits, and says so where it does not arrive', () => {
    let good = 0;
    for (const [, , set, start] of runs) {
      const report = runFit(set, start, 'ml-levenberg-marquardt');
      if (countWorst(set, report, 'value') >= 8) good++;
    }
    expect(good).toBeGreaterThanOrEqual(38);
  });
});
