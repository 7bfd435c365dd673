import { describe, expect, it } from 'vitest';
import { finiteRuns, reduceLine, simplifyLine, thinMarkers } from '../../../src/figures/layout/reduce.ts';

describe('fewer points with the same picture', () => {
  it('keeps one-sample spikes of a trace of 200 000 points in few thousand vertices', () => {
    const n = 200_000;
    const xy = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      xy[2 * i] = (250 * i) / n;
      xy[2 * i + 1] = 50 + 5 * Math.sin(i / 3000);
    }
    for (const spike of [20_011, 99_999, 150_003]) xy[2 * spike + 1] = 10;
    const reduced = reduceLine(xy);
    expect(reduced.length / 2).toBeLessThan(3000);
    expect([...reduced].filter((v, k) => k % 2 === 1 && v === 10).length).toBe(3);
    expect([reduced[0], reduced.at(-2)]).toEqual([xy[0], xy.at(-2)]);
  });

  it('leaves no point further than the tolerance from the simplified line', () => {
    const xy = Float64Array.from({ length: 400 }, (_, k) => (k % 2 ? 40 * Math.sin(k / 60) : k / 2));
    const kept = simplifyLine(xy, 0.1);
    expect(kept.length).toBeLessThan(xy.length / 3);
    for (let k = 0; k < xy.length; k += 2) {
      let least = Number.POSITIVE_INFINITY;
      for (let j = 2; j < kept.length; j += 2) {
        const [ax, ay, bx, by] = [kept[j - 2]!, kept[j - 1]!, kept[j]!, kept[j + 1]!];
        const t = Math.max(
          0,
          Math.min(
            1,
            ((xy[k]! - ax) * (bx - ax) + (xy[k + 1]! - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2),
          ),
        );
        least = Math.min(least, Math.hypot(xy[k]! - ax - t * (bx - ax), xy[k + 1]! - ay - t * (by - ay)));
      }
      expect(least).toBeLessThanOrEqual(0.1 + 1e-9);
    }
  });

  it('breaks a line at missing values', () => {
    const runs = finiteRuns(Float64Array.of(0, 0, 1, 1, Number.NaN, 2, 3, 3, 4, 4, 5, Number.NaN));
    expect(runs.map((run) => [...run])).toEqual([
      [0, 0, 1, 1],
      [3, 3, 4, 4],
    ]);
  });

  it('thins markers by distance, keeps first, last and both sides of a jump', () => {
    const xy = Float64Array.from({ length: 200 }, (_, k) => (k % 2 ? (k < 100 ? 0 : 60) : k / 4));
    const kept = thinMarkers(xy, 4.5);
    expect(kept.length).toBeLessThan(30);
    expect(kept).toEqual(expect.arrayContaining([0, 49, 50, 99]));
  });
});
