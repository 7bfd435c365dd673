import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DisplayList, FigureSpec } from '../../../src/figures/figure.ts';
import { layoutFigure } from '../../../src/figures/layout/layout.ts';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import { subsetFont } from '../../../src/figures/writers/font-subset.ts';
import { loadFonts } from '../../../src/figures/writers/fonts.ts';
import { writePdf } from '../../../src/figures/writers/pdf.ts';
import { createRasteriser, type Rasteriser } from '../../../src/figures/writers/raster.ts';
import { writeSvg } from '../../../src/figures/writers/svg.ts';
import { FONTS, readRasterEngine } from './support/fonts.ts';
import { OUTCOMES } from './support/outcomes.ts';

const hasPoppler = ((): boolean => {
  try {
    execFileSync('pdfinfo', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const SIGNS = 'τ = 4.66 µs, 254 Ω, −3 V, μ';
const SPEC: FigureSpec = {
  id: 'signs',
  preset: 'nature-1col',
  width_mm: 89,
  height_mm: 50,
  caption: SIGNS,
  grid: { cols: [1], rows: [1] },
  cells: [
    {
      at: [0, 0],
      panels: [
        {
          x: { kind: 'linear', domain: [0, 1], name: 'Time', unit: 'µs' },
          y: { kind: 'log', domain: [1e-3, 1], name: 'Resistance', unit: 'Ω' },
          marks: [
            { type: 'line', role: 'measured', x: [0, 1], y: [1e-3, 1], series: 1 },
            { type: 'note', at: [0.3, 0.3], text: SIGNS, side: 'e' },
          ],
        },
      ],
    },
  ],
};
let list: DisplayList;
let folder: string;

beforeAll(() => {
  list = layoutFigure(SPEC, FONTS);
  folder = mkdtempSync(join(tmpdir(), 'figures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('SVG', () => {
  it('has its size in mm, real text, own fonts, and the same bytes twice', () => {
    const svg = writeSvg(list, FONTS);
    expect(svg).toContain('width="89mm" height="50mm"');
    expect(svg).toContain('>Resistance (Ω)</text>');
    expect(svg).toContain('@font-face{font-family:Arial');
    expect(writeSvg(layoutFigure(SPEC, FONTS), FONTS)).toBe(svg);
  });

  it('for a page has no @font-face, so that the page keeps its own Arial', () => {
    expect(writeSvg(list, FONTS, { embedFonts: false })).not.toContain('@font-face');
  });

  it('uses every clip path it defines, under ids of its own', () => {
    const svg = writeSvg(list, FONTS);
    const defined = [...svg.matchAll(/<clipPath id="([^"]+)"/g)].map((match) => match[1]!);
    expect(defined.length).toBeGreaterThan(0);
    for (const id of defined) expect(id.startsWith('signs-')).toBe(true);
    expect(new Set(defined).size).toBe(defined.length);
  });

  it('escapes text from files', () => {
    const svg = writeSvg({ ...list, title: '<script>&"' }, FONTS);
    expect(svg).toContain('<title>&lt;script&gt;&amp;&quot;</title>');
  });
});

describe('the embedded subset', () => {
  it('is a font of its own with the glyphs, advances and outlines of the face', () => {
    const fonts = loadFonts(FONTS);
    const text = 'Voltage (µΩ) −Å';
    const bytes = subsetFont(fonts.r, new Set(text));
    expect(bytes.length).toBeLessThan(12_000);
    const subset = loadFonts({ regular: bytes, italic: bytes, bold: bytes }).r.font;
    for (const c of text) {
      const code = c.codePointAt(0)!;
      expect(subset.hasGlyphForCodePoint(code)).toBe(true);
      expect(subset.glyphForCodePoint(code).advanceWidth).toBe(
        fonts.r.font.glyphForCodePoint(code).advanceWidth,
      );
    }
    expect(subset.hasGlyphForCodePoint('Z'.codePointAt(0)!)).toBe(false);
    expect(subset.layout('AVTo').advanceWidth).toBeLessThan(subset.unitsPerEm * 4);
  });
});

describe('PDF', () => {
  it('gives the same bytes twice', async () => {
    expect(await writePdf(list, FONTS)).toEqual(await writePdf(layoutFigure(SPEC, FONTS), FONTS));
  });

  it.skipIf(!hasPoppler)(
    'needs poppler-utils: page within 0.2 mm, fonts embedded as subsets, signs readable',
    async () => {
      const file = join(folder, 'signs.pdf');
      writeFileSync(file, await writePdf(list, FONTS));
      const run = (command: string, ...args: string[]): string =>
        execFileSync(command, args, { encoding: 'utf8' });
      const [, w, h] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(run('pdfinfo', file))!;
      expect(Math.abs((Number(w) * 25.4) / 72 - 89)).toBeLessThan(0.2);
      expect(Math.abs((Number(h) * 25.4) / 72 - 50)).toBeLessThan(0.2);
      const fonts = run('pdffonts', file).trim().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/LiberationSans.*\byes yes yes\b/);
      expect(run('pdftotext', '-raw', file, '-')).toContain(SIGNS);
    },
  );

  it.skipIf(!hasPoppler)('needs poppler-utils: every template has every text on one page', async () => {
    for (const template of TEMPLATES.all) {
      const figure = layoutFigure(template.build(OUTCOMES[template.id]!)!, FONTS);
      const file = join(folder, `${template.id}.pdf`);
      writeFileSync(file, await writePdf(figure, FONTS));
      expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n/);
      const read = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s/g, '');
      for (const item of figure.items) {
        if (item.k !== 'text' || item.angle !== 0) continue;
        for (const run of item.runs) expect(read).toContain(run.text.replace(/\s/g, ''));
      }
    }
  });
});

describe('PNG and TIFF', () => {
  let rasteriser: Rasteriser;
  beforeAll(async () => {
    rasteriser = await createRasteriser(readRasterEngine());
  });

  it('have width_mm / 25.4 x dpi pixels, RGB, the resolution tag, and the same bytes twice', async () => {
    const svg = writeSvg(list, FONTS);
    const options = { dpi: 300, width_mm: 89 };
    const png = await rasteriser.writePng(svg, FONTS, options);
    const view = new DataView(png.buffer);
    expect([view.getUint32(16), png[24], png[25]]).toEqual([1051, 8, 2]);
    const phys = Buffer.from(png).indexOf('pHYs');
    expect([view.getUint32(phys + 4), view.getUint32(phys + 8), png[phys + 12]]).toEqual([11811, 11811, 1]);
    expect(await rasteriser.writePng(svg, FONTS, options)).toEqual(png);
    const start = Buffer.from(png).indexOf('IDAT');
    const data = inflateSync(png.subarray(start + 4, start + 4 + view.getUint32(start - 4)));
    expect(data.length).toBe(view.getUint32(20) * (1 + 3 * 1051));
  });

  it('draw the line in its colour and the text in the shipped face', () => {
    const image = rasteriser.render(writeSvg(list, FONTS), FONTS, { dpi: 300, width_mm: 89 });
    const counts = { vermilion: 0, dark: 0 };
    for (let k = 0; k < image.data.length; k += 3) {
      const [r, g, b] = [image.data[k]!, image.data[k + 1]!, image.data[k + 2]!];
      if (r === 0xd4 && g === 0x56 && b === 0x0a) counts.vermilion++;
      if (r < 60 && g < 60 && b < 60) counts.dark++;
    }
    expect(counts.vermilion).toBeGreaterThan(1000);
    expect(counts.dark).toBeGreaterThan(5000);
  });

  it('write a TIFF whose packed rows unpack to the pixels', () => {
    const svg = writeSvg(list, FONTS);
    const options = { dpi: 150, width_mm: 89 };
    const image = rasteriser.render(svg, FONTS, options);
    const tiff = rasteriser.writeTiff(svg, FONTS, options);
    const view = new DataView(tiff.buffer);
    const entries = new Map<number, number>();
    for (let i = 0; i < view.getUint16(8, true); i++) {
      const at = 10 + 12 * i;
      const isShort = view.getUint16(at + 2, true) === 3 && view.getUint32(at + 4, true) === 1;
      entries.set(
        view.getUint16(at, true),
        isShort ? view.getUint16(at + 8, true) : view.getUint32(at + 8, true),
      );
    }
    expect([entries.get(256), entries.get(257)]).toEqual([image.width, image.height]);
    expect(view.getUint32(entries.get(282)!, true) / view.getUint32(entries.get(282)! + 4, true)).toBe(150);
    const pixels: number[] = [];
    for (let at = entries.get(273)!; at < tiff.length; ) {
      const head = tiff[at++]!;
      if (head > 128) {
        for (let k = 0; k < 257 - head; k++) pixels.push(tiff[at]!);
        at++;
      } else for (let k = 0; k <= head; k++) pixels.push(tiff[at++]!);
    }
    expect(Buffer.from(pixels).equals(Buffer.from(image.data))).toBe(true);
  });
});
