import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFormula, evaluateModel, type FitModel, fitModel } from '../../fitting/index.ts';

function compile(text: string, columns: readonly string[] = ['x']): FitModel {
  const compiled = compileFormula(text, columns);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.model;
}

function evaluate(text: string, x = 0, p: Record<string, number> = {}): number {
  return evaluateModel(compile(text), [Float64Array.of(x)], p)[0]!;
}

describe('formula: arithmetic', () => {
  it.each([
    ['1 + 2*3', 7],
    ['-2^2', -4],
    ['(-2)^2', 4],
    ['2^-1', 0.5],
    ['2^3^2', 512],
    ['2**3', 8],
    ['8/4/2', 1],
    ['1 - 2 - 3', -4],
    ['-3*-2', 6],
    ['+4', 4],
    ['1e-3 + .5 + 2.E1', 20.501],
    ['exp[1] - e', 0],
    ['ln(e^2) + log10(1000) + log(e)', 6],
    ['sin(pi/2) + cos(0) + atan(1)*4 - pi', 2],
    ['min(1, 2) + max(1, 2) + pow(2, 3)', 11],
    ['abs(-3) + sqrt(16) + cbrt(27)', 10],
    ['lambertw(1)', 0.5671432904097838],
    ['lambertw(-0.2)', -0.25917110181907377],
    ['erf(1)', 0.8427007929497149],
    ['kB/q*300', 0.025851999786435532],
  ])('%s = %d', (text, value) => {
    expect(evaluate(text)).toBeCloseTo(value, 12);
  });

  it('takes columns by name, x as the first column, and every other name as a parameter in order of appearance', () => {
    const model = compile('amp*exp(-t/tau) + k*light', ['t', 'current', 'light']);
    expect(model.columns.map((column) => column.name)).toEqual(['t', 'light']);
    expect(model.parameters.map((parameter) => parameter.id)).toEqual(['amp', 'tau', 'k']);
    const x = [Float64Array.of(0, 1), Float64Array.of(10, 20)];
    expect(Array.from(evaluateModel(model, x, { amp: 1, tau: 1, k: 2 }))).toEqual([21, 40 + Math.exp(-1)]);
    expect(compile('a*x', ['voltage_V']).columns[0]!.name).toBe('voltage_V');
  });
});

describe('formula: errors point at the character', () => {
  it.each([
    ['', 0],
    ['1 +', 3],
    ['a*(x + 1', 2],
    ['a*x)', 3],
    ['a $ x', 2],
    ['2 x', 2],
    ['sin x', 0],
    ['foo(x)', 0],
    ['1 + pow(x)', 4],
    ['a*/x', 2],
    ['exp(1, 2)', 0],
    ['constructor(1)', 0],
  ])('"%s" at %d', (text, position) => {
    const compiled = compileFormula(text, ['x']);
    expect(compiled.ok).toBe(false);
    if (!compiled.ok) {
      expect(compiled.position).toBe(position);
      expect(compiled.message.length).toBeGreaterThan(10);
    }
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      '1',
      'x',
      'a',
      '+',
      '-',
      '*',
      '/',
      '^',
      '(',
      ')',
      'exp',
      ',',
      ' ',
      '.',
      'µ',
      '𝑥',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const compiled = compileFormula(pieces.join(''), ['x']);
        if (compiled.ok) evaluateModel(compiled.model, [Float64Array.of(0.5)], {});
      }),
      { numRuns: 2000, seed: 11 },
    );
    expect(compileFormula('('.repeat(5000), ['x']).ok).toBe(false);
  });
});

describe('formula: derivatives', () => {
  it.each([
    'a*exp(-b*x) + c',
    'a*x^b + c^2',
    '(a + x)^(b*c) / (1 + a*x^2)',
    'a*sin(b*x + c) - tan(a*0.1)',
    'erf(a*x) + erfc(b*x) + tanh(c*x)',
    'lambertw(a*exp(b*x)) + asinh(c*x)',
    'ln(a + x) + log10(b + x) + sqrt(c + x)',
    'atan(a*x) + asin(0.1*b*x) + acos(0.1*c*x) + atan2(a, b*x + c)',
    'hypot(a*x, b) + pow(c, x) + cosh(a*x) - sinh(b*x) + cbrt(c*x + 1)',
    'max(a*x, b) + min(c, a)*abs(b - c*x)',
    'log1p(a*x) + expm1(b*x) + log2(c + 1) + acosh(1 + a) + atanh(0.2*b)',
  ])('of %s equal central differences', (text) => {
    const model = compile(text);
    const x = [Float64Array.of(0.31, 0.72, 1.4)];
    const p = Float64Array.from(model.parameters, (spec) => ({ a: 0.83, b: 1.21, c: 0.57 })[spec.id]!);
    const columns = model.parameters.map(() => new Float64Array(3));
    model.jacobian!(x, p, columns, {});
    const at = (j: number, h: number): Float64Array => {
      const out = new Float64Array(3);
      const q = Float64Array.from(p);
      q[j]! += h;
      model.evaluate(x, q, out, {});
      return out;
    };
    for (let j = 0; j < p.length; j++) {
      const [above, below] = [at(j, 1e-5), at(j, -1e-5)];
      for (let i = 0; i < 3; i++) expect(columns[j]![i]!).toBeCloseTo((above[i]! - below[i]!) / 2e-5, 7);
    }
  });

  it('stay finite where a slope is infinite but nothing flows through it', () => {
    const model = compile('a*sqrt(x) + b*x^c');
    const columns = model.parameters.map(() => new Float64Array(2));
    model.jacobian!([Float64Array.of(0, 1)], Float64Array.of(1, 1, 0.5), columns, {});
    expect(columns.every((column) => column.every(Number.isFinite))).toBe(true);
  });
});

describe('formula: fits', () => {
  it.each([
    ['a*exp(-x/t0) + c', { a: 2e-6, t0: 3e-5, c: 1e-7 }, 1e-4],
    ['a*exp(-k*x) + b*exp(-m*x)', { a: 5, k: 0.02, b: 2, m: 0.3 }, 100],
    ['h*exp(-((x - x0)/w)^2) + b', { h: 1200, x0: 533, w: 9, b: 30 }, 1066],
    ['A*sin(2*pi*f*x + phi)', { A: 0.3, f: 1.3, phi: 0.4 }, 2],
    ['vmax*x/(km + x)', { vmax: 210, km: 0.06 }, 1],
    ['a*x^m', { a: 3e-7, m: 2.2 }, 8],
    ['a/(1 + (x/fc)^2)^0.5', { a: 0.8, fc: 4e4 }, 1e6],
  ])('without any start, on the scales of the data: %s', (text, truth, span) => {
    const model = compile(text);
    const x = Float64Array.from({ length: 120 }, (_, i) => (span * (i + 1)) / 120);
    const y = evaluateModel(model, [x], truth);
    const report = fitModel({ model, x: [x], y, weighting: { kind: 'none' } });
    const scale = Math.max(...y.map(Math.abs));
    expect(report.rmse / scale).toBeLessThan(1e-9);
  });

  it('needs no start for a simple decay', () => {
    const x = Float64Array.from({ length: 50 }, (_, i) => i / 10);
    const y = x.map((t) => 3 * Math.exp(-t / 1.7) + 0.2);
    const report = fitModel({ model: compile('a*exp(-x/t0) + c'), x: [x], y, weighting: { kind: 'none' } });
    expect(report.parameters.map((p) => p.value)).toEqual([
      expect.closeTo(3, 8),
      expect.closeTo(1.7, 8),
      expect.closeTo(0.2, 8),
    ]);
  });
});
