import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, weibullMle } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { pulseWidth } from '../../../src/analyses/memory/pulse-width.ts';
import { endurance, measureTrend } from '../../../src/analyses/reliability/endurance.ts';
import { retention } from '../../../src/analyses/reliability/retention.ts';
import { estimateSurvival, findMedianLifetime } from '../../../src/analyses/reliability/survival.ts';
import { codesOf, first, makeInput, makeMeasurement, numberOf, pick } from '../../support/measurements.ts';

/** FX-17: 1e4 cycles, HRS 0.05 and LRS 0.03 dex, dropouts to the low state at the cycles named. */
function cycles(dropouts: readonly number[], count = 10_000): { n: number[]; high: number[]; low: number[] } {
  const normal = createNormal(createRandom(21));
  const n = Array.from({ length: count }, (_, i) => i + 1);
  const high = n.map((c) => (dropouts.includes(c) ? 900 : 1.6e5 * 10 ** (0.05 * normal())));
  return { n, high, low: n.map(() => 830 * 10 ** (0.03 * normal())) };
}

function endure(data: { n: number[]; high: number[]; low: number[] }): AnalysisOutput {
  return endurance.run(
    makeInput(
      makeMeasurement('endurance', [
        { role: 'cycle', unit: '1', data: data.n },
        { role: 'resistance', unit: 'ohm', data: data.low, label: 'LRS' },
        { role: 'resistance', unit: 'ohm', data: data.high, label: 'HRS' },
      ]),
    ),
  );
}

function retain(time: readonly number[], high: readonly number[], low: readonly number[]): AnalysisOutput {
  return retention.run(
    makeInput(
      makeMeasurement('retention', [
        { role: 'time', unit: 's', data: time },
        { role: 'resistance', unit: 'ohm', data: high, label: 'HRS (ohm)' },
        { role: 'resistance', unit: 'ohm', data: low, label: 'LRS (ohm)' },
      ]),
    ),
  );
}

describe('endurance', () => {
  it('FX-17: three dropouts in 1e4 cycles: first failure, share with its Wilson interval, where it stuck', () => {
    const output = endure(cycles([2113, 5000, 7777]));
    expect(numberOf(output, 'enduranceCycles')).toBe(2113);
    expect(numberOf(output, 'failureProbability')).toBeCloseTo(3e-4, 12);
    const [low, high] = first(output, 'failureProbability').interval95!;
    expect(low).toBeLessThan(3e-4);
    expect(high).toBeGreaterThan(3e-4);
    expect(first(output, 'enduranceCycles').reasons[0]!.message).toContain('stuck in the low state 3');
    expect(numberOf(output, 'onOffRatio')).toBeCloseTo(192.8, -1);
    expect(numberOf(output, 'highResistance') / 1.6e5).toBeCloseTo(1, 2);
    expect(numberOf(output, 'spreadDecades')).toBeCloseTo(0.05, 1);
    expect(codesOf(first(output, 'onOffRatio'))).not.toContain('DECIMATED');
    expect(first(output, 'onOffRatio').reasons[0]!.message).toContain('10^3: ');
  });

  it('EX-2.12: no failure in 50 cycles bounds the failure probability at 5.8 %', () => {
    const output = endure(cycles([], 50));
    const probability = first(output, 'failureProbability');
    expect(probability.status).toBe('bound');
    expect(probability.bound).toBe('upper');
    expect(probability.value as number).toBeCloseTo(0.058, 3);
    const lifetime = first(output, 'enduranceCycles');
    expect(lifetime.bound).toBe('lower');
    expect(lifetime.value).toBe(50);
    expect(codesOf(lifetime)).toContain('CENSORED');
  });

  it('failure matrix: 20 points for 1e4 cycles are decimated', () => {
    const all = cycles([]);
    const keep = Array.from({ length: 20 }, (_, i) => (i + 1) * 500 - 1);
    const output = endure({
      n: keep.map((i) => all.n[i]!),
      high: keep.map((i) => all.high[i]!),
      low: keep.map((i) => all.low[i]!),
    });
    for (const id of ['onOffRatio', 'enduranceCycles', 'highResistance'] as const)
      expect(codesOf(first(output, id))).toContain('DECIMATED');
    expect(first(output, 'highResistance').reasons[0]!.message).toContain('20 read cycles stand for 10000');
  });

  it('a drift of the ratio is found with its slope', () => {
    const normal = createNormal(createRandom(3));
    const n = Array.from({ length: 3000 }, (_, i) => i + 1);
    const trend = measureTrend(
      n,
      n.map((c) => 1e5 * c ** -0.1 * 10 ** (0.02 * normal())),
    )!;
    expect(trend.slope).toBeCloseTo(-0.1, 2);
    expect(trend.p).toBeLessThan(1e-6);
  });

  it('one state only, or nothing: refused by name', () => {
    const single = endurance.run(
      makeInput(
        makeMeasurement('endurance', [
          { role: 'cycle', unit: '1', data: [1, 2, 3, 4, 5] },
          { role: 'resistance', unit: 'ohm', data: [1e5, 1.1e5, 1e5, 9e4, 1e5], label: 'HRS' },
        ]),
      ),
    );
    expect(codesOf(first(single, 'onOffRatio'))).toContain('BRANCH_MISSING');
    expect(first(single, 'highResistance').status).toBe('ok');
    for (const output of [
      endure({ n: [], high: [], low: [] }),
      endure({ n: [1, 2], high: [Number.NaN, Number.NaN], low: [Number.NaN, Number.NaN] }),
    ])
      for (const id of endurance.quantities) expect(first(output, id).status).toBe('refused');
  });
});

