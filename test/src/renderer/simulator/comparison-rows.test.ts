import { describe, expect, it } from 'vitest';
import { comparisonRows, gridStep } from '../../../../renderer/state/simulator/comparison-rows.ts';
import { determined } from '../../../../src/model/build-quantity.ts';
import type { QuantityDifference } from '../../../../src/pipeline/compare-simulation.ts';

const difference = (more: Partial<QuantityDifference>): QuantityDifference => ({
  id: 'maximumCurrent',
  branch: '+forward',
  cycle: null,
  convention: null,
  unit: 'A',
  measured: 6e-3,
  simulated: 6.1e-3,
  difference: 1e-4,
  ...more,
});

const EDGE = { id: 'regionBoundary', convention: 'I/II', unit: 'V' };

describe('quantities of both curves side by side', () => {
  it('names the edges of a four-region sweep by what happens there, the devices in turn for V < 0', () => {
    const rows = comparisonRows(
      [
        difference({ ...EDGE, measured: 0.91, simulated: 0.93, difference: 0.02 }),
        difference({ ...EDGE, branch: '-forward', measured: -0.91, simulated: -0.93, difference: -0.02 }),
      ],
      [],
    );
    expect(rows.map(({ words }) => words)).toEqual(['I → II, SET left', 'I → II, SET right']);
    expect(rows[0]).toMatchObject({ simulated: '0.9300\u202fV', difference: '0.020', headline: true });
  });

  it('writes both in one prefix, the measured one with its uncertainty', () => {
    const own = determined('maximumCurrent', {
      value: 6e-3,
      branch: '+forward',
      standardUncertainty: 2e-5,
      method: 'x',
    });
    const [row] = comparisonRows([difference({})], [own]);
    expect(row).toMatchObject({ symbol: 'I_max', words: '+up', unit: 'mA' });
    expect(`${row?.measured}${row?.uncertainty}`).toBe('6.00(2)');
    expect(row?.simulated).toBe('6.100\u202fmA');
    expect(row?.difference).toBe('0.10');
  });

  it('puts what is in force first, further conventions behind, and leaves out what neither curve has', () => {
    const rows = comparisonRows(
      [
        difference({ id: 'sweepRate', branch: null, unit: 'V/s' }),
        difference({ id: 'turnOnVoltage', convention: 'tangent', unit: 'V', measured: 5, simulated: 5 }),
        difference({ id: 'turnOnVoltage', convention: 'current-1mA', unit: 'V', measured: 4, simulated: 4 }),
        difference({ id: 'turnOnVoltage', convention: 'tangent-of-fit', measured: null, simulated: null }),
      ],
      [],
    );
    expect(rows.map(({ headline }) => headline)).toEqual([true, false, false]);
    expect(rows[0]?.title).toContain('tangent');
  });

  it('says where one of them is refused', () => {
    const [row] = comparisonRows([difference({ simulated: null, difference: null })], []);
    expect(row).toMatchObject({ simulated: 'refused', difference: '' });
  });
});

describe('the step of a sweep', () => {
  it('is the commonest one, or none', () => {
    expect(gridStep([0, 0.02, 0.04, 0.06, 0.5])).toBeCloseTo(0.02, 12);
    expect(gridStep([1, 1])).toBeNull();
  });
});
