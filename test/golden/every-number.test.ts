import { describe, expect, it } from 'vitest';
import type { QuantityId } from '../../src/model/quantities.ts';
import { answerSampleFolder } from './sample-folder.ts';

/** Counts: a number of states or regimes has no standard uncertainty, what speaks for it stands in its reasons. */
const COUNTS: readonly QuantityId[] = ['regimeCount', 'stateCount', 'storedBits'];

describe('every number of the sample folder', () => {
  const numbers = answerSampleFolder()
    .flatMap(({ file, outcome }) =>
      outcome.results.flatMap((result) => result.quantities).map((quantity) => ({ file, quantity })),
    )
    .filter(({ quantity }) => typeof quantity.value === 'number');

  it('is finite', () => {
    expect(numbers.length).toBeGreaterThan(3000);
    expect(numbers.filter(({ quantity }) => !Number.isFinite(quantity.value))).toEqual([]);
  });

  it('has an uncertainty, or says why it has none', () => {
    const bare = numbers.filter(
      ({ quantity: { id, standardUncertainty, interval95, reasons } }) =>
        standardUncertainty === null && interval95 === null && reasons.length === 0 && !COUNTS.includes(id),
    );
    expect(bare.map(({ file, quantity: { id, convention } }) => `${file}: ${id} ${convention}`)).toEqual([]);
  });

  it('never states an uncertainty of zero, and no interval that leaves the value out', () => {
    const wrong = numbers.filter(
      ({ quantity: { value, standardUncertainty, interval95 } }) =>
        (standardUncertainty !== null && !(standardUncertainty > 0)) ||
        (interval95 !== null && !(interval95[0] <= Number(value) && Number(value) <= interval95[1])),
    );
    expect(
      wrong.map(({ file, quantity: { id, convention, value, interval95 } }) => [
        file,
        id,
        convention,
        value,
        interval95,
      ]),
    ).toEqual([]);
  });

  it('that is flagged or a bound has a reason of weight', () => {
    const silent = numbers.filter(
      ({ quantity: { status, reasons } }) => status !== 'ok' && reasons.length === 0,
    );
    expect(silent.map(({ file, quantity }) => `${file}: ${quantity.id}`)).toEqual([]);
  });
});
