import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { learningForgetting } from '../../../src/analyses/synapse/learning-forgetting.ts';
import { pairedPulse } from '../../../src/analyses/synapse/paired-pulse.ts';
import { spikeEnergy } from '../../../src/analyses/synapse/spike-energy.ts';
import { deviationFromLine, weightUpdate } from '../../../src/analyses/synapse/weight-update.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';

/** EX-7.1 as printed. */
const INTERVALS = [0.1, 0.2, 0.5, 1, 2, 5, 10];
const INDEX = [1.3978, 1.3282, 1.2246, 1.1748, 1.1434, 1.0869, 1.0378];

function pairs(
  intervals: readonly number[],
  index: readonly number[],
  label = 'PPF index',
  conditions = {},
): AnalysisOutput {
  return pairedPulse.run(
    makeInput(
      makeMeasurement('series', [
        { role: 'other', unit: 's', data: intervals, label: 'Interval (s)' },
        { role: 'other', unit: '1', data: index, label },
      ]),
      { conditions: given(conditions) },
    ),
  );
}

/** A trace of 1 ms steps: pulses at `starts`, response `kernel` from each on, baseline 1 nA. */
function trace(
  starts: readonly number[],
  kernel: (t: number) => number,
  more: { length?: number; noise?: number; drift?: number } = {},
) {
  const { length = 3000, noise = 0, drift = 0 } = more;
  const normal = createNormal(createRandom(18));
  const time = Array.from({ length }, (_, k) => k * 1e-3);
  const on = (t: number): boolean => starts.some((s) => t > s - 1e-9 && t < s + 0.04 - 1e-9);
  return makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: time },
    { role: 'stimulus', unit: 'V', data: time.map((t) => (on(t) ? 0.1 : 0)), label: 'Presynaptic pulse (V)' },
    {
      role: 'current',
      unit: 'A',
      label: 'EPSC (A)',
      data: time.map(
        (t) =>
          1e-9 +
          drift * t +
          starts.reduce((sum, s) => sum + (t > s ? kernel(t - s) : 0), 0) +
          noise * normal(),
      ),
    },
  ]);
}

const rise = (t: number): number => -Math.expm1(-Math.min(t, 0.04) / 0.008);

