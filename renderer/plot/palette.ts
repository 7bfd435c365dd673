import type { Ink } from './view-model.ts';

const NAMES = [
  'd1',
  'd2',
  'd3',
  'd4',
  'd5',
  'd6',
  'ctx',
  'text',
  'text-2',
  'text-3',
  'masked',
  'sim',
  'accent',
  'canvas',
  'grid',
  'grid-2',
  'line-2',
  'axis',
] as const;

export type Palette = Readonly<Record<(typeof NAMES)[number], string>> & { readonly font: string };

/** The tokens of the theme in force, as plotly wants them: plain colours. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...colours, font: style.getPropertyValue('--ui').trim() } as Palette;
}

export function inkVar(ink: Ink): string {
  return `var(--${ink})`;
}
