import type { ScaleName } from '../figure.ts';
import { hexOfLab, labOf, type Triple } from './color.ts';

/** Anchors of two scales with strictly rising lightness (viridis, cividis), interpolated in L*a*b*. */
const ANCHORS: Readonly<Record<ScaleName, readonly string[]>> = {
  viridis: [
    '#440154',
    '#472D7B',
    '#3B528B',
    '#2C728E',
    '#21918C',
    '#28AE80',
    '#5EC962',
    '#ADDC30',
    '#FDE725',
  ],
  cividis: [
    '#00204D',
    '#00336F',
    '#39486B',
    '#575C6D',
    '#707173',
    '#8A8779',
    '#A69D75',
    '#C4B56C',
    '#E4CF5B',
    '#FFEA46',
  ],
};

/** Colour of a scale at 0..1. */
export function colorAt(scale: ScaleName, at: number): string {
  const anchors = ANCHORS[scale];
  const position = Math.min(1, Math.max(0, at)) * (anchors.length - 1);
  const i = Math.min(anchors.length - 2, Math.floor(position));
  const [p, q] = [labOf(anchors[i]!), labOf(anchors[i + 1]!)];
  const f = position - i;
  const mixed: Triple = [p[0] + f * (q[0] - p[0]), p[1] + f * (q[1] - p[1]), p[2] + f * (q[2] - p[2])];
  return hexOfLab(mixed);
}

/** Colour of the k-th of n lines ordered by a quantity: viridis 0.02..0.72, so that the lightest line keeps 2.3 : 1 on white. */
export function familyColor(k: number, n: number): string {
  return colorAt('viridis', n < 2 ? 0.02 : 0.02 + (0.7 * k) / (n - 1));
}
