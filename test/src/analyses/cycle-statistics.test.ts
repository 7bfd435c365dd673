import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, standardDeviation, weibullMle } from '../../../fitting/index.ts';
import {
  describeLogSample,
  describeSample,
  estimateWeibull,
  plottingPositions,
} from '../../../fitting/sample-statistics.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { clusterLevels, countResolved, measureGap } from '../../../src/analyses/memory/cluster-levels.ts';
import { multilevelStates } from '../../../src/analyses/memory/multilevel-states.ts';
import { cycleStatistics } from '../../../src/analyses/reliability/cycle-statistics.ts';
import { conditionSweep } from '../../../src/conditioning/condition-sweep.ts';
import { determined } from '../../../src/model/build-quantity.ts';
import { measurementId } from '../../../src/model/ids.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import type { AnalysisResult } from '../../../src/model/quantity.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';

const SET = [0.74, 0.77, 0.79, 0.8, 0.82, 0.82, 0.83, 0.85, 0.87, 0.91];
const HRS = [1.2e5, 1.5e5, 1.6e5, 1.9e5, 2.6e5];

/** Results of earlier steps, one value a cycle. */
function earlier(values: Partial<Record<QuantityId, readonly number[]>>): AnalysisResult[] {
  const quantities = Object.entries(values).flatMap(([id, list]) =>
    list.map((value, cycle) =>
      determined(id as QuantityId, { branch: '+forward', cycle, method: 'events', value }),
    ),
  );
  const head = { measurementId: measurementId('made.csv', 0), analysis: 'made', analysisVersion: 1 };
  return [{ ...head, quantities, fits: [], overlays: [], issues: [] }];
}

function statistics(values: Partial<Record<QuantityId, readonly number[]>>): AnalysisOutput {
  const measurement = makeMeasurement('iv', [
    { role: 'voltage', unit: 'V', data: [0, 1] },
    { role: 'current', unit: 'A', data: [0, 1e-3] },
  ]);
  return cycleStatistics.run(makeInput(measurement, { earlier: earlier(values) }));
}

