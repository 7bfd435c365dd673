import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import { isSpikeTimingTable, spikeTiming } from '../../../src/analyses/synapse/spike-timing.ts';
import { chooseRecipe } from '../../../src/recipes/choose-recipe.ts';
import { codesOf, makeInput, makeMeasurement, pick } from '../../support/measurements.ts';

const TIMES = [-80, -50, -30, -20, -10, -5, 5, 10, 20, 30, 50, 80].map((ms) => ms * 1e-3);

function timing(seed: number, scale = 1) {
  const normal = createNormal(createRandom(seed));
  const change = TIMES.map(
    (t) => scale * ((t > 0 ? 0.6 * Math.exp(-t / 0.02) : -0.4 * Math.exp(t / 0.035)) + 0.004 * normal()),
  );
  return makeMeasurement('series', [
    { role: 'other', unit: 's', data: TIMES, label: 'Δt (ms)' },
    { role: 'other', unit: '1', data: change, label: 'ΔW' },
  ]);
}

describe('spike timing, rate, number and duration (METHODS 7)', () => {
  it('both windows come back: 0.6 of 20 ms after, -0.4 of 35 ms before; per cent are told by their size', () => {
    for (const scale of [1, 100]) {
      const output = spikeTiming.run(makeInput(timing(3, scale)));
      const [after, before] = pick(output, 'pairedPulseAmplitude1');
      const [rise, fall] = pick(output, 'pairedPulseTime1');
      expect(after!.convention).toBe('STDP, Δt > 0');
      for (const [record, truth] of [
        [after!, 0.6],
        [before!, -0.4],
        [rise!, 0.02],
        [fall!, 0.035],
      ] as const) {
        expect(Math.abs((record.value as number) - truth)).toBeLessThan(4 * record.standardUncertainty!);
        expect(record.interval95![0]).toBeLessThan(record.value as number);
      }
    }
  });

  it('is chosen by its headers, and leaves tables of pairs alone', () => {
    expect(isSpikeTimingTable(timing(1).curve)).toBe(true);
    expect(chooseRecipe(timing(1), null, {})).toBe('synapse-pairs');
    const pairs = makeMeasurement('series', [
      { role: 'other', unit: 's', data: [0.1, 1, 5], label: 'Interval (s)' },
      { role: 'other', unit: '1', data: [1.4, 1.2, 1.1], label: 'PPF index' },
    ]);
    expect(isSpikeTimingTable(pairs.curve)).toBe(false);
  });

  it('an index against the rate: each row with its rate, and the rank correlation', () => {
    const table = makeMeasurement('series', [
      { role: 'other', unit: 'Hz', data: [1, 5, 10, 20], label: 'Rate (Hz)' },
      { role: 'other', unit: '1', data: [1.02, 1.1, 1.25, 1.6], label: 'Gain A_n/A_1' },
    ]);
    const records = pick(spikeTiming.run(makeInput(table)), 'pairedPulseIndex');
    expect(records.map((one) => one.value)).toEqual([1.02, 1.1, 1.25, 1.6]);
    expect(records[3]!.convention).toBe('Rate (Hz) 20');
    expect(records[0]!.reasons[0]!.message).toContain('Rank correlation with the rate over 4 rows: 1.00');
  });

  it('two timings of one sign, scatter and no such columns are refused with their numbers', () => {
    const few = makeMeasurement('series', [
      { role: 'other', unit: 's', data: [-0.02, -0.01, 0.01, 0.02, 0.05], label: 'Δt (s)' },
      { role: 'other', unit: '1', data: [-0.2, -0.3, 0.4, 0.25, 0.05], label: 'Weight change' },
    ]);
    const [, before] = pick(spikeTiming.run(makeInput(few)), 'pairedPulseTime1');
    expect(codesOf(before!)).toContain('TOO_FEW_POINTS');
    expect(before!.reasons[0]!.message).toContain('there are 2');
    for (const data of [[], [1], new Array(5).fill(Number.NaN)]) {
      const output = spikeTiming.run(
        makeInput(makeMeasurement('series', [{ role: 'other', unit: '1', data, label: 'x' }])),
      );
      for (const id of spikeTiming.quantities) expect(pick(output, id)[0]!.status).toBe('refused');
    }
  });
});
