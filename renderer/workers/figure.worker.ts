import { writeCaption } from '../../src/figures/caption.ts';
import { checkFigure } from '../../src/figures/check.ts';
import type { DisplayList } from '../../src/figures/figure.ts';
import { figureData } from '../../src/figures/figure-data.ts';
import { layoutFigure } from '../../src/figures/layout/layout.ts';
import { TEMPLATES } from '../../src/figures/templates/registry.ts';
import type { FontSet } from '../../src/figures/writers/fonts.ts';
import { writePdf } from '../../src/figures/writers/pdf.ts';
import { createRasteriser, type Rasteriser } from '../../src/figures/writers/raster.ts';
import { writeSvg } from '../../src/figures/writers/svg.ts';
import type {
  DrawnFigure,
  FigureAnswer,
  FigureAssetUrls,
  FigureQuestion,
  FigureTask,
} from './figure-messages.ts';

let fonts: Promise<FontSet> | null = null;
let rasteriser: Promise<Rasteriser> | null = null;

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} was not found`);
  return new Uint8Array(await response.arrayBuffer());
}

function loadFonts(assets: FigureAssetUrls): Promise<FontSet> {
  fonts ??= Promise.all([assets.regular, assets.italic, assets.bold].map(fetchBytes)).then(
    ([regular, italic, bold]) => ({ regular: regular!, italic: italic!, bold: bold! }),
  );
  return fonts;
}

function loadRasteriser(assets: FigureAssetUrls): Promise<Rasteriser> {
  rasteriser ??= fetchBytes(assets.wasm).then(createRasteriser);
  return rasteriser;
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function smallestText(list: DisplayList): number {
  return smallest(list.items.flatMap((item) => (item.k === 'text' ? item.runs.map((run) => run.size) : [])));
}

function thinnestLine(list: DisplayList): number {
  return smallest(
    list.items.flatMap((item) =>
      (item.k === 'path' || item.k === 'marks') && item.stroke && item.w ? [item.w] : [],
    ),
  );
}

async function draw(task: FigureTask, assets: FigureAssetUrls): Promise<DrawnFigure | null> {
  const spec = TEMPLATES.get(task.template)?.build(task.outcomes, {
    preset: task.preset,
    ...(task.quantity === undefined ? {} : { quantity: task.quantity }),
  });
  if (!spec) return null;
  const set = await loadFonts(assets);
  const list = layoutFigure(spec, set);
  const svg = writeSvg(list, set);
  const encoder = new TextEncoder();
  const files: { format: DrawnFigure['files'][number]['format']; bytes: Uint8Array }[] = [];
  for (const format of task.files) {
    if (format === 'svg') files.push({ format, bytes: encoder.encode(svg) });
    if (format === 'csv') files.push({ format, bytes: encoder.encode(figureData(spec)) });
    if (format === 'pdf') files.push({ format, bytes: await writePdf(list, set) });
    if (format === 'png' || format === 'tiff') {
      const engine = await loadRasteriser(assets);
      const options = { dpi: task.dpi, width_mm: spec.width_mm };
      const bytes =
        format === 'png' ? await engine.writePng(svg, set, options) : engine.writeTiff(svg, set, options);
      files.push({ format, bytes });
    }
  }
  return {
    id: spec.id,
    title: spec.caption ?? '',
    caption: writeCaption(spec, list.remarks),
    issues: checkFigure(list, task.preset),
    width_mm: spec.width_mm,
    height_mm: spec.height_mm,
    svg,
    smallestText_pt: smallestText(list),
    thinnestLine_pt: thinnestLine(list),
    files,
  };
}

self.onmessage = async ({ data }: MessageEvent<FigureQuestion>) => {
  let answer: FigureAnswer;
  try {
    answer = { id: data.id, ok: true, figure: await draw(data.task, data.assets) };
  } catch (thrown) {
    answer = { id: data.id, ok: false, message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  self.postMessage(answer);
};
