import { describe, expect, it } from 'vitest';
import { COVERAGE_CASES } from '../bench/coverage-cases.ts';
import { countCoverage } from '../bench/coverage-count.ts';

const REPETITIONS = 100;

/** The full count, 1,000 repetitions, is `npm run bench -- coverage`; here the same with limits of 3.5 binomial widths. */
describe('stated 95 % intervals hold the truth', () => {
  it.each(COVERAGE_CASES.map((fixture) => [fixture.fixture, fixture] as const))('%s', (_, fixture) => {
    for (const row of countCoverage(fixture, REPETITIONS)) {
      expect(row.answered, `${row.label}: answered`).toBeGreaterThan(0.97 * REPETITIONS);
      expect(row.inside / row.answered, `${row.label}: inside`).toBeGreaterThan(0.87);
      expect(row.stated, `${row.label}: stated over scatter`).toBeLessThan(1.6);
    }
  });
});
