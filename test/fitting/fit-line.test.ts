import { describe, expect, it } from 'vitest';
import { localPolynomial } from '../../fitting/derivative.ts';
import { fitLine, fitParabola } from '../../fitting/fit-line.ts';

describe('straight lines and parabolas', () => {
  it("Anscombe's first set: slope 0.5001 +- 0.1179, intercept 3.0001 +- 1.1247, r2 0.6665 (published)", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const fit = fitLine(x, y)!;
    expect(fit.slope).toBeCloseTo(0.5001, 4);
    expect(fit.intercept).toBeCloseTo(3.0001, 4);
    expect(fit.slopeError).toBeCloseTo(0.1179, 4);
    expect(fit.interceptError).toBeCloseTo(1.1247, 4);
    expect(fit.r2).toBeCloseTo(0.6665, 4);
  });

  it('keeps its digits far from the origin, and refuses a vertical line', () => {
    const x = Float64Array.from({ length: 50 }, (_, i) => 1e6 + i * 1e-3);
    const fit = fitLine(
      x,
      Float64Array.from(x, (v) => 2 * (v - 1e6) + 1),
    )!;
    expect(fit.slope).toBeCloseTo(2, 6);
    expect(fitLine([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(fitLine([1], [1])).toBeNull();
  });

  it('two points give no error; weights pull the line', () => {
    expect(fitLine([0, 1], [0, 1])!.slopeError).toBeNull();
    const pulled = fitLine([0, 1, 2], [0, 1, 10], { sigma: [0.01, 0.01, 100] })!;
    expect(pulled.slope).toBeCloseTo(1, 4);
  });

  it('parabola: exact coefficients, null for two different x', () => {
    const x = [-2, -1, 0, 1, 3];
    const fit = fitParabola(
      x,
      x.map((v) => 3 - 2 * v + 0.5 * v * v),
    )!;
    expect(fit.constant).toBeCloseTo(3, 12);
    expect(fit.linear).toBeCloseTo(-2, 12);
    expect(fit.quadratic).toBeCloseTo(0.5, 12);
    expect(fitParabola([0, 1, 1, 0], [1, 2, 2, 1])).toBeNull();
  });

  it('local parabola differentiates a cubic on an uneven grid to third order', () => {
    const x = Float64Array.from({ length: 80 }, (_, i) => (i / 40) ** 1.3);
    const derivative = localPolynomial(
      x,
      Float64Array.from(x, (v) => v ** 3),
      { window: 7 },
    );
    for (let i = 5; i < 75; i++) expect(Math.abs(derivative.first[i]! - 3 * x[i]! ** 2)).toBeLessThan(0.03);
    expect(derivative.nearEnd[0]).toBe(1);
    expect(derivative.nearEnd[40]).toBe(0);
  });
});