describe('paired pulses (FX-18)', () => {
  it('EX-7.1: amplitudes and times of both terms come back from seven printed indices', () => {
    const output = pairs(INTERVALS, INDEX);
    expect(numberOf(output, 'pairedPulseAmplitude1')).toBeCloseTo(0.3, 2);
    expect(numberOf(output, 'pairedPulseTime1')).toBeCloseTo(0.25, 2);
    expect(numberOf(output, 'pairedPulseAmplitude2')).toBeCloseTo(0.2, 2);
    expect(numberOf(output, 'pairedPulseTime2')).toBeCloseTo(6, 1);
    expect(pick(output, 'pairedPulseIndex').map(({ value }) => value)).toEqual(INDEX);
    expect(first(output, 'pairedPulseIndex').convention).toContain('end-to-start');
  });

  it('a single exponential keeps its second term to itself', () => {
    const output = pairs(
      INTERVALS,
      INTERVALS.map((t, k) => 1 + 0.4 * Math.exp(-t / 1.5) + 1e-3 * Math.sin(7 * k)),
    );
    expect(numberOf(output, 'pairedPulseTime1')).toBeCloseTo(1.5, 1);
    expect(codesOf(first(output, 'pairedPulseTime2'))).toEqual(['NOT_IDENTIFIABLE']);
  });

  it('EX-7.2: a residual of 10.3/72.9 predicts 1.141; 1.136 is no facilitation beyond it', () => {
    const output = pairedPulse.run(
      makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 's', data: [5], label: 'Interval (s)' },
          { role: 'current', unit: 'A', data: [72.9e-9], label: 'A1 (A)' },
          { role: 'current', unit: 'A', data: [1.136 * 72.9e-9], label: 'A2 (A)' },
          { role: 'current', unit: 'A', data: [10.3e-9], label: 'Residual (A)' },
        ]),
      ),
    );
    expect(numberOf(output, 'residualIndex')).toBeCloseTo(1.1413, 4);
    expect(numberOf(output, 'pairedPulseIndex')).toBeCloseTo(1.136, 12);
    expect(first(output, 'pairedPulseIndex').reasons.at(-1)!.message).toContain(
      'fully explained by the residual',
    );
    // tau of the residual: exp(-5/tau) = 0.1413
    expect(-5 / Math.log(numberOf(output, 'residualIndex') - 1)).toBeCloseTo(2.555, 3);
  });

  it('failure matrix: one interval gives the index only', () => {
    const output = pairs([5], [1.136]);
    expect(numberOf(output, 'pairedPulseIndex')).toBe(1.136);
    const time = first(output, 'pairedPulseTime1');
    expect(codesOf(time)).toEqual(['TOO_FEW_POINTS']);
    expect(time.reasons[0]!.message).toContain('there is 1');
  });

  it('prints its form: 1.136 is 0.136 as a difference, and 113.6 is taken as per cent with a flag', () => {
    const difference = pairs([5], [1.136], 'PPF index', { pairedPulseForm: 'difference' });
    expect(numberOf(difference, 'pairedPulseIndex')).toBeCloseTo(0.136, 12);
    expect(first(difference, 'pairedPulseIndex').convention).toContain('(A2 - A1)/A1');
    const percent = first(pairs([5], [113.6]), 'pairedPulseIndex');
    expect(percent.value).toBeCloseTo(1.136, 12);
    expect(codesOf(percent)).toContain('UNIT_SUSPECT');
  });

  it('reads both responses of a trace, with either baseline', () => {
    const kernel = (t: number): number => 5e-9 * rise(t) * Math.exp(-Math.max(0, t - 0.04) / 0.5);
    const output = pairedPulse.run(makeInput(trace([0.1, 0.64], kernel)));
    const left = Math.exp(-0.5 / 0.5);
    // the first response has decayed by 0.54 s when the second has its peak
    expect(numberOf(output, 'pairedPulseIndex')).toBeCloseTo(1 + Math.exp(-0.54 / 0.5), 1.7);
    expect(numberOf(output, 'residualIndex')).toBeCloseTo(1 + left, 1.7);
    const [above, own] = pick(output, 'pairedPulseIndex');
    expect(above!.convention).toContain('0.500 s end-to-start');
    expect(own!.value).toBeLessThan(1);
    expect(first(output, 'shortTermShare').value).toBeCloseTo(1, 2);
  });

  it('names a drifting baseline, a second pulse that comes too early, and a clipped peak', () => {
    const kernel = (t: number): number => 5e-9 * rise(t) * Math.exp(-Math.max(0, t - 0.04) / 0.5);
    const drifting = pairedPulse.run(makeInput(trace([0.1, 0.64], kernel, { noise: 1e-11, drift: 5e-9 })));
    expect(codesOf(first(drifting, 'pairedPulseIndex'))).toContain('BASELINE_UNSTABLE');
    const early = pairedPulse.run(makeInput(trace([0.1, 0.2], (t) => 5e-9 * t)));
    expect(codesOf(first(early, 'pairedPulseIndex'))).toContain('AMBIGUOUS');
    const clipped = pairedPulse.run(makeInput(trace([0.1, 0.64], (t) => Math.min(3e-9, kernel(t)))));
    expect(codesOf(first(clipped, 'responsePeak'))).toContain('SATURATED');
  });
});

describe('energy of a spike', () => {
  it('EX-7.4: 0.1 V, 1 nA and 40 ms are 4 pJ, from a table and from a trace', () => {
    const table = makeMeasurement('series', [
      { role: 'current', unit: 'A', data: [1e-9], label: 'Current (A)' },
      { role: 'other', unit: 's', data: [0.04], label: 'Pulse width (s)' },
    ]);
    const output = spikeEnergy.run(makeInput(table, { conditions: given({ drive: 0.1 }) }));
    expect(numberOf(output, 'spikeEnergy')).toBeCloseTo(4e-12, 20);
    expect(codesOf(first(spikeEnergy.run(makeInput(table)), 'spikeEnergy'))).toEqual(['INPUT_MISSING']);
    // the baseline of the trace is the 1 nA
    expect(numberOf(spikeEnergy.run(makeInput(trace([0.1], () => 0))), 'spikeEnergy')).toBeCloseTo(4e-12, 20);
  });
});

