import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { deflateNatively } from './deflate.ts';
import type { FontSet } from './fonts.ts';
import { encodePng, type RgbImage } from './png.ts';
import { type RasterEngine, startEngine } from './raster-engine.ts';
import { encodeTiff } from './tiff.ts';

export interface RasterOptions {
  /** Dots per inch; the file carries it. */
  readonly dpi: number;
  /** Width of the figure [mm]; the picture is round(width / 25.4 x dpi) pixels wide. */
  readonly width_mm: number;
}

/** Turns a written SVG into pixels, with the figure's own fonts and no system font. */
export interface Rasteriser {
  render(svg: string, fonts: FontSet, options: RasterOptions): RgbImage;
  writePng(svg: string, fonts: FontSet, options: RasterOptions): Promise<Uint8Array>;
  writeTiff(svg: string, fonts: FontSet, options: RasterOptions): Uint8Array;
}

/** The engine may be started once in a process or worker; every later caller shares it. */
let engine: Promise<RasterEngine> | null = null;

/** Kept from the collector: it would free them in an instance that never held them. */
const broken: InstanceType<typeof Resvg>[] = [];

/** Red, green and blue of RGBA pixels over white. */
function dropAlpha(rgba: Uint8Array, width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, o = 0; i < rgba.length; i += 4) {
    data[o++] = rgba[i]!;
    data[o++] = rgba[i + 1]!;
    data[o++] = rgba[i + 2]!;
  }
  return { width, height, data };
}

/**
 * Starts resvg, the same engine in Node and in the browser. @param wasmBytes of `@resvg/resvg-wasm/index_bg.wasm`, read by the
 * host (the core touches no files)
 */
export async function createRasteriser(wasmBytes: Uint8Array | ArrayBuffer): Promise<Rasteriser> {
  engine ??= startEngine(wasmBytes, initWasm);
  const { replace } = await engine;
  const render = (svg: string, fonts: FontSet, { dpi, width_mm }: RasterOptions): RgbImage => {
    let resvg: InstanceType<typeof Resvg> | null = null;
    try {
      resvg = new Resvg(svg, {
        background: '#FFFFFF',
        fitTo: { mode: 'width', value: Math.round((width_mm / 25.4) * dpi) },
        font: {
          fontBuffers: [fonts.regular, fonts.italic, fonts.bold],
          defaultFontFamily: 'Liberation Sans',
          sansSerifFamily: 'Liberation Sans',
        },
      });
      const picture = resvg.render();
      const image = dropAlpha(picture.pixels, picture.width, picture.height);
      picture.free();
      resvg.free();
      return image;
    } catch (cause) {
      if (resvg) broken.push(resvg);
      replace();
      throw new Error('the picture could not be turned into pixels', { cause });
    }
  };
  return {
    render,
    writePng: (svg, fonts, options) => encodePng(render(svg, fonts, options), options.dpi, deflateNatively),
    writeTiff: (svg, fonts, options) => encodeTiff(render(svg, fonts, options), options.dpi),
  };
}
