import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShard, takeShard } from '../../../src/batch/plan.ts';

describe('shards', () => {
  it('in order are the list, and differ by one file at most', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 40 }), (length, count) => {
        const list = Array.from({ length }, (_, k) => k);
        const parts = Array.from({ length: count }, (_, k) => takeShard(list, { index: k + 1, count }));
        expect(parts.flat()).toEqual(list);
        const sizes = parts.map((part) => part.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(['0/3', '4/3', '1/0', '1', 'a/b', '1/2/3', '-1/3', '1.5/3'])('%s is refused', (text) => {
    expect(parseShard(text).ok).toBe(false);
  });
});