describe('statistics of one device', () => {
  it('EX-2.7: mean 0.8200, sd 0.04922, CV 6.00 %, median 0.82, Weibull 18.123 and 0.84244', () => {
    const sample = describeSample(SET);
    expect(sample.mean).toBeCloseTo(0.82, 10);
    expect(sample.standardDeviation).toBeCloseTo(0.04922, 5);
    expect(sample.median).toBeCloseTo(0.82, 10);
    const output = statistics({ setVoltage: SET });
    expect(numberOf(output, 'coefficientOfVariation')).toBeCloseTo(0.06, 4);
    expect(numberOf(output, 'weibullShape')).toBeCloseTo(18.123, 3);
    expect(numberOf(output, 'weibullScale')).toBeCloseTo(0.84244, 5);
    expect(first(output, 'weibullShape').interval95).not.toBeNull();
    expect(first(output, 'weibullShape').reasons[0]!.message).toContain('10 cycles');
  });

  it('EX-2.7: both probability plots on Benard positions', () => {
    const p = plottingPositions(SET.length);
    const x = SET.map(Math.log);
    const y = p.map((F) => Math.log(-Math.log(1 - F)));
    const mean = (a: readonly number[]): number => a.reduce((s, v) => s + v, 0) / a.length;
    const [mx, my] = [mean(x), mean(y)];
    const sxy = x.reduce((s, v, k) => s + (v - mx) * (y[k]! - my), 0);
    const sxx = x.reduce((s, v) => s + (v - mx) ** 2, 0);
    const syy = y.reduce((s, v) => s + (v - my) ** 2, 0);
    expect(sxy / sxx).toBeCloseTo(18.236, 3);
    expect(syy / sxy).toBeCloseTo(19.024, 3);
    // eta where the line meets ln(-ln(1 - F)) = 0
    expect(Math.exp(mx - my / (sxy / sxx))).toBeCloseTo(0.8425, 5);
    expect(Math.exp(mx - my / (syy / sxy))).toBeCloseTo(0.8415, 5);
  });

  it('EX-2.8: geometric mean 1.7007e5, 0.1254 decades', () => {
    const sample = describeLogSample(HRS);
    expect(sample.geometricMean / 1.7007e5).toBeCloseTo(1, 4);
    expect(sample.decades).toBeCloseTo(0.1254, 4);
    expect(describeSample(HRS).mean).toBeCloseTo(1.76e5, 6);
    expect(numberOf(statistics({ highResistance: HRS }), 'spreadDecades')).toBeCloseTo(0.1254, 4);
  });

  it('FX-5: fifty cycles drawn from Weibull(18.1, 0.842) and log-normal resistances give these back', () => {
    const uniform = createRandom(5);
    const normal = createNormal(createRandom(55));
    const set = Array.from({ length: 50 }, () => 0.842 * (-Math.log(1 - uniform())) ** (1 / 18.1));
    const reset = Array.from({ length: 50 }, () => -1.12 + 0.05 * normal());
    const high = Array.from({ length: 50 }, () => 1.6e5 * 10 ** (0.13 * normal()));
    const output = statistics({ setVoltage: set, resetVoltage: reset, highResistance: high });
    const [ofSet, ofReset] = pick(output, 'coefficientOfVariation');
    expect(Math.abs((ofSet!.value as number) - 0.068)).toBeLessThan(0.014);
    expect(Math.abs((ofReset!.value as number) - 0.05 / 1.12)).toBeLessThan(0.01);
    expect(Math.abs(numberOf(output, 'weibullShape') - 18)).toBeLessThan(4);
    expect(Math.abs(numberOf(output, 'spreadDecades') - 0.13)).toBeLessThan(0.03);
    const [low, up] = first(output, 'weibullShape').interval95!;
    expect(low).toBeLessThan(18.1);
    expect(up).toBeGreaterThan(18.1);
  });

  it('the 95 % interval of the CV holds the truth in 92 to 98 % of 1,000 samples of twenty', () => {
    const normal = createNormal(createRandom(95));
    let inside = 0;
    for (let run = 0; run < 1000; run++) {
      const values = Array.from({ length: 20 }, () => -1.12 + 0.05 * normal());
      const value = describeSample(values.map(Math.abs)).variation!;
      expect(value).toBeCloseTo(standardDeviation(values) / Math.abs(describeSample(values).mean), 12);
      const [low, high] = first(statistics({ resetVoltage: values.slice(0, 20) }), 'coefficientOfVariation')
        .interval95!;
      if (low <= 0.05 / 1.12 && high >= 0.05 / 1.12) inside++;
      if (run === 0) expect(weibullMle(values.map(Math.abs))).not.toBeNull();
    }
    expect(inside).toBeGreaterThanOrEqual(920);
    expect(inside).toBeLessThanOrEqual(980);
  }, 120_000);

  it('the 95 % intervals of the Weibull law hold the truth in 92 to 98 % of 1,000 samples of eight', () => {
    const uniform = createRandom(77);
    let shapes = 0;
    let scales = 0;
    for (let run = 0; run < 1000; run++) {
      const values = Array.from({ length: 8 }, () => 0.842 * (-Math.log(1 - uniform())) ** (1 / 18.1));
      const fit = estimateWeibull(values)!;
      if (fit.shapeInterval[0] <= 18.1 && fit.shapeInterval[1] >= 18.1) shapes++;
      if (fit.scaleInterval[0] <= 0.842 && fit.scaleInterval[1] >= 0.842) scales++;
    }
    for (const inside of [shapes, scales]) {
      expect(inside).toBeGreaterThanOrEqual(920);
      expect(inside).toBeLessThanOrEqual(980);
    }
  });

  it('failure matrix: one cycle has no spread, never a standard deviation of 0', () => {
    const output = statistics({ setVoltage: [0.82], highResistance: [1.6e5] });
    for (const id of ['coefficientOfVariation', 'spreadDecades', 'weibullShape'] as const) {
      const one = first(output, id);
      expect(one.value).toBeNull();
      expect(one.standardUncertainty).toBeNull();
      expect(codesOf(one)).toEqual(['TOO_FEW_POINTS']);
      expect(one.reasons[0]!.message).toContain('1 cycle');
    }
  });

  it('failure matrix: identical values have no Weibull shape, and the value stands in the sentence', () => {
    const shape = first(statistics({ setVoltage: [0.825, 0.825, 0.825, 0.825, 0.825] }), 'weibullShape');
    expect(shape.status).toBe('refused');
    expect(shape.reasons[0]!.message).toContain('0.8250 V: their spread is below the grid step');
  });

  it('forming is not one of the cycles', () => {
    const formed = [1.6, ...SET];
    const results = earlier({ setVoltage: formed });
    const forming = determined('formingVoltage', {
      branch: '+forward',
      cycle: 0,
      method: 'events',
      value: 1.6,
    });
    const measurement = makeMeasurement('iv', []);
    const output = cycleStatistics.run(
      makeInput(measurement, { earlier: [...results, { ...results[0]!, quantities: [forming] }] }),
    );
    expect(numberOf(output, 'coefficientOfVariation')).toBeCloseTo(0.06, 4);
  });

  it('curves that differ by a factor have its spread at every voltage', () => {
    const legs = [1, 1.1, 0.9, 1.05].flatMap((factor) =>
      Array.from({ length: 81 }, (_, k) => {
        const v = 0.05 * (k <= 40 ? k : 80 - k);
        return [v, factor * 1e-4 * v] as const;
      }).slice(factor === 1 ? 0 : 1),
    );
    const measurement = makeMeasurement('iv', [
      { role: 'voltage', unit: 'V', data: legs.map(([v]) => v) },
      { role: 'current', unit: 'A', data: legs.map(([, i]) => i) },
    ]);
    const output = cycleStatistics.run(
      makeInput(measurement, { conditioned: conditionSweep(measurement, {}) }),
    );
    const truth = describeSample([1, 1.1, 0.9, 1.05]).variation!;
    expect(numberOf(output, 'curveVariability')).toBeCloseTo(truth, 3);
    expect(pick(output, 'curveVariability')[1]!.value).toBeCloseTo(
      describeLogSample([1, 1.1, 0.9, 1.05]).decades!,
      3,
    );
  });
});