describe('potentiation and depression (FX-18)', () => {
  const P = Array.from({ length: 51 }, (_, k) => k);
  const B = 9.80483e-6;
  const up = (p: number): number => 1e-6 - B * Math.expm1(-p / 20);
  const down = (p: number): number => 1e-5 + B * Math.expm1((p - 50) / 20);

  function weights(
    potentiation: readonly number[],
    depression?: readonly number[],
    pulse: readonly number[] = P,
  ): AnalysisOutput {
    return weightUpdate.run(
      makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: '1', data: pulse, label: 'Pulse number' },
          { role: 'other', unit: 'S', data: potentiation, label: 'LTP conductance (S)' },
          ...(depression
            ? [{ role: 'other' as const, unit: 'S' as const, data: depression, label: 'LTD conductance (S)' }]
            : []),
        ]),
      ),
    );
  }

  it('EX-7.3: the printed points lie on the law, and give 50/20, deviation 0.2886, asymmetry 0.5546', () => {
    expect(up(10)).toBeCloseTo(4.8579e-6, 10);
    expect(up(25)).toBeCloseTo(7.9957e-6, 10);
    expect(down(25)).toBeCloseTo(3.0043e-6, 10);
    // a lab writes depression in the order of its pulses: P = 50 first
    const output = weights(
      P.map(up),
      P.map((k) => down(50 - k)),
    );
    expect(numberOf(output, 'potentiationNonlinearity')).toBeCloseTo(2.5, 4);
    expect(numberOf(output, 'depressionNonlinearity')).toBeCloseTo(2.5, 4);
    for (const one of pick(output, 'nonlinearityDeviation')) expect(one.value).toBeCloseTo(0.2886, 4);
    expect(numberOf(output, 'weightAsymmetry')).toBeCloseTo(0.5546, 4);
    expect(numberOf(output, 'dynamicRange')).toBeCloseTo(10, 3);
    expect(deviationFromLine(0.4).at).toBeCloseTo(0.4008, 4);
  });

  it('depression counted down from P_max gives the same numbers', () => {
    expect(numberOf(weights(P.map(up), P.map(down)), 'depressionNonlinearity')).toBeCloseTo(2.5, 4);
  });

  it('one column that rises and falls is split at its top, and says so', () => {
    const pulse = Array.from({ length: 101 }, (_, k) => k);
    const weight = pulse.map((k) => (k <= 50 ? up(k) : down(100 - k)));
    const output = weightUpdate.run(
      makeInput(
        makeMeasurement('generic', [
          { role: 'other', unit: '1', data: pulse, label: 'Pulse number' },
          { role: 'other', unit: 'S', data: weight, label: 'Conductance (S)' },
        ]),
      ),
    );
    expect(numberOf(output, 'potentiationNonlinearity')).toBeCloseTo(2.5, 3);
    expect(numberOf(output, 'depressionNonlinearity')).toBeCloseTo(2.5, 2);
    expect(codesOf(first(output, 'potentiationNonlinearity'))).toContain('AMBIGUOUS');
  });

  it('levels follow the scatter from cycle to cycle: 1 % of the range is 50 levels', () => {
    const normal = createNormal(createRandom(7));
    const pulse = [...P, ...P, ...P, ...P, ...P, ...P];
    const output = weights(
      pulse.map((p) => up(p) + 9e-8 * normal()),
      pulse.map((p) => down(50 - p) + 9e-8 * normal()),
      pulse,
    );
    const levels = first(output, 'effectiveLevels');
    expect(levels.convention).toBe('scatter from cycle to cycle');
    expect(levels.value as number).toBeGreaterThan(45);
    expect(levels.value as number).toBeLessThan(58);
  });

  it('failure matrix: a weight that turns back is AMBIGUOUS, with its rank correlation and the best fit', () => {
    const output = weights(P.map((p) => up(p) - (p > 30 ? 1.5e-7 * (p - 30) : 0)));
    const nonlinearity = first(output, 'potentiationNonlinearity');
    expect(nonlinearity.status).toBe('flagged');
    expect(codesOf(nonlinearity)).toContain('AMBIGUOUS');
    expect(nonlinearity.reasons.find((r) => r.code === 'AMBIGUOUS')!.message).toMatch(
      /rank correlation 0\.\d\d/,
    );
    expect(codesOf(first(output, 'weightAsymmetry'))).toEqual(['BRANCH_MISSING']);
  });
});

describe('learning and forgetting (FX-18)', () => {
  it('EX-7.5: 0.141, 0.302, 0.352, and unequal lessons are named', () => {
    const output = learningForgetting.run(
      makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: '1', data: [72.9, 93.2, 100], label: 'Learned weight' },
          { role: 'other', unit: '1', data: [10.3, 28.1, 35.2], label: 'Retained weight' },
          { role: 'other', unit: 's', data: [8, 7, 6], label: 'Stimulus duration (s)' },
        ]),
      ),
    );
    const ratios = pick(output, 'retentionRatio');
    for (const [k, expected] of [0.141, 0.302, 0.352].entries())
      expect(ratios[k]!.value).toBeCloseTo(expected, 3);
    expect(codesOf(ratios[0]!)).toEqual(['REGIME', 'NOTE']);
    expect(ratios[0]!.reasons[0]!.message).toContain('8.0, 7.0, 6.0 s');
    for (const [k, expected] of [0.103, 0.281, 0.352].entries())
      expect(pick(output, 'retainedWeight')[k]!.value).toBeCloseTo(expected, 12);
  });
});