describe('retention', () => {
  const TIME = [10, 100, 1e3, 1e4, 1e5];
  const HRS = [1.6e5, 1.52e5, 1.46e5, 1.38e5, 1.33e5];
  const LRS = [830, 842, 851, 863, 872];

  it('EX-2.13: slopes, ten-year values, ratio 123.5; the crossing lies beyond 1e12 s and is not printed', () => {
    const output = retain(TIME, HRS, LRS);
    const [high, low] = pick(output, 'retentionSlope');
    expect(high!.value).toBeCloseTo(-0.02025, 5);
    expect(high!.standardUncertainty!).toBeCloseTo(0.00069, 5);
    expect(low!.value).toBeCloseTo(0.00536, 5);
    expect(low!.standardUncertainty!).toBeCloseTo(0.00017, 5);
    const [r10, l10] = pick(output, 'extrapolatedResistance');
    expect(r10!.value as number).toBeCloseTo(1.126e5, -2);
    expect(l10!.value as number).toBeCloseTo(911.2, 1);
    expect(r10!.interval95![0]).toBeLessThan(1.126e5);
    expect(codesOf(r10!)).toContain('EXTRAPOLATION_UNSAFE');
    expect(r10!.reasons[0]!.message).toContain('3.5 decades');
    expect(numberOf(output, 'onOffRatio')).toBeCloseTo(123.5, 1);
    const crossing = first(output, 'retentionTime');
    expect(crossing.status).toBe('bound');
    expect(crossing.value).toBe(1e12);
    expect(crossing.reasons[0]!.message).toContain('10^51 s');
  });

  it('a window that closes is given its time', () => {
    const time = [1, 10, 100, 1000];
    const output = retain(
      time,
      time.map((t) => 1e5 * t ** -0.3),
      time.map((t) => 1e3 * t ** 0.1),
    );
    // 100 t^-0.4 = 10
    expect(numberOf(output, 'retentionTime')).toBeCloseTo(10 ** 2.5, 3);
  });

  it('one reading, no reading or one state: refused by name', () => {
    for (const output of [
      retain([10], [1e5], [900]),
      retain([], [], []),
      retain([10, 10, 10], HRS.slice(0, 3), LRS.slice(0, 3)),
    ])
      for (const id of retention.quantities) {
        expect(first(output, id).status).toBe('refused');
        expect(first(output, id).reasons[0]!.message.length).toBeGreaterThan(10);
      }
  });

  it('EX-2.15: survival of five failed and five censored cells, median 80 h, censored Weibull 1.3704 and 103.59 h', () => {
    const failures = [10, 30, 45, 60, 80];
    const censored = [20, 45, 100, 100, 100];
    const steps = estimateSurvival(failures, censored);
    expect(steps.map((step) => Number(step.survival.toFixed(4)))).toEqual([0.9, 0.7875, 0.675, 0.54, 0.405]);
    expect(steps.map((step) => Number(step.error.toFixed(4)))).toEqual([
      0.0949, 0.134, 0.1551, 0.1731, 0.1747,
    ]);
    expect(findMedianLifetime(steps)).toBe(80);
    expect(findMedianLifetime(estimateSurvival([10], [20, 30]))).toBeNull();
    const weibull = weibullMle(failures, censored)!;
    expect(weibull.shape).toBeCloseTo(1.3704, 4);
    expect(weibull.scale).toBeCloseTo(103.59, 2);
  });
});

