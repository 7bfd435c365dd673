import { readFileSync } from 'node:fs';
import type { FontSet } from '../figures/writers/fonts.ts';
import { findBeside } from './bundle-files.ts';

/** What the figure writers need from the disk: the font files and the code of the rasteriser. */
export interface Assets {
  readonly fonts: FontSet;
  readonly resvgWasm: Uint8Array;
}

let loaded: Assets | undefined;

function readAsset(...names: readonly string[]): Uint8Array {
  const path = findBeside(...names);
  if (path === null) throw new Error(`${names[0]} is missing; build the program again with npm run build`);
  return new Uint8Array(readFileSync(path));
}

function readFont(style: string): Uint8Array {
  const file = `LiberationSans-${style}.ttf`;
  return readAsset(`assets/${file}`, `figures/fonts/${file}`);
}

/** Reads the assets once: from `assets/` beside the bundle, or from the sources where the code runs unbundled. */
export function loadAssets(): Assets {
  loaded ??= {
    fonts: { regular: readFont('Regular'), italic: readFont('Italic'), bold: readFont('Bold') },
    resvgWasm: readAsset('assets/resvg.wasm', '../node_modules/@resvg/resvg-wasm/index_bg.wasm'),
  };
  return loaded;
}
