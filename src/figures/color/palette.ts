import type { Shape } from '../figure.ts';

/** Series colours of STYLE 5 in order: ink, vermilion, blue, green, plum, amber, slate. */
export const SERIES = ['#1A1A1A', '#D4560A', '#2257A6', '#22A884', '#80195F', '#E3A62B', '#6F7F8F'] as const;
/** Positions in SERIES with a fixed meaning: forward ink, reverse vermilion, HRS blue, LRS vermilion, light green, drive slate. */
export const SERIES_OF = { forward: 0, reverse: 1, hrs: 2, lrs: 1, light: 3, current: 2, drive: 6 } as const;

/** Okabe and Ito's palette without yellow, selectable; it fails our gate at green/blue for tritan and in grey. */
export const OKABE_ITO = [
  '#000000',
  '#D55E00',
  '#0072B2',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
] as const;

export const INK = '#1A1A1A';
export const MUTED = '#5A5A5A';
export const GUIDE = '#7A7A7A';
export const SPANS = ['#EFEFEF', '#E2E2E2'] as const;
export const MISSING_EDGE = '#9A9A9A';

export const SHAPES: readonly Shape[] = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'down',
  'circle',
  'square',
];

/** Dash patterns in pt for series told apart by dash; they scale with nothing. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [4, 1.6],
  [1.6, 1.2],
  [5, 1.4, 1.2, 1.4],
  [2.6, 1.4],
  [6, 1.4, 1.2, 1.4, 1.2, 1.4],
  [0.9, 0.9],
];
export const DASH = {
  simulated: [4, 1.8],
  guide: [2, 1.5],
  limit: [1.2, 1.2],
  compliance: [3, 1.6],
} as const;
export const TINT = { marker: 0.32, band: 0.16 } as const;

export function seriesColor(index: number): string {
  return SERIES[index % SERIES.length]!;
}

export function seriesShape(index: number): Shape {
  return SHAPES[index % SHAPES.length]!;
}
