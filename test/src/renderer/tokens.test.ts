import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'renderer', 'styles', 'tokens.css'),
  'utf8',
);

/** Tokens of a theme: those of `:root`, over them those of the dark block. */
function readTheme(dark: boolean): ReadonlyMap<string, string> {
  const blocks = [...css.matchAll(/(:root|\[data-theme=["']?dark["']?\])\s*\{([^}]*)\}/g)];
  const wanted = blocks.filter(([, selector]) => selector === ':root' || dark);
  return new Map(
    wanted.flatMap(([, , body]) =>
      [...body!.matchAll(/--([\w-]+):\s*([^;]+);?/g)].map((m): [string, string] => [m[1]!, m[2]!.trim()]),
    ),
  );
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const SURFACES = ['frame', 'panel', 'canvas', 'raised', 'sunken', 'hover', 'select', 'select-dim'];
const TEXTS = ['text', 'text-2', 'text-3'];
const STATUSES = ['ok', 'flag', 'bound', 'refuse', 'fail'];

describe.each([
  ['light', false],
  ['dark', true],
])('tokens of the %s theme', (_name, dark) => {
  const theme = readTheme(dark);
  const colour = (name: string) => theme.get(name)!;

  it('text is read on every surface it may sit on (4.5 to 1)', () => {
    const faults = TEXTS.flatMap((text) =>
      SURFACES.map((surface) => [`${text} on ${surface}`, contrast(colour(text), colour(surface))] as const),
    ).filter(([, ratio]) => ratio < 4.5);
    expect(faults).toEqual([]);
  });

  it('colours of status are read on panels and tables (4.5 to 1)', () => {
    const faults = STATUSES.flatMap((status) =>
      ['panel', 'canvas', 'raised'].map(
        (surface) => [`${status} on ${surface}`, contrast(colour(status), colour(surface))] as const,
      ),
    ).filter(([, ratio]) => ratio < 4.5);
    expect(faults).toEqual([]);
  });

  it('edges of fields and the ring of focus are seen (3 to 1)', () => {
    for (const name of ['line-field', 'focus', 'accent'])
      for (const surface of ['panel', 'canvas'])
        expect(contrast(colour(name), colour(surface)), `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
  });
});
