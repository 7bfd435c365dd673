import { describe, expect, it } from 'vitest';
import { computeErf, computeErfc, findRoot, lambertWExp } from '../../fitting/index.ts';

describe('W(e^x), EX-1.1', () => {
  it.each([
    [-50, 1.92874985e-22],
    [-1, 0.2784645428],
    [0, 0.56714329],
    [1, 1],
    [10, 7.9294201],
    [700, 693.4583088],
    [5000, 4991.484511],
  ])('EX-1.1: W(e^%d) = %d', (x, w) => {
    expect(Math.abs(lambertWExp(x) / w - 1)).toBeLessThan(5e-9);
  });

  it('satisfies w + ln w = x to the last digits over the whole range', () => {
    for (let x = -690; x < 5000; x += 0.37) {
      const w = lambertWExp(x);
      expect(Math.abs(w + Math.log(w) - x)).toBeLessThan(1e-12);
    }
  });

  it('neither overflows nor turns into NaN far outside', () => {
    expect(lambertWExp(-800)).toBe(0);
    expect(lambertWExp(1e300)).toBe(1e300);
  });
});

describe('other special functions against tables (Abramowitz and Stegun, DLMF)', () => {
  it.each([
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [-1, -0.8427007929497149],
  ])('erf(%d) = %d', (x, value) => {
    expect(computeErf(x)).toBeCloseTo(value, 14);
  });

  it('keeps the relative accuracy of erfc in the tail', () => {
    expect(computeErfc(5) / 1.5374597944280349e-12 - 1).toBeCloseTo(0, 12);
    expect(computeErfc(10) / 2.088487583762545e-45 - 1).toBeCloseTo(0, 12);
  });

  it('finds a bracketed root to the last bits and refuses an interval without sign change', () => {
    expect(findRoot((x) => Math.cos(x) - x, 0, 1)).toBeCloseTo(0.7390851332151607, 15);
    expect(findRoot((x) => x ** 3 - 1e-30, 0, 1)! / 1e-10).toBeCloseTo(1, 10);
    expect(findRoot((x) => x * x + 1, -1, 1)).toBeNull();
  });
});
