import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { answerSampleFolder } from './sample-folder.ts';

describe('the sample folder, as `ivory analyse sample-data --json` reads it', () => {
  it('answers every quantity of CONTRACT at least once, with a value', {
    timeout: 60_000,
  }, () => {
    const answered = new Set<string>();
    const recipes = new Set<string>();
    for (const { outcome } of answerSampleFolder()) {
      recipes.add(outcome.recipe);
      for (const quantity of outcome.results.flatMap((result) => result.quantities))
        if (quantity.value !== null) answered.add(quantity.id);
    }
    const missing = Object.keys(QUANTITIES).filter((id) => !answered.has(id));
    expect(missing).toEqual([]);
    expect([...recipes].toSorted()).toEqual(
      expect.arrayContaining([
        'arrhenius',
        'schottky-mott',
        'synapse-pairs',
        'synapse-weights',
        'rram-pulse',
      ]),
    );
  });
});
