import { describe, expect, it } from 'vitest';
import { QUANTITIES, type QuantityId } from '../../src/model/quantities.ts';
import { answerSampleFolder } from './sample-folder.ts';

/** Quantities no sample file answers with a value yet, each with its reason. */
const UNANSWERED: Partial<Record<QuantityId, string>> = {
  conductionMechanism: 'the sample devices are Ohmic, space-charge limited or diodes: no field-driven one',
  trapDepth: 'needs one device at two temperatures or more',
  freeCarrierDensity: 'needs a curve whose only break is from slope 1 to 2',
  stretchingExponent: 'all sample decays are two-step',
  switchingKinetics: 'needs a ramp and a pulse of one device',
};

describe('the sample folder, as `ivory analyse sample-data --json` reads it', () => {
  it('answers every quantity of CONTRACT at least once, but for those with a reason', {
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
    expect(missing.toSorted()).toEqual(Object.keys(UNANSWERED).toSorted());
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
