import { describe, expect, it } from 'vitest';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import { drawFigures } from '../../../src/pipeline/figures.ts';
import { writeFigure } from '../../../src/pipeline/write-figure.ts';
import { FONTS, readRasterEngine } from '../figures/support/fonts.ts';
import { cellSweep, spectrum } from '../figures/support/outcomes.ts';

const ASSETS = { fonts: FONTS, resvgWasm: readRasterEngine() };
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('what is written for a figure', () => {
  it('is every format, a caption and the numbers behind it', async () => {
    const spec = TEMPLATES.get('spectra-stack')!.build([spectrum()])!;
    const files = await writeFigure(spec, 'a/b', ['svg', 'png'], ASSETS);
    expect(files.map(({ name }) => name)).toEqual(['a/b.svg', 'a/b.png', 'a/b.txt', 'a/b.csv']);
    expect(text(files[2]!.bytes)).toMatch(/^Emission spectrum, .+\.\n$/);
    expect(text(files[3]!.bytes).split('\n')[0]).toContain('trace: Wavelength');
  });

  it('leaves the table of a long record out and says so', async () => {
    const spec = TEMPLATES.get('spectra-stack')!.build([spectrum()])!;
    const files = await writeFigure(spec, 'b', ['svg'], ASSETS, 100);
    expect(files.map(({ name }) => name)).toEqual(['b.svg', 'b.txt']);
    expect(text(files[1]!.bytes)).toMatch(/The \d{4} numbers behind this figure are not written beside it/);
  });

  it('numbers the second figure of a kind and goes on after one that fails', async () => {
    const good = cellSweep();
    const broken = { ...good, results: null as unknown as typeof good.results };
    const outcome = {
      format: 'test',
      sha256: '',
      encoding: 'utf-8',
      outcomes: [broken, good, good],
      issues: [],
    } as unknown as Parameters<typeof drawFigures>[0];
    const wish = {
      formats: ['svg'],
      preset: 'nature-1col',
      templates: ['semilog-iv'],
      keepExtension: [],
    } as const;
    const { files, issues } = await drawFigures(outcome, wish, ASSETS);
    expect(issues).toHaveLength(1);
    expect(files.map(({ name }) => name).filter((name) => name.endsWith('.svg'))).toEqual([
      'LEC-1-semilog-iv.svg',
      'LEC-1-semilog-iv-2.svg',
    ]);
  });
});
