import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { COVERAGE_CASES } from '../bench/coverage-cases.ts';
import { countCoverage } from '../bench/coverage-count.ts';

/** Lowest share of a binomial of 0.95 over n repetitions that is no surprise: 3.5 widths, and one more miss. */
const leastInside = (n: number): number => 0.95 - 3.5 * Math.sqrt((0.95 * 0.05) / n) - 1 / n;

/** The full count, 1,000 repetitions, is `npm run bench -- coverage`; here a short one with limits that follow its length. */
describe('stated 95 % intervals hold the truth', () => {
  it.each(COVERAGE_CASES.map((fixture) => [fixture.fixture, fixture] as const))('%s', (_, fixture) => {
    const repetitions = fixture.quick ?? 30;
    for (const row of countCoverage(fixture, repetitions)) {
      expect(row.answered, `${row.label}: answered`).toBeGreaterThan(0.9 * repetitions);
      expect(row.inside / row.answered, `${row.label}: inside`).toBeGreaterThan(leastInside(repetitions));
      expect(row.stated, `${row.label}: stated over scatter`).toBeLessThan(2.2);
    }
  });
});

/** Quantities of transients, spectra, synapses and the pair of devices that no repetition can count, and why. */
const NOT_COUNTED: Readonly<Record<string, string>> = {
  capacitance: 'a closed form of given inputs',
  circuitTime: 'a closed form of given inputs',
  swatch: 'a text',
  emittingDevice: 'a text',
  externalQuantumEfficiency: 'a quotient of two calibrated readings',
  regionCurrent: 'a reading',
  shortTermShare: 'no uncertainty is stated',
  learnedWeight: 'read from the table as it stands',
  retainedWeight: 'read from the table as it stands',
  retentionRatio: 'a quotient of two readings of the table',
};

describe('what is counted', () => {
  it('is every fitted or timed quantity of transients, spectra, synapses and the pair of devices', () => {
    const counted = new Set(
      COVERAGE_CASES.flatMap((fixture) => fixture.make(1).truths.map((truth) => truth.quantity as string)),
    );
    const asked = Object.entries(QUANTITIES).filter(([, spec]) =>
      ['transients', 'spectra', 'synapse', 'light-emitting-memory'].includes(spec.area),
    );
    expect(asked.length).toBeGreaterThan(50);
    const missing = asked
      .map(([id]) => id)
      .filter((id) => !counted.has(id) && !Object.hasOwn(NOT_COUNTED, id));
    expect(missing).toEqual([]);
    for (const id of Object.keys(NOT_COUNTED)) expect(counted.has(id), id).toBe(false);
  });
});