describe('pulse widths', () => {
  function series(
    widths: readonly number[],
    values: readonly number[],
    label = 'Success',
    role = 'other' as const,
  ): AnalysisOutput {
    return pulseWidth.run(
      makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 's', data: widths, label: 'Pulse width' },
          { role, unit: '1', data: values, label },
        ]),
      ),
    );
  }

  it('shares with Wilson intervals and t_50 of a logistic with known truth', () => {
    const uniform = createRandom(5);
    const widths: number[] = [];
    const success: number[] = [];
    for (const w of [0.3, 0.5, 0.8, 1.2, 2, 3, 5])
      for (let k = 0; k < 60; k++) {
        widths.push(w * 1e-6);
        success.push(uniform() < 1 / (1 + Math.exp(-Math.log(w / 1.1) / 0.3)) ? 1 : 0);
      }
    const output = series(widths, success);
    const [half, sure] = pick(output, 'switchingTime');
    expect(Math.abs((half!.value as number) - 1.1e-6)).toBeLessThan(4 * half!.standardUncertainty!);
    expect(half!.standardUncertainty!).toBeLessThan(0.1e-6);
    expect(sure!.value as number).toBeGreaterThan(1.2e-6);
    expect(pick(output, 'switchingProbability')).toHaveLength(7);
    expect(codesOf(first(output, 'onOffRatio'))).toContain('NO_DATA');
  });

  it('a read current that jumps: one pulse a width gives the gap, and says that shares need more pulses', () => {
    const measurement = makeMeasurement('series', [
      { role: 'other', unit: 's', data: [3e-7, 5e-7, 8e-7, 1e-6, 2e-6, 3.8e-6], label: 'Pulse width' },
      { role: 'current', unit: 'A', data: [3.1e-7, 3.3e-7, 6e-7, 4e-6, 1e-4, 1.1e-4], label: 'Read current' },
    ]);
    const output = pulseWidth.run(makeInput(measurement));
    expect(numberOf(output, 'switchingTime')).toBeCloseTo(Math.sqrt(8e-7 * 1e-6), 12);
    expect(first(output, 'switchingTime').interval95).toEqual([8e-7, 1e-6]);
    expect(codesOf(first(output, 'switchingProbability'))).toContain('TOO_FEW_POINTS');
    expect(first(output, 'switchingTime').method).toContain('10 times');
    expect(numberOf(output, 'onOffRatio')).toBeCloseTo(355, 0);
  });

  it('no pulse switches: a lower bound with the range', () => {
    const output = series([1e-6, 2e-6, 3e-6], [0, 0, 0]);
    const time = first(output, 'switchingTime');
    expect(time.status).toBe('bound');
    expect(time.bound).toBe('lower');
    expect(time.value).toBe(3e-6);
    expect(time.reasons[0]!.message).toContain('1.000 µs to 3.000 µs');
  });

  it('nothing to judge is refused', () => {
    for (const output of [series([], []), series([1e-6], [1])])
      for (const id of pulseWidth.quantities) expect(first(output, id).status).toBe('refused');
  });
});
