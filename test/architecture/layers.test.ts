import { describe, expect, it } from 'vitest';
import { importsOf, listCode, readText } from '../support/source-tree.ts';

/**
 * Who may import whom (ARCHITECTURE section 3), as data. A layer is a folder; the longest match wins. `packages` may name one file
 * that alone may use a package.
 */
interface Layer {
  readonly folder: string;
  readonly layers: readonly string[];
  readonly packages: Readonly<Record<string, 'any' | readonly string[]>>;
}

const CORE = ['src/base', 'src/units', 'src/model'];

const TABLE: readonly Layer[] = [
  {
    folder: 'fitting',
    layers: [],
    packages: { 'ml-levenberg-marquardt': ['fitting/solvers/ml-levenberg-marquardt.ts'] },
  },
  { folder: 'src/base', layers: [], packages: {} },
  { folder: 'src/units', layers: ['src/base'], packages: {} },
  // the report of a fit is part of a result: its type, no code
  { folder: 'src/model', layers: ['src/base', 'src/units', 'fitting:types'], packages: {} },
  { folder: 'src/importers', layers: CORE, packages: { papaparse: ['src/importers/csv-table.ts'] } },
  { folder: 'src/conditioning', layers: [...CORE, 'src/segments', 'fitting'], packages: {} },
  { folder: 'src/segments', layers: [...CORE, 'fitting'], packages: {} },
  {
    folder: 'src/analyses',
    layers: [...CORE, 'src/conditioning', 'src/segments', 'fitting'],
    packages: {},
  },
  {
    folder: 'src/recipes',
    layers: [...CORE, 'src/analyses', 'src/conditioning', 'src/segments', 'fitting'],
    packages: {},
  },
  // order statistics and the Weibull line of a batch, which no single measurement's analysis can give
  {
    folder: 'src/figures',
    layers: [...CORE, 'src/conditioning:types', 'src/pipeline:types', 'fitting'],
    packages: {
      'd3-scale': 'any',
      'd3-shape': 'any',
      fontkit: 'any',
      pdfkit: ['src/figures/writers/pdf.ts'],
      '@resvg/resvg-wasm': ['src/figures/writers/raster.ts'],
    },
  },
  {
    folder: 'src/exporters',
    layers: [...CORE, 'src/pipeline:types'],
    packages: { 'hyparquet-writer': 'any', 'write-excel-file': 'any' },
  },
  {
    folder: 'src/pipeline',
    layers: [
      ...CORE,
      'src/importers',
      'src/conditioning',
      'src/segments',
      'src/analyses',
      'src/recipes',
      'src/figures',
      'src/exporters',
      'fitting',
    ],
    packages: {},
  },
  // the summary takes median and standard deviation from the engine
  {
    folder: 'src/batch',
    layers: [...CORE, 'src/pipeline', 'src/exporters', 'src/recipes', 'fitting'],
    packages: {},
  },
  {
    folder: 'src/project',
    layers: CORE,
    packages: { zod: 'any', dexie: ['src/project/dexie-repository.ts'] },
  },
  { folder: 'src/host', layers: [...CORE, 'src/pipeline:types'], packages: { zod: 'any' } },
  { folder: 'src/node', layers: ['src', 'fitting'], packages: { 'node:*': 'any' } },
  {
    folder: 'electron',
    layers: ['src/base', 'src/host', 'src/node'],
    packages: { 'node:*': 'any', electron: 'any' },
  },
  {
    folder: 'renderer',
    layers: ['src', 'fitting:types'],
    packages: {
      react: 'any',
      'react-dom': 'any',
      'plotly.js': 'any',
      // the address of its file only: the worker hands the bytes to src/figures
      '@resvg/resvg-wasm': ['renderer/workers/figure-client.ts'],
    },
  },
];

function layerOf(path: string): Layer | undefined {
  return TABLE.filter((layer) => path.startsWith(`${layer.folder}/`)).sort(
    (a, b) => b.folder.length - a.folder.length,
  )[0];
}

function mayReach(layer: Layer, to: string, typeOnly: boolean): boolean {
  if (to.startsWith(`${layer.folder}/`)) return true;
  return layer.layers.some((allowed) => {
    const [folder, only] = allowed.split(':');
    return to.startsWith(`${folder}/`) && (only === undefined || typeOnly);
  });
}

const ROOTS = ['fitting', 'src', 'electron', 'renderer'];
const files = ROOTS.flatMap(listCode);

describe('layers', () => {
  it('sees the whole tree', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(files.filter((path) => layerOf(path) === undefined)).toEqual([]);
    // the reader of imports is itself checked: every core file but the leaves imports something
    expect(files.filter((path) => importsOf(path).length > 0).length).toBeGreaterThan(files.length * 0.75);
  });

  it('no file imports a layer that its own may not know', () => {
    const faults = files.flatMap((path) => {
      const layer = layerOf(path);
      if (!layer) return [];
      return importsOf(path)
        .filter(({ kind, to, typeOnly }) => kind === 'project' && !mayReach(layer, to, typeOnly))
        .map(({ to }) => `${path} -> ${to}`);
    });
    expect(faults).toEqual([]);
  });

  it('the page does not reach into Node code', () => {
    const faults = listCode('renderer').flatMap((path) =>
      importsOf(path)
        .filter(({ to }) => to.startsWith('src/node/'))
        .map(({ to }) => `${path} -> ${to}`),
    );
    expect(faults).toEqual([]);
  });

  it('packages are used where the table says, and nowhere else', () => {
    const faults = files.flatMap((path) => {
      const layer = layerOf(path);
      if (!layer) return [];
      return importsOf(path)
        .filter(({ kind, to }) => {
          if (kind !== 'package') return false;
          const allowed = layer.packages[to];
          return allowed === undefined || (allowed !== 'any' && !allowed.includes(path));
        })
        .map(({ to }) => `${path} -> ${to}`);
    });
    expect(faults).toEqual([]);
  });

  it('the rest of the project enters the engine by its index only', () => {
    const faults = files
      .filter((path) => !path.startsWith('fitting/'))
      .flatMap((path) =>
        importsOf(path)
          .filter(({ to }) => to.startsWith('fitting/') && to !== 'fitting/index.ts')
          .map(({ to }) => `${path} -> ${to}`),
      );
    expect(faults).toEqual([]);
  });

  it('electron is imported at run time by main, window and preload only', () => {
    const faults = listCode('electron').filter(
      (path) =>
        !/\/(main|window|preload)\.ts$/.test(path) &&
        importsOf(path).some(({ to, typeOnly }) => to === 'electron' && !typeOnly),
    );
    expect(faults).toEqual([]);
  });

  it('every dependency of package.json is really used', () => {
    const { dependencies } = JSON.parse(readText('package.json')) as { dependencies: Record<string, string> };
    const used = new Set(files.flatMap((path) => importsOf(path).map(({ to }) => to)));
    expect(Object.keys(dependencies).filter((name) => !used.has(name))).toEqual([]);
  });
});
