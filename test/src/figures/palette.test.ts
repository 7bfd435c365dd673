import { describe, expect, it } from 'vitest';
import { contrastOnWhite, forText, labOf, tint } from '../../../src/figures/color/color.ts';
import { colorAt } from '../../../src/figures/color/color-scale.ts';
import { colorDifference, pairDistance, type Vision } from '../../../src/figures/color/color-vision.ts';
import { MUTED, OKABE_ITO, SERIES } from '../../../src/figures/color/palette.ts';

const VISIONS: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan'];
const least = (colors: readonly string[], vision: Vision): number =>
  Math.min(...colors.flatMap((a, i) => colors.slice(0, i).map((b) => pairDistance(a, b, vision))));

describe('CIEDE2000 of Sharma, Wu and Dalal (2005), table 1', () => {
  it.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[50, 2.5, 0], [58, 24, 15], 19.4535],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  ] as const)('%j and %j differ by %s', (p, q, difference) => {
    expect(colorDifference(p, q)).toBeCloseTo(difference, 4);
  });
});

describe('the gate of the palette (STYLE 5)', () => {
  it('holds every pair apart by 13 in four visions, the first four by 20 and by 9 in L*', () => {
    for (const vision of VISIONS) {
      expect(least(SERIES, vision)).toBeGreaterThanOrEqual(13);
      expect(least(SERIES.slice(0, 4), vision)).toBeGreaterThanOrEqual(20);
    }
    expect(least(SERIES.slice(0, 4), 'grey')).toBeGreaterThanOrEqual(9);
  });

  it('gives the distances of the style table', () => {
    const row = (k: number): number[] =>
      VISIONS.map((vision) => Math.round(least(SERIES.slice(0, k), vision) * 10) / 10);
    expect(row(2)).toEqual([44.0, 35.8, 44.8, 43.8]);
    expect(row(4)).toEqual([31.1, 23.0, 22.4, 23.0]);
    expect(row(7)).toEqual([18.1, 13.6, 14.4, 14.9]);
  });

  it('fails for Okabe and Ito in tritan vision', () => {
    expect(least(OKABE_ITO, 'tritan')).toBeLessThan(13);
  });
});

describe('colours on paper', () => {
  it('carry text at 4.5 : 1, in the tints of the style table', () => {
    for (const color of [...SERIES, MUTED])
      expect(contrastOnWhite(forText(color))).toBeGreaterThanOrEqual(4.5);
    expect(tint('#D4560A', 0.32)).toBe('#F1C9B1');
    expect(tint('#2257A6', 0.16)).toBe('#DCE4F1');
    expect(forText('#D4560A')).toBe('#C75109');
    expect(forText('#E3A62B')).toBe('#966E1C');
  });

  it.each(['viridis', 'cividis'] as const)('of the scale %s rise in lightness', (scale) => {
    const lightness = Array.from({ length: 49 }, (_, i) => labOf(colorAt(scale, i / 48))[0]);
    for (let i = 1; i < lightness.length; i++) expect(lightness[i]!).toBeGreaterThan(lightness[i - 1]!);
  });
});
