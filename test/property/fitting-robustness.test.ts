import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FitReport, fitModel, MODELS, type Weighting } from '../../fitting/index.ts';

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e-300, -1e-300, 1e200, -1e200, 1e-14, 5) },
);
const weightings: readonly Weighting[] = [
  { kind: 'none' },
  { kind: 'relative' },
  { kind: 'asinh', relative: 0.01, absolute: 0 },
  { kind: 'asinh', relative: 0.05, absolute: 1e-9, reestimate: true },
];

/** Where in a report a number is not finite; residuals aside. */
function listHoles(report: FitReport): string[] {
  const holes: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'number' && !Number.isFinite(node)) holes.push(`${path} ${node}`);
    else if (node !== null && typeof node === 'object') {
      for (const [key, inner] of Object.entries(node)) walk(inner, `${path}.${key}`);
    }
  };
  walk({ ...report, residuals: null }, '');
  return holes;
}

describe.each(MODELS.all.map((model) => [model.id, model] as const))(
  '%s on data it was not made for',
  (_, model) => {
    it('answers with a report, never throws, and lets no NaN or Infinity out', () => {
      fc.assert(
        fc.property(
          fc.array(fc.tuple(value, value), { maxLength: 14 }),
          fc.constantFrom(...weightings),
          fc.boolean(),
          (rows, weighting, robust) => {
            const report = fitModel({
              model,
              x: [Float64Array.from(rows, (row) => row[0])],
              y: Float64Array.from(rows, (row) => row[1]),
              weighting,
              robust,
            });
            expect(report.parameters).toHaveLength(model.parameters.length);
            expect(listHoles(report)).toEqual([]);
            for (const parameter of report.parameters) {
              if (parameter.status === 'refused') expect(parameter.reasons.length).toBeGreaterThan(0);
            }
          },
        ),
        { numRuns: 150, seed: 424242 },
      );
    });

    it('constant, single-abscissa and all-zero data do not throw', () => {
      const x = Float64Array.from({ length: 12 }, (_unused, i) => i);
      for (const y of [x.map(() => 0), x.map(() => 3), x.map(() => -1e-12)]) {
        for (const abscissa of [x, x.map(() => 2)]) {
          const report = fitModel({ model, x: [abscissa], y, weighting: { kind: 'none' } });
          expect(listHoles(report)).toEqual([]);
        }
      }
    });
  },
);
