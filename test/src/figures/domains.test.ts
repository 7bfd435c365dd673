import { describe, expect, it } from 'vitest';
import {
  alignedDomains,
  driveDomain,
  GAP_SHARE,
  linearDomain,
  logDomain,
  logDriveDomain,
  scaledLogUnit,
  scaledUnit,
} from '../../../src/figures/templates/domains.ts';
import { grid } from './support/outcomes.ts';

describe('automatic domains (STYLE 3)', () => {
  it('end a drive where the sweep was meant to end', () => {
    expect(driveDomain(grid(0.0012, 7.9991, 100))).toEqual([0, 8]);
    expect(driveDomain(grid(-2.003, 1.997, 100))).toEqual([-2, 2]);
    expect(driveDomain(Float64Array.of(0.37, 5.11))).toEqual([0.37, 5.11]);
  });

  it('give a response 4 % of air, start at 0, or 4 % below where data lie on it', () => {
    const [low, high] = linearDomain(grid(2, 100, 50));
    expect(low).toBe(0);
    expect(high).toBeGreaterThanOrEqual(104);
    expect(linearDomain(Float64Array.from({ length: 50 }, (_, i) => (i < 20 ? 0 : i)))[0]).toBeLessThan(0);
    expect(linearDomain(grid(95, 105, 50))[0]).toBeGreaterThan(90);
  });

  it('never come out empty or not finite', () => {
    for (const values of [[], [0], [5, 5], [Number.NaN], [-3]]) {
      for (const domain of [
        linearDomain(Float64Array.from(values)),
        driveDomain(Float64Array.from(values)),
      ]) {
        expect(domain[1]).toBeGreaterThan(domain[0]);
        expect(domain.every(Number.isFinite)).toBe(true);
      }
    }
    expect(logDomain([Float64Array.of(0, -1, Number.NaN)])).toBeNull();
    expect(logDomain([Float64Array.of(1)])).toEqual([0.1, 1]);
  });

  it('take whole decades and leave the dip at 0 V off', () => {
    const current = Float64Array.from(grid(0, 2, 201), (v) => 1e-12 + 3e-6 * v);
    expect(logDomain([current])).toEqual([1e-8, 1e-5].map((v) => expect.closeTo(v, 12)));
  });

  it('leave the zero reading of a drive off a log axis, and nothing of a list of cycles', () => {
    const sweep = Float64Array.from([1e-5, ...grid(0.05, 2, 60)]);
    expect(logDriveDomain([sweep], GAP_SHARE)![0]).toBeGreaterThan(0.03);
    expect(logDriveDomain([sweep])![0]).toBeLessThan(1e-5);
    const short = [5e-7, 0.5, 1, 2, 3];
    expect(logDriveDomain([short], GAP_SHARE)![0]).toBeGreaterThan(0.4);
    const cycles = Float64Array.from({ length: 10_000 }, (_, i) => i + 1);
    expect(logDriveDomain([cycles], GAP_SHARE)![0]).toBeLessThan(1);
  });

  it('choose the prefix by the largest label, on log axes by the middle', () => {
    expect(scaledUnit('A', [0, 0.018])).toEqual({ unit: 'mA', scale: 1e3 });
    expect(scaledUnit('s', [-5e-6, 5e-5])).toEqual({ unit: 'µs', scale: expect.closeTo(1e6, 3) });
    expect(scaledLogUnit('Hz', [1e3, 1e6])).toEqual({ unit: 'kHz', scale: 1e-3 });
  });

  it('put zero and all ticks of two axes at equal heights', () => {
    const { y, y2, step, step2 } = alignedDomains(0.0176, 1.02);
    expect(y[1] / step).toBeCloseTo(y2[1] / step2, 9);
    expect(y[0] / y[1]).toBeCloseTo(y2[0] / y2[1], 9);
    expect(y[1]).toBeGreaterThanOrEqual(0.0176);
  });
});