describe('levels of a multilevel memory', () => {
  const normal = createNormal(createRandom(25));
  const draw = (centres: readonly number[], spread: number, each: number): number[] =>
    centres.flatMap((c) => Array.from({ length: each }, () => c + spread * normal()));

  it('one normal distribution stays one level', () => {
    expect(clusterLevels(draw([4], 0.1, 200))).toHaveLength(1);
  });

  it.each([2, 3, 4, 6])('%i levels 0.5 decades apart are found and resolved', (k) => {
    const centres = Array.from({ length: k }, (_, i) => 3 + 0.5 * i);
    const levels = clusterLevels(draw(centres, 0.03, 30));
    expect(levels).toHaveLength(k);
    expect(countResolved(levels)).toBe(k);
    for (const [i, level] of levels.entries()) expect(Math.abs(level.mean - centres[i]!)).toBeLessThan(0.03);
    expect(measureGap(levels[0]!, levels[1]!)).toBeCloseTo(0.5 - 6 * 0.03, 1);
  });

  function table(values: readonly number[], control: boolean): AnalysisOutput {
    return multilevelStates.run(
      makeInput(
        makeMeasurement('series', [
          { role: 'resistance', unit: 'ohm', data: values, label: 'Resistance (ohm)' },
          ...(control
            ? [
                {
                  role: 'current' as const,
                  unit: 'A' as const,
                  data: values.map(() => 1e-3),
                  label: 'Compliance (A)',
                },
              ]
            : []),
        ]),
        { conditions: given({}) },
      ),
    );
  }

  it('four resolved levels are two bits; what set them must be recorded', () => {
    const values = draw([3, 3.6, 4.2, 4.8], 0.03, 20).map((x) => 10 ** x);
    const output = table(values, true);
    expect(numberOf(output, 'stateCount')).toBe(4);
    expect(numberOf(output, 'storedBits')).toBe(2);
    expect(pick(output, 'stateGap')).toHaveLength(3);
    expect(first(output, 'stateCount').status).toBe('ok');
    const bare = first(table(values, false), 'stateCount');
    expect(codesOf(bare)).toContain('INPUT_MISSING');
    expect(bare.reasons[0]!.subject).toBe('control');
  });

  it('refuses five readings', () => {
    expect(codesOf(first(table([1, 2, 3, 4, 5], true), 'stateCount'))).toEqual(['TOO_FEW_POINTS']);
  });
});
