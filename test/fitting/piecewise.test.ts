import { describe, expect, it } from 'vitest';
import { evaluatePiecewise, segmentLogLog } from '../../fitting/piecewise.ts';
import { createNormal, createRandom } from '../../fitting/random.ts';

/** Slopes 1, 6, 2 with breaks at 0.3 and 0.6 V, 80 points in log spacing over 0.01 to 2 V. */
function threePieces(seed: number, sigma = 0.01): { x: Float64Array; y: Float64Array } {
  const normal = createNormal(createRandom(seed));
  const low = Math.log10(0.01);
  const step = (Math.log10(2) - low) / 79;
  const x = Float64Array.from({ length: 80 }, (_, i) => low + i * step);
  const b1 = Math.log10(0.3);
  const b2 = Math.log10(0.6);
  const y = x.map((v) => -6 + v + 5 * Math.max(0, v - b1) - 4 * Math.max(0, v - b2) + sigma * normal());
  return { x, y };
}

describe('segmentation of log-log curves', () => {
  it('EX-3.1: three pieces are found as three over 40 seeds, with their slopes and breaks', () => {
    const slopes = [0, 0, 0];
    const breaks = [0, 0];
    let bic = 0;
    let stated = 0;
    const spread: number[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const { x, y } = threePieces(seed);
      const found = segmentLogLog(x, y)!;
      expect(found.chosen.segments).toBe(3);
      found.chosen.slopes.forEach((m, k) => {
        slopes[k]! += m / 40;
      });
      found.chosen.breaks.forEach((b, k) => {
        breaks[k]! += 10 ** b / 40;
      });
      bic += found.chosen.bic / 40;
      spread.push(found.chosen.slopes[1]!);
      stated += found.chosen.slopeErrors[1]! / 40;
      // far from the two-segment answer, near the four-segment one, as printed: -288.6 / -731.2 / -730.3
      expect(found.candidates[1]!.bic).toBeGreaterThan(-320);
      expect(found.candidates[1]!.bic).toBeLessThan(-260);
    }
    expect(slopes[0]).toBeCloseTo(1, 2);
    expect(slopes[1]).toBeGreaterThan(5.97);
    expect(slopes[1]).toBeLessThan(6.03);
    expect(slopes[2]).toBeCloseTo(2, 1);
    expect(breaks[0]).toBeCloseTo(0.3, 3);
    expect(breaks[1]).toBeCloseTo(0.6, 2);
    expect(bic).toBeGreaterThan(-725);
    expect(bic).toBeLessThan(-705);
    // the scatter over seeds (0.036 as printed) and the stated error agree
    const mean = spread.reduce((a, b) => a + b, 0) / 40;
    const deviation = Math.sqrt(spread.reduce((a, b) => a + (b - mean) ** 2, 0) / 39);
    expect(deviation / stated).toBeGreaterThan(0.7);
    expect(deviation / stated).toBeLessThan(1.4);
  });

  it('recovers exact breaks and slopes without noise', () => {
    const { x, y } = threePieces(1, 0);
    const { chosen } = segmentLogLog(
      x,
      y.map((v, i) => v + 1e-9 * ((i * 7) % 5)),
    )!;
    expect(chosen.segments).toBe(3);
    expect(chosen.slopes[1]).toBeCloseTo(6, 3);
    expect(10 ** chosen.breaks[0]!).toBeCloseTo(0.3, 5);
    for (let i = 0; i < x.length; i++) expect(evaluatePiecewise(chosen, x[0]!, x[i]!)).toBeCloseTo(y[i]!, 4);
  });

  it('EX-3.2: a smooth sum of ohmic and square law makes naive BIC pick four segments; the change-of-slope rule keeps two', () => {
    const normal = createNormal(createRandom(3));
    const x: number[] = [];
    const y: number[] = [];
    for (let k = 1; k <= 79; k++) {
      const v = 0.01 * k;
      x.push(Math.log10(v));
      y.push(Math.log10((v / 4.2667e5) * (1 + v / 0.3)) + 0.004 * normal());
    }
    const found = segmentLogLog(x, y)!;
    const naive = found.candidates.reduce((a, b) => (b.bic < a.bic ? b : a));
    expect(naive.segments).toBe(4);
    expect([...naive.slopes].every((m) => m < 1.9)).toBe(true);
    expect(found.chosen.segments).toBe(2);
  });

  it('answers one segment for a power law and null for too few points', () => {
    const normal = createNormal(createRandom(9));
    const x = Float64Array.from({ length: 60 }, (_, i) => -2 + i / 30);
    expect(
      segmentLogLog(
        x,
        x.map((v) => 1.3 * v + 0.01 * normal()),
      )!.chosen.segments,
    ).toBe(1);
    expect(segmentLogLog(x.slice(0, 4), x.slice(0, 4))).toBeNull();
    expect(segmentLogLog([1, 1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7])).toBeNull();
  });
});
