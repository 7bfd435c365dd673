import { describe, expect, it } from 'vitest';
import { lifetimes } from '../../../src/analyses/reliability/lifetimes.ts';
import { thermalRetention } from '../../../src/analyses/reliability/thermal-retention.ts';
import { codesOf, first, given, makeInput, makeMeasurement, numberOf } from '../../support/measurements.ts';

const HOUR = 3600;

function cells(failed: readonly number[], running: readonly number[]) {
  return lifetimes.run(
    makeInput(
      makeMeasurement('generic', [
        {
          role: 'other',
          unit: 's',
          data: [...failed, ...running].map((h) => h * HOUR),
          label: 'Time to failure (h)',
        },
        {
          role: 'other',
          unit: '1',
          data: [...failed.map(() => 0), ...running.map(() => 1)],
          label: 'Censored',
        },
      ]),
    ),
  );
}

describe('lifetimes', () => {
  it('EX-2.15: median 80 h by Kaplan-Meier, Weibull 1.3704 and 103.59 h', () => {
    const output = cells([10, 30, 45, 60, 80], [20, 45, 100, 100, 100]);
    expect(numberOf(output, 'medianLifetime')).toBe(80 * HOUR);
    expect(numberOf(output, 'weibullShape')).toBeCloseTo(1.3704, 4);
    expect(numberOf(output, 'weibullScale') / HOUR).toBeCloseTo(103.59, 2);
    expect(first(output, 'weibullScale').unit).toBe('s');
    expect(first(output, 'medianLifetime').reasons[0]!.message).toContain('0.405 ± 0.175');
  });

  it('more than half still running: a lower bound at the end of the test', () => {
    const record = first(cells([10, 30], [100, 100, 100, 100, 100, 100, 100, 100]), 'medianLifetime');
    expect(record).toMatchObject({ status: 'bound', bound: 'lower', value: 100 * HOUR });
    expect(codesOf(record)).toContain('CENSORED');
    expect(record.reasons[0]!.message).toMatch(/80 % still run/);
  });

  it('fewer than ten cells, or no times: refused with the count or the columns', () => {
    expect(first(cells([10, 20], [30]), 'medianLifetime').reasons[0]!.message).toMatch(
      /10 cells; there are 3/,
    );
    const other = lifetimes.run(
      makeInput(makeMeasurement('series', [{ role: 'other', unit: 'V', data: [1] }])),
    );
    for (const id of lifetimes.quantities) expect(codesOf(first(other, id))).toEqual(['NO_DATA']);
  });
});

describe('retention at the temperature of use', () => {
  const bake = (temperature: readonly number[], time: readonly number[], conditions = {}) =>
    first(
      thermalRetention.run(
        makeInput(
          makeMeasurement('series', [
            { role: 'temperature', unit: 'K', data: temperature, label: 'Temperature' },
            { role: 'other', unit: 's', data: time, label: 'Retention time' },
          ]),
          { conditions },
        ),
      ),
      'retentionTime',
    );

  it('EX-2.14: 358 to 423 K give 40.5 years at 300 K, and say how far that reaches', () => {
    const record = bake([358, 373, 398, 423], [2.1e6, 5.6e5, 7.4e4, 1.3e4]);
    expect((record.value as number) / 3.156e7).toBeCloseTo(40.5, 1);
    expect(codesOf(record)).toEqual(expect.arrayContaining(['EXTRAPOLATION_UNSAFE', 'ASSUMED_INPUT']));
    expect(record.reasons[0]!.message).toContain('1.023 eV');
  });

  it('the given temperature is the temperature of use', () => {
    const warm = bake([358, 373, 398, 423], [2.1e6, 5.6e5, 7.4e4, 1.3e4], given({ temperature: 358 }));
    expect((warm.value as number) / 2.1e6).toBeCloseTo(1, 1);
    expect(codesOf(warm)).toEqual(['NOTE']);
  });

  it('two temperatures are too few', () => {
    expect(bake([358, 423], [2e6, 1e4]).reasons[0]!.message).toMatch(/3 temperatures; there are 2/);
  });
});
