import { describe, expect, it } from 'vitest';
import { compareDecades } from '../../../src/pipeline/compare-decades.ts';

/** A step of three decades at row `at`, 1 µA before it. */
function step(at: number, factor = 1): Float64Array {
  return Float64Array.from({ length: 100 }, (_, k) => factor * (k < at ? 1e-6 : 1e-3));
}

describe('two currents in decades', () => {
  it('is the logarithm of a constant factor, with or without jumps', () => {
    const compared = compareDecades(step(50), step(50, 10));
    expect(compared?.all).toBeCloseTo(1, 12);
    expect(compared?.awayFromJumps).toBeCloseTo(1, 12);
    expect(compared?.points).toBe(100);
    expect(compared?.pointsAway).toBeLessThan(100);
  });

  it('counts a jump two rows late in the first number only', () => {
    const compared = compareDecades(step(50), step(52, 1.1));
    // 2 of 100 rows are three decades apart
    expect(compared?.all).toBeGreaterThan(0.4);
    expect(compared?.awayFromJumps).toBeCloseTo(Math.log10(1.1), 12);
  });

  it('leaves out rows without a magnitude, and answers null where none is left', () => {
    expect(compareDecades([0, Number.NaN, 1], [1, 1, 1])?.points).toBe(1);
    expect(compareDecades([0, 0], [1, 1])).toBeNull();
  });

  it('has no number away from jumps where every row is beside one', () => {
    expect(compareDecades([1e-6, 1e-3], [1e-6, 1e-3])?.awayFromJumps).toBeNull();
  });
});
