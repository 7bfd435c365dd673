// npm start: the workbench in Electron where its binary can be had, else the same page on loopback in a browser.
//   npm start -- --browser    skip Electron        npm start -- --no-open    only print the address
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from './browser.mjs';
import { ensureBuilt, ensureInstalled, ROOT } from './ensure.mjs';

const DOWNLOAD_LIMIT_MS = 180_000;
const RETRY_AFTER_MS = 24 * 3600 * 1000;

const flags = new Set(process.argv.slice(2));
const say = (text) => process.stdout.write(`${text}\n`);

ensureInstalled();
ensureBuilt('node');
ensureBuilt('page');

const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Path of Electron's executable, fetched on the first start; null with the reason where it cannot be had. */
function findElectron() {
  const folder = join(ROOT, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const locate = () => {
    if (!existsSync(pathFile)) return null;
    const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
    return existsSync(path) ? path : null;
  };
  const present = locate();
  if (present) return { path: present };
  const failed = join(ROOT, 'node_modules', '.ivory-no-electron');
  if (existsSync(failed) && Date.now() - statSync(failed).mtimeMs < RETRY_AFTER_MS) {
    return { path: null, reason: 'its binary could not be fetched' };
  }
  say('Fetching Electron (once)...');
  const done = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT_MS,
  });
  const fetched = done.status === 0 ? locate() : null;
  if (fetched) return { path: fetched };
  writeFileSync(failed, new Date().toISOString());
  return { path: null, reason: 'its binary could not be fetched' };
}

function openElectron(path) {
  const child = spawn(path, [ROOT], { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 0));
}

/** A browser profile of Ivory's own, so that its work is kept apart and stays. */
function profileFolder() {
  const base =
    process.platform === 'win32'
      ? process.env.LOCALAPPDATA
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share');
  const folder = join(base ?? homedir(), 'ivory', 'browser');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function openInBrowser(url, onClose) {
  const browser = findBrowser();
  if (browser) {
    const root = process.platform === 'linux' && process.getuid?.() === 0;
    const args = [
      `--app=${url}`,
      `--user-data-dir=${profileFolder()}`,
      '--window-size=1440,900',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(root ? ['--no-sandbox'] : []),
    ];
    const child = spawn(browser, args, { stdio: 'ignore' });
    child.on('exit', onClose);
    child.on('error', () => say(`Open ${url} in a browser.`));
    return;
  }
  const opener = { win32: ['cmd', ['/c', 'start', '', url]], darwin: ['open', [url]] }[process.platform] ?? [
    'xdg-open',
    [url],
  ];
  spawn(opener[0], opener[1], { stdio: 'ignore' }).on('error', () => say(`Open ${url} in a browser.`));
}

async function servePage(reason) {
  const { startPageServer } = await import(pathToFileURL(join(ROOT, 'dist', 'node', 'page-server.js')).href);
  const server = await startPageServer(join(ROOT, 'dist', 'page'));
  const stop = () => server.close().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (flags.has('--no-open') || !hasDisplay) {
    say(`${reason} The workbench is served on this computer only: ${server.url}`);
    say('Open that address in a browser on this computer. Ctrl+C stops it.');
    return;
  }
  say(`${reason} The workbench opens in the browser instead: ${server.url}`);
  openInBrowser(server.url, stop);
}

if (flags.has('--browser') || flags.has('--no-open')) await servePage('Electron is not used.');
else if (!hasDisplay) await servePage('There is no display here.');
else {
  const electron = findElectron();
  if (electron.path) openElectron(electron.path);
  else await servePage(`Electron is not used: ${electron.reason}.`);
}
