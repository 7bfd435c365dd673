import { writeCaption } from '../figures/caption.ts';
import type { DisplayList, FigureSpec } from '../figures/figure.ts';
import { countNumbers, figureData } from '../figures/figure-data.ts';
import { layoutFigure } from '../figures/layout/layout.ts';
import { presetOf } from '../figures/presets.ts';
import type { FontSet } from '../figures/writers/fonts.ts';
import { writePdf } from '../figures/writers/pdf.ts';
import { createRasteriser } from '../figures/writers/raster.ts';
import { writeSvg } from '../figures/writers/svg.ts';
import type { FigureFormat } from '../model/recipe.ts';
import type { NamedBytes } from './answer-job.ts';

export interface FigureAssets {
  readonly fonts: FontSet;
  readonly resvgWasm: Uint8Array;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function writeFormat(
  spec: FigureSpec,
  list: DisplayList,
  format: FigureFormat,
  { fonts, resvgWasm }: FigureAssets,
): Promise<Uint8Array> {
  if (format === 'pdf') return writePdf(list, fonts);
  if (format === 'svg') return encode(writeSvg(list, fonts));
  const rasteriser = await createRasteriser(resvgWasm);
  // the rasteriser gets the font files themselves; embedded copies would only slow it down
  const svg = writeSvg(list, fonts, { embedFonts: false });
  const options = { dpi: presetOf(spec.preset).raster_dpi, width_mm: spec.width_mm };
  return format === 'png'
    ? rasteriser.writePng(svg, fonts, options)
    : rasteriser.writeTiff(svg, fonts, options);
}

/**
 * One figure as files: each format, `NAME.txt` with the suggested caption, and `NAME.csv` with the numbers behind it.
 * @param mostNumbers a figure of more numbers gets no table, and the caption says so: a long record is its own table
 */
export async function writeFigure(
  spec: FigureSpec,
  name: string,
  formats: readonly FigureFormat[],
  assets: FigureAssets,
  mostNumbers = Number.POSITIVE_INFINITY,
): Promise<readonly NamedBytes[]> {
  const list = layoutFigure(spec, assets.fonts);
  const files: NamedBytes[] = [];
  for (const format of formats) {
    files.push({ name: `${name}.${format}`, bytes: await writeFormat(spec, list, format, assets) });
  }
  const count = countNumbers(spec);
  const isShort = count <= mostNumbers;
  const missing = isShort
    ? ''
    : `\nThe ${count} numbers behind this figure are not written beside it; ivory figure writes them.\n`;
  files.push({ name: `${name}.txt`, bytes: encode(`${writeCaption(spec, list.remarks)}\n${missing}`) });
  if (isShort) files.push({ name: `${name}.csv`, bytes: encode(figureData(spec)) });
  return files;
}
