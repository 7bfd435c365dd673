import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateModel, type FitModel, fitModel, MODELS } from '../../fitting/index.ts';
import { drawParameters, MODEL_CASES } from '../support/model-cases.ts';

const RUNS = { numRuns: 40, seed: 20260714 };

/** Columns whose derivative jumps where a sample passes a break: differences across it mean nothing. */
const KINKS: Readonly<Record<string, string>> = {
  'two-step-decay': 'breakTime',
  'step-response': 'delayTime',
};

function toVector(model: FitModel, p: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(model.parameters, (spec) => p[spec.id] ?? spec.fixedAt ?? 0);
}

describe.each(MODELS.all.map((model) => [model.id, model] as const))('%s', (id, model) => {
  const modelCase = MODEL_CASES[id]!;
  const constants = { ...model.constants, ...modelCase.constants };
  const x = [modelCase.x];

  it('finds the parameters of its own noiseless data to 1e-6, from its own start', () => {
    fc.assert(
      fc.property(drawParameters(modelCase), (truth) => {
        const y = evaluateModel(model, x, truth, constants);
        const sigma = y.map((value) => 1e-3 * Math.abs(value) + 1e-300);
        const weighting =
          modelCase.relative === true && y.every((value) => value > 0)
            ? ({ kind: 'sigma', sigma } as const)
            : modelCase.relative === true
              ? ({ kind: 'asinh', relative: 0.01, absolute: 1e-12 } as const)
              : ({ kind: 'none' } as const);
        const report = fitModel({ model, x, y, weighting, constants, profile: 'never' });
        for (const parameter of report.parameters) {
          const expected = truth[parameter.id];
          if (expected === undefined) continue;
          const scale = Math.max(Math.abs(expected), parameter.id === 'offset' ? 1e-2 : 0);
          expect(Math.abs(parameter.value - expected), parameter.id).toBeLessThan(1e-6 * scale);
        }
      }),
      RUNS,
    );
  });

  it('has derivatives equal to central differences', () => {
    fc.assert(
      fc.property(drawParameters(modelCase), (truth) => {
        const p = toVector(model, truth);
        if (id === 'modified-shockley') p.set([1e-4, 1e-4, 1e-7, 9], 4);
        if (id === 'mott-gurney') p.set([0.05, 4e-4], 1);
        const n = modelCase.x.length;
        const columns = model.parameters.map(() => new Float64Array(n));
        model.jacobian!(x, p, columns, constants);
        model.parameters.forEach((spec, j) => {
          const rounding = 2e-14 * Math.max(...largest(model, x, p, constants));
          const numeric = differentiateByRichardson(model, x, p, j, constants);
          let size = 0;
          for (const value of numeric) size = Math.max(size, Math.abs(value));
          const kink = KINKS[id] === undefined ? Number.NaN : truth[KINKS[id]]!;
          for (let i = 0; i < n; i++) {
            if (Math.abs(modelCase.x[i]! - kink) < 0.2) continue;
            expect(Math.abs(columns[j]![i]! - numeric[i]!), spec.id).toBeLessThan(
              1e-6 * size + rounding / findStep(p[j]!),
            );
          }
        });
      }),
      RUNS,
    );
  });

  it('is finite inside its bounds and starts inside them', () => {
    fc.assert(
      fc.property(drawParameters(modelCase), (truth) => {
        const y = evaluateModel(model, x, truth, constants);
        expect(y.every(Number.isFinite)).toBe(true);
        const box =
          model.bounds?.(x, y, constants) ?? model.parameters.map((s) => [s.lower, s.upper] as const);
        for (const start of model.starts!(x, y, null, constants)) {
          model.parameters.forEach((spec, j) => {
            expect(Number.isFinite(start[j]!), spec.id).toBe(true);
            if (spec.fixedAt !== undefined || spec.transform === 'linear') return;
            expect(start[j]!, spec.id).toBeGreaterThanOrEqual(Math.min(box[j]![0], spec.lower) * (1 - 1e-9));
            expect(start[j]!, spec.id).toBeLessThanOrEqual(Math.max(box[j]![1], spec.upper));
          });
        }
      }),
      RUNS,
    );
  });
});

function findStep(value: number): number {
  return 2e-4 * (Math.abs(value) || 1e-3);
}

function largest(
  model: FitModel,
  x: readonly Float64Array[],
  p: Float64Array,
  constants: Readonly<Record<string, number>>,
): number[] {
  const out = new Float64Array(x[0]!.length);
  model.evaluate(x, p, out, constants);
  return Array.from(out, Math.abs);
}

/** Central differences with one Richardson step, relative step 2e-4. */
function differentiateByRichardson(
  model: FitModel,
  x: readonly Float64Array[],
  p: Float64Array,
  j: number,
  constants: Readonly<Record<string, number>>,
): Float64Array {
  const at = (h: number): Float64Array => {
    const q = Float64Array.from(p);
    q[j] = p[j]! + h;
    const out = new Float64Array(x[0]!.length);
    model.evaluate(x, q, out, constants);
    return out;
  };
  const h = findStep(p[j]!);
  const [a, b, c, d] = [at(h), at(-h), at(h / 2), at(-h / 2)];
  return a.map((_, i) => (4 * ((c[i]! - d[i]!) / h) - (a[i]! - b[i]!) / (2 * h)) / 3);
}
