import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../fitting/random.ts';
import {
  incompleteBeta,
  lnGamma,
  mannKendall,
  median,
  normalCdf,
  normalQuantile,
  scaledMad,
  secondDifferenceNoise,
  standardDeviation,
  studentCdf,
  studentQuantile,
  theilSen,
  weibullMle,
  wilsonInterval,
} from '../../fitting/statistics.ts';

describe('statistics against printed tables', () => {
  it('Student quantiles equal the printed table (0.975)', () => {
    const table: [number, number][] = [
      [1, 12.7062047364],
      [2, 4.30265272991],
      [5, 2.57058183661],
      [10, 2.22813885196],
      [30, 2.0422724563],
      [1000, 1.96233908082],
    ];
    for (const [dof, t] of table) expect(studentQuantile(0.975, dof)).toBeCloseTo(t, 8);
    expect(studentQuantile(0.025, 10)).toBeCloseTo(-2.22813885196, 8);
    expect(studentCdf(2.22813885196, 10)).toBeCloseTo(0.975, 10);
  });

  it('normal quantiles and tails equal the printed table', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.999)).toBeCloseTo(3.090232306167813, 12);
    expect(normalQuantile(1e-6)).toBeCloseTo(-4.753424308822899, 10);
    expect(normalCdf(-5) / 2.866515718791939e-7).toBeCloseTo(1, 10);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 13);
  });

  it('gamma and beta functions: ln 9!, ln sqrt(pi), I_0.5(2,3) = 11/16', () => {
    expect(lnGamma(10)).toBeCloseTo(Math.log(362880), 11);
    expect(lnGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
    expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(11 / 16, 13);
  });

  it('median and MAD of odd and even lists', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(scaledMad([1, 2, 3, 4, 100])).toBeCloseTo(1.4826, 12);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.138089935, 8);
  });

  it('second differences find the noise on a parabola, whatever the parabola', () => {
    const noise = createNormal(createRandom(5));
    const y = Float64Array.from({ length: 4000 }, (_, i) => 1e-3 * (i / 100) ** 2 + 0.02 * noise());
    expect(secondDifferenceNoise(y)).toBeGreaterThan(0.019);
    expect(secondDifferenceNoise(y)).toBeLessThan(0.021);
  });

  it('Theil-Sen ignores an outlier', () => {
    const fit = theilSen([0, 1, 2, 3, 4, 5], [1, 3, 5, 70, 9, 11]);
    expect(fit.slope).toBeCloseTo(2, 12);
    expect(fit.intercept).toBeCloseTo(1, 12);
  });

  it('EX-2.7 Weibull maximum likelihood of ten SET voltages', () => {
    const fit = weibullMle([0.74, 0.77, 0.79, 0.8, 0.82, 0.82, 0.83, 0.85, 0.87, 0.91])!;
    expect(fit.shape).toBeCloseTo(18.123, 3);
    expect(fit.scale).toBeCloseTo(0.84244, 5);
  });

  it('EX-2.15 censored Weibull', () => {
    const fit = weibullMle([10, 30, 45, 60, 80], [20, 45, 100, 100, 100])!;
    expect(fit.shape).toBeCloseTo(1.3704, 4);
    expect(fit.scale).toBeCloseTo(103.59, 2);
    expect(weibullMle([2, 2, 2])).toBeNull();
  });

  it('Wilson interval of 0 of 10 and 5 of 10 (published)', () => {
    expect(wilsonInterval(0, 10)[1]).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval(5, 10)[0]).toBeCloseTo(0.2366, 4);
  });

  it('Mann-Kendall of a rising series of ten', () => {
    const test = mannKendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(test.s).toBe(45);
    expect(test.z).toBeCloseTo(44 / Math.sqrt(125), 10);
    expect(test.p).toBeLessThan(1e-4);
  });
});
