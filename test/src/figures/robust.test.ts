import { beforeAll, describe, expect, it } from 'vitest';
import type { AxisSpec, FigureSpec, Item, Mark } from '../../../src/figures/figure.ts';
import { clipLine, clipPolygon } from '../../../src/figures/layout/clip-line.ts';
import { layoutFigure } from '../../../src/figures/layout/layout.ts';
import { createRasteriser, type Rasteriser } from '../../../src/figures/writers/raster.ts';
import { writeSvg } from '../../../src/figures/writers/svg.ts';
import { FONTS, readRasterEngine } from './support/fonts.ts';

const BOX = { x: 0, y: 0, w: 10, h: 10 };

function figure(marks: Mark[], x: Partial<AxisSpec> = {}, y: Partial<AxisSpec> = {}): FigureSpec {
  return {
    id: 'robust',
    preset: 'nature-1col',
    width_mm: 89,
    height_mm: 60,
    grid: { cols: [1], rows: [1] },
    cells: [
      {
        at: [0, 0],
        panels: [
          {
            x: { kind: 'linear', domain: [0, 1], name: 'Voltage', ...x },
            y: { kind: 'linear', domain: [0, 1], name: 'Current', ...y },
            marks,
          },
        ],
      },
    ],
  };
}

const farthest = (items: readonly Item[]): number =>
  Math.max(
    ...items.flatMap((item) =>
      item.k === 'path' || item.k === 'marks'
        ? Array.from(item.xy, (v) => (v >= -1e9 ? Math.abs(v) : 1e300))
        : [],
    ),
  );

describe('lines and areas cut to a box', () => {
  it('keep the parts inside and lose the rest', () => {
    const parts = clipLine(Float64Array.of(-5, 5, 5, 5, 5, 50, 8, 50, 8, 2), BOX);
    expect(parts.map((part) => [...part])).toEqual([
      [0, 5, 5, 5, 5, 10],
      [8, 10, 8, 2],
    ]);
    expect(clipLine(Float64Array.of(-5, 20, 30, 20), BOX)).toEqual([]);
  });

  it('return a line that lies inside as it is', () => {
    const line = Float64Array.of(1, 1, 2, 9, 9, 1);
    expect(clipLine(line, BOX)[0]).toBe(line);
  });

  it('cut a triangle to the quadrilateral that is left', () => {
    const cut = clipPolygon([5, 5, 15, 5, 5, 8], BOX);
    const area = Math.abs(
      cut.reduce((sum, v, k) => {
        if (k % 2 === 1) return sum;
        const next = (k + 2) % cut.length;
        return sum + (v * cut[next + 1]! - cut[next]! * cut[k + 1]!) / 2;
      }, 0),
    );
    expect(area).toBeCloseTo(15 - 3.75, 12); // the tip beyond x = 10 is half as long and half as high
    expect(Math.max(...cut)).toBe(10);
  });
});

describe('a layout', () => {
  it('writes no coordinate far from the page, whatever the values are', () => {
    const marks: Mark[] = [
      { type: 'line', role: 'fit', x: [-1e9, 0.5, 1e9], y: [1e12, 0.5, -1e12] },
      { type: 'line', role: 'fit', x: [0, 1], y: [1e9, 1e9] },
      { type: 'band', x: [0, 1], lo: [-1e9, 0.2], hi: [0.4, 1e9] },
      { type: 'span', axis: 'x', from: -1e9, to: 0.2 },
      { type: 'rule', axis: 'x', at: 1e9, label: 'far' },
      { type: 'rule', axis: 'y', at: 0.5, from: -1e9, to: 1e9 },
      { type: 'points', x: [0.5], y: [0.5], ex: [1e9], ey: [1e9] },
    ];
    expect(farthest(layoutFigure(figure(marks), FONTS).items)).toBeLessThan(400);
  });

  it('ends, and says so, where an axis has no range', () => {
    const line: Mark = { type: 'line', role: 'fit', x: [0, 1], y: [0, 1] };
    for (const domain of [
      [0, Number.POSITIVE_INFINITY],
      [Number.NaN, 1],
      [3, 3],
    ] as const) {
      for (const kind of ['linear', 'log', 'symlog', 'weibull'] as const) {
        const list = layoutFigure(figure([line], { kind, domain }), FONTS);
        expect(list.remarks).toContain('Voltage has no range that could be drawn.');
        expect(farthest(list.items)).toBeLessThan(400);
      }
    }
  });
});

describe('the rasteriser', () => {
  let rasteriser: Rasteriser;
  const options = { dpi: 150, width_mm: 89 };
  /** A line far outside its clip path ends the library with a panic. */
  const fatal = `<svg xmlns="http://www.w3.org/2000/svg" width="89mm" height="66mm" viewBox="0 0 252 187"><defs><clipPath id="c"><rect x="26" y="4" width="224" height="163"/></clipPath></defs><g clip-path="url(#c)"><path d="M0-241917l398 0" stroke="#1A1A1A"/></g></svg>`;

  beforeAll(async () => {
    rasteriser = await createRasteriser(readRasterEngine());
  });

  it('draws the next figure as ever after one that ended it', () => {
    const good = writeSvg(layoutFigure(figure([{ type: 'points', x: [0.5], y: [0.5] }]), FONTS), FONTS);
    const before = rasteriser.render(good, FONTS, options);
    for (let time = 0; time < 3; time++) {
      expect(() => rasteriser.render(fatal, FONTS, options)).toThrow('could not be turned into pixels');
      expect(rasteriser.render(good, FONTS, options).data).toEqual(before.data);
    }
  });

  it('draws a figure whose fit runs far out of the frame', () => {
    const marks: Mark[] = [{ type: 'line', role: 'fit', x: [0, 1], y: [1e6, 1e6] }];
    const svg = writeSvg(layoutFigure(figure(marks), FONTS), FONTS, { embedFonts: false });
    expect(rasteriser.render(svg, FONTS, options).width).toBe(526);
  });
});
