import { describe, expect, it } from 'vitest';
import { COVERAGE_CASES } from '../bench/coverage-cases.ts';
import { countCoverage } from '../bench/coverage-count.ts';

/** Lowest share of a binomial of 0.95 over n repetitions that is no surprise: 3.5 widths, and one more miss. */
const leastInside = (n: number): number => 0.95 - 3.5 * Math.sqrt((0.95 * 0.05) / n) - 1 / n;

/** The full count, 1,000 repetitions, is `npm run bench -- coverage`; here a short one with limits that follow its length. */
describe('stated 95 % intervals hold the truth', () => {
  it.each(COVERAGE_CASES.map((fixture) => [fixture.fixture, fixture] as const))('%s', (_, fixture) => {
    const repetitions = fixture.quick ?? 100;
    for (const row of countCoverage(fixture, repetitions)) {
      expect(row.answered, `${row.label}: answered`).toBeGreaterThan(0.9 * repetitions);
      expect(row.inside / row.answered, `${row.label}: inside`).toBeGreaterThan(leastInside(repetitions));
      expect(row.stated, `${row.label}: stated over scatter`).toBeLessThan(repetitions < 50 ? 2.2 : 1.6);
    }
  });
});
