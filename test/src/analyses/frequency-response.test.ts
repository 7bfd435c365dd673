import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, mean, standardDeviation } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import {
  computeLevelFrequency,
  frequencyResponse,
} from '../../../src/analyses/transients/frequency-response.ts';
import type { ColumnRole } from '../../../src/model/curve.ts';
import type { Conditions } from '../../../src/model/inputs.ts';
import { codesOf, first, given, makeInput, makeMeasurement, pick } from '../../support/measurements.ts';

const FREQUENCIES = Array.from({ length: 12 }, (_, i) => 10 * 2000 ** (i / 11));

/** FX-14: one pole at 577.35 Hz, 12 frequencies from 10 Hz to 20 kHz, 2 % noise. */
function onePole(seed: number, noise = 0.02, frequencies = FREQUENCIES): number[] {
  const normal = createNormal(createRandom(seed));
  return frequencies.map((f) => (3 / Math.hypot(1, f / 577.35)) * (1 + noise * normal()));
}

function analyse(
  amplitude: readonly number[],
  role: ColumnRole = 'light',
  conditions: Conditions = {},
  frequencies: readonly number[] = FREQUENCIES,
): AnalysisOutput {
  const measurement = makeMeasurement('frequency-response', [
    { role: 'frequency', unit: 'Hz', data: frequencies },
    { role, unit: 'arb', data: amplitude },
  ]);
  return frequencyResponse.run(makeInput(measurement, { conditions }));
}

describe('frequency response', () => {
  it('EX-4.8: f_0.5 is sqrt 3 times the cutoff: 1 kHz for 577.4 Hz, tau 275.7 us', () => {
    expect(computeLevelFrequency(577.35, 0.5)).toBeCloseTo(1000, 1);
    expect(computeLevelFrequency(577.35, Math.SQRT1_2)).toBeCloseTo(577.35, 9);
    expect(1e6 / (2 * Math.PI * 577.35)).toBeCloseTo(275.7, 1);
  });

  it('FX-14: 1.000 ± 0.013 kHz at the optical level, 0.577 kHz at the electrical one, stated as they scatter', () => {
    const optical: number[] = [];
    const stated: number[] = [];
    for (let seed = 1; seed <= 60; seed++) {
      const [one, other] = pick(analyse(onePole(seed)), 'bandwidth');
      optical.push(one!.value as number);
      stated.push(one!.standardUncertainty!);
      expect(one!.convention).toContain('optical');
      expect((other!.value as number) * Math.sqrt(3)).toBeCloseTo(one!.value as number, 6);
    }
    expect(Math.abs(mean(optical) - 1000)).toBeLessThan(6);
    expect(Math.abs(standardDeviation(optical) - 13)).toBeLessThan(5);
    expect(mean(stated) / standardDeviation(optical)).toBeGreaterThan(0.7);
    expect(mean(stated) / standardDeviation(optical)).toBeLessThan(1.4);
  });

  it('interpolation: 1.009 ± 0.025 and 0.568 ± 0.028 kHz on the same data', () => {
    const optical: number[] = [];
    const electrical: number[] = [];
    for (let seed = 1; seed <= 60; seed++) {
      const records = pick(analyse(onePole(seed)), 'bandwidth').filter((one) =>
        one.method.startsWith('interpolation'),
      );
      optical.push(records[0]!.value as number);
      electrical.push(records[1]!.value as number);
    }
    expect(Math.abs(mean(optical) - 1009)).toBeLessThan(12);
    expect(Math.abs(mean(electrical) - 568)).toBeLessThan(12);
  });

  it('a current takes the electrical level first; the level can be asked for', () => {
    expect(first(analyse(onePole(1), 'current'), 'bandwidth').convention).toContain('0.7071');
    expect(
      first(analyse(onePole(1), 'current', given({ bandwidthLevel: '0.5' })), 'bandwidth').convention,
    ).toContain('0.5');
  });

  it('failure matrix: a level the data do not bracket is a bound with the data limits', () => {
    const low = FREQUENCIES.slice(0, 5);
    const record = first(analyse(onePole(1, 0.02, low), 'light', {}, low), 'bandwidth');
    expect(record.status).toBe('bound');
    expect(record.bound).toBe('lower');
    expect(record.value).toBeCloseTo(low[4]!, 6);
    expect(codesOf(record)).toContain('RANGE_NOT_REACHED');
  });

  it('a response that is not one pole is rejected and interpolated', () => {
    const normal = createNormal(createRandom(3));
    const frequencies = Array.from({ length: 40 }, (_, i) => 10 * 2000 ** (i / 39));
    const amplitude = frequencies.map((f) => (1 / (1 + (f / 600) ** 4)) * (1 + 0.01 * normal()));
    const output = analyse(amplitude, 'light', {}, frequencies);
    const rejected = pick(output, 'bandwidth').some((one) => codesOf(one).includes('MODEL_REJECTED'));
    expect(rejected).toBe(true);
    expect(first(output, 'bandwidth').method).toBe('interpolation in ln f');
    expect(Math.abs((first(output, 'bandwidth').value as number) / 600 - 1)).toBeLessThan(0.05);
  });

  it('fewer than 3 points a decade below the crossing flag the initial value', () => {
    const frequencies = [80, 200, 400, 700, 1000, 1500, 3000];
    const records = pick(analyse(onePole(2, 0.01, frequencies), 'light', {}, frequencies), 'bandwidth');
    const interpolated = records.find((one) => one.method.startsWith('interpolation'))!;
    expect(codesOf(interpolated)).toContain('TOO_FEW_POINTS');
  });

  it('FX-21: too little data is refused', () => {
    for (const data of [[], [1], [1, 1, 1], new Array(12).fill(Number.NaN)]) {
      const output = analyse(data, 'light', {}, FREQUENCIES.slice(0, data.length));
      expect(first(output, 'bandwidth').status).toBe('refused');
    }
  });

  it('a log of inductance, quality and phase against frequency has no amplitude: refused', () => {
    const column = (label: string, unit: 'H' | '1' | 'deg') => ({
      role: 'other' as const,
      unit,
      label,
      data: FREQUENCIES,
    });
    const output = frequencyResponse.run(
      makeInput(
        makeMeasurement('frequency-response', [
          { role: 'frequency', unit: 'Hz', data: FREQUENCIES },
          column('Ls', 'H'),
          column('Q', '1'),
          column('Phase', 'deg'),
        ]),
      ),
    );
    expect(codesOf(first(output, 'bandwidth'))).toEqual(['NO_DATA']);
  });
});
