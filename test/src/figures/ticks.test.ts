import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AxisSpec } from '../../../src/figures/figure.ts';
import { straightener } from '../../../src/figures/layout/scales.ts';
import { chooseTicks } from '../../../src/figures/layout/ticks.ts';
import { chooseStep, partsOf } from '../../../src/figures/layout/ticks-linear.ts';

const linear = (domain: [number, number], more: Partial<AxisSpec> = {}): AxisSpec => ({
  kind: 'linear',
  domain,
  ...more,
});
const log = (domain: [number, number], more: Partial<AxisSpec> = {}): AxisSpec => ({
  kind: 'log',
  domain,
  ...more,
});
const labelsOf = (axis: AxisSpec, length: number, pitch: number): readonly string[] =>
  chooseTicks(axis, length, pitch).major.flatMap(({ label }) => (label === undefined ? [] : [label]));

describe('linear ticks', () => {
  it.each([
    [0, 8, 5, 2],
    [0, 1, 5, 0.2],
    [0, 20, 5, 5],
    [-2, 2, 5, 1],
    [0, 100, 6, 20],
    [-1e-6, 3e-5, 5, 1e-5],
  ])('from %s to %s with about %s labels step by %s', (from, to, target, step) => {
    expect(chooseStep(from, to, target).step).toBeCloseTo(step, 12);
  });

  it('divide a step of 1 and 5 by five, 2 and 4 by four, 3 by three, and fewer where too close', () => {
    expect([1, 5, 2, 4, 3].map((step) => partsOf(step, 100))).toEqual([5, 5, 4, 4, 3]);
    expect(partsOf(2, 10)).toBe(2);
    expect(partsOf(5, 10)).toBe(1);
    expect(partsOf(1, 5)).toBe(1);
  });

  it('write U+2212, a plain 0 and equal decimals, in the shown unit', () => {
    expect(labelsOf(linear([-0.002, 0.002], { scale: 1e3 }), 200, 40)).toEqual([
      '\u22122',
      '\u22121',
      '0',
      '1',
      '2',
    ]);
    expect(labelsOf(linear([0, 1]), 200, 40)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(labelsOf(linear([0, 40_000]), 200, 40)).toContain('20\\,000');
  });

  it('write a common power of ten where a unit without prefix leaves tiny or huge numbers', () => {
    expect(labelsOf(linear([0, 4e-9]), 200, 50)).toEqual([
      '0',
      '1\\,×\\,10^{\u22129}',
      '2\\,×\\,10^{\u22129}',
      '3\\,×\\,10^{\u22129}',
      '4\\,×\\,10^{\u22129}',
    ]);
  });

  it('stay inside the axis, at least two, at most ten, whatever the range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        (from, span) => {
          fc.pre(from + span > from && span > Math.abs(from) * 1e-9);
          const { major } = chooseTicks(linear([from, from + span]), 200, 30);
          expect(major.length).toBeGreaterThanOrEqual(2);
          expect(major.length).toBeLessThanOrEqual(11);
          for (const { at } of major) {
            expect(at).toBeGreaterThanOrEqual(from - span * 1e-6);
            expect(at).toBeLessThanOrEqual(from + span * (1 + 1e-6));
          }
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('logarithmic ticks', () => {
  it('are numbers for few decades about 1, else powers throughout, never mixed', () => {
    expect(labelsOf(log([0.01, 10]), 200, 20)).toEqual(['0.01', '0.1', '1', '10']);
    expect(labelsOf(log([1e-3, 10]), 200, 20)).toEqual([
      '10^{\u22123}',
      '10^{\u22122}',
      '10^{\u22121}',
      '10^{0}',
      '10^{1}',
    ]);
  });

  it('skip labels where decades are close, and carry no minor ticks then', () => {
    const ticks = chooseTicks(log([1e-12, 1e-1]), 110, 15);
    expect(ticks.minor).toEqual([]);
    expect(ticks.major.length).toBe(12);
    expect(ticks.major.filter(({ label }) => label).length).toBeLessThan(8);
  });

  it('label 1 2 5 within about a decade and linear steps within a fraction of one', () => {
    expect(labelsOf(log([0.15, 6]), 100, 15)).toContain('0.5');
    expect(labelsOf(log([0.7, 0.9]), 200, 20).length).toBeGreaterThanOrEqual(3);
  });

  it('write the shown unit', () => {
    expect(labelsOf(log([1e-6, 1e-4], { scale: 1e6 }), 200, 20)).toEqual(['1', '10', '100']);
  });
});

describe('signed-log and Weibull axes', () => {
  it('map v to log10(|v|/L) far from 0, oddly and smoothly through it', () => {
    const f = straightener({ kind: 'symlog', threshold: 1e-6, domain: [-1, 1] });
    expect(f(1e-2)).toBeCloseTo(4, 6);
    expect(f(-1e-2)).toBe(-f(1e-2));
    expect(f(1e-9) / 1e-9).toBeCloseTo(f(1e-8) / 1e-8, -2);
    expect(f(0)).toBe(0);
  });

  it('label 0 and the decades of both signs', () => {
    const labels = labelsOf({ kind: 'symlog', threshold: 1e-6, domain: [-1e-3, 1e-2] }, 300, 15);
    expect(labels).toContain('0');
    expect(labels).toContain('10^{\u22122}');
    expect(labels).toContain('\u221210^{\u22123}');
  });

  it('put the Weibull scale 63.2 % at 0 and label percents', () => {
    const axis: AxisSpec = { kind: 'weibull', domain: [0.01, 0.99] };
    expect(straightener(axis)(1 - Math.exp(-1))).toBeCloseTo(0, 12);
    expect(labelsOf(axis, 200, 15)).toEqual(['1', '5', '10', '20', '50', '80', '95', '99']);
  });
});
