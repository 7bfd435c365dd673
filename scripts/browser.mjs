// Finds a Chromium-like browser: for the tests, and for the app-mode window when there is no Electron.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];
const FIXED = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
    process.env[variable]
      ? [
          join(process.env[variable], 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(process.env[variable], 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ]
      : [],
  ),
};

/** Path of a browser, or null. `IVORY_BROWSER` wins. */
export function findBrowser() {
  const chosen = process.env.IVORY_BROWSER;
  if (chosen) return existsSync(chosen) ? chosen : null;
  for (const path of FIXED[process.platform] ?? []) if (existsSync(path)) return path;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** Installs Debian's Chromium where that is possible without asking: as root with apt-get. */
export function installBrowser() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return null;
  process.stderr.write('Installing Chromium for the end-to-end tests...\n');
  const options = {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  return findBrowser();
}
