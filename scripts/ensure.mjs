// Makes a fresh clone usable: installs what is missing and builds what is stale. Plain JavaScript, because nothing is
// installed yet when it runs. Everything it says goes to standard error, so that `--json` output stays clean.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MINIMUM_NODE = [20, 19];

const say = (text) => process.stderr.write(`${text}\n`);

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  say(
    `Ivory needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.versions.node}. Get it from nodejs.org.`,
  );
  process.exit(2);
}

/** Runs npm, whatever the platform calls it. */
function npm(...args) {
  const windows = process.platform === 'win32';
  return spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
}

/** Installs the locked dependencies unless the installed ones belong to this very lock file. */
export function ensureInstalled() {
  checkNode();
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(ROOT, 'node_modules', '.ivory-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing dependencies (once)...');
  const done = npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  if (done.status !== 0) {
    say('npm ci failed. Ivory needs the npm registry once; later it runs offline.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(ROOT, input);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory() ? [...walk(path)].sort() : [path];
    for (const file of files)
      hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const COMMON = ['fitting', 'src', 'package-lock.json', 'scripts/ensure.mjs'];
const TARGETS = {
  node: {
    inputs: [
      ...COMMON,
      'electron',
      'scripts/sample-data',
      'test/bench',
      'test/support',
      'vite.node.config.ts',
      'vite.preload.config.ts',
    ],
    configs: ['vite.node.config.ts', 'vite.preload.config.ts'],
    after: copyNodeAssets,
  },
  page: {
    inputs: [...COMMON, 'renderer', 'sample-data', 'vite.config.ts'],
    configs: ['vite.config.ts'],
    after: copySamples,
  },
};

const CHUNK_LIFE_MS = 24 * 3600 * 1000;

/** Removes chunks of builds that no process can still be running from. */
function sweepChunks() {
  const folder = join(ROOT, 'dist', 'node', 'chunks');
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    if (Date.now() - statSync(path).mtimeMs > CHUNK_LIFE_MS) rmSync(path, { force: true });
  }
}

/** Fonts and the rasteriser that Node code reads at run time, beside the bundle. */
function copyNodeAssets() {
  sweepChunks();
  const target = join(ROOT, 'dist', 'node', 'assets');
  mkdirSync(target, { recursive: true });
  const fonts = join(ROOT, 'src', 'figures', 'fonts');
  if (existsSync(fonts))
    for (const file of readdirSync(fonts)) copyFileSync(join(fonts, file), join(target, file));
  const wasm = join(ROOT, 'node_modules', '@resvg', 'resvg-wasm', 'index_bg.wasm');
  if (existsSync(wasm)) copyFileSync(wasm, join(target, 'resvg.wasm'));
}

/** The sample folder as the page sees it: the files and an index of them. */
function copySamples() {
  const source = join(ROOT, 'sample-data');
  const target = join(ROOT, 'dist', 'page', 'samples');
  mkdirSync(target, { recursive: true });
  const files = [];
  if (existsSync(source)) {
    for (const file of [...walk(source), ...hiddenSettings(source)].sort()) {
      const name = file.slice(source.length + 1).replaceAll('\\', '/');
      if (name === 'README.md' || name === 'truth.json') continue;
      mkdirSync(dirname(join(target, name)), { recursive: true });
      copyFileSync(file, join(target, name));
      files.push({ name, size: statSync(file).size });
    }
  }
  writeFileSync(join(target, 'index.json'), JSON.stringify({ name: 'sample-data', files }));
}

function* hiddenSettings(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* hiddenSettings(path);
    else if (entry.name === '.ivory.json') yield path;
  }
}

/** Builds `node` or `page` when its sources changed since the last build. */
export function ensureBuilt(name) {
  const target = TARGETS[name];
  const wanted = fingerprint(target.inputs);
  const stamp = join(ROOT, 'dist', `.${name}`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  if (process.stderr.isTTY) say(`Building ${name === 'page' ? 'the page' : 'the program'} (once)...`);
  for (const config of target.configs) {
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    const done = spawnSync(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'error'], {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
    });
    if (done.status !== 0) {
      say(`The build with ${config} failed; the message above says where.`);
      process.exit(1);
    }
  }
  target.after?.();
  writeFileSync(stamp, wanted);
}
