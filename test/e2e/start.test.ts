import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
});

/** What npm start says until it has named an address. */
function startWithoutDisplay(args: readonly string[]): Promise<string> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const started = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], { cwd: ROOT, env });
  child = started;
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (/http:\S+\n.*\n/.test(said)) resolve(said);
    };
    started.stdout.on('data', listen);
    started.stderr.on('data', listen);
    started.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
}

describe('npm start', () => {
  it.skipIf(process.platform !== 'linux')(
    'without a display prints the address, what to do, and serves the page (Linux)',
    async () => {
      const said = await startWithoutDisplay([]);
      expect(said).toContain('There is no display here.');
      expect(said).toContain('Ctrl+C stops it.');
      const url = said.match(/http:\/\/127\.0\.0\.1:\d+\/[\w-]{32,}\//)?.[0] ?? '';
      const page = await fetch(url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="root">');
      const samples = (await (await fetch(`${url}samples/index.json`)).json()) as {
        files: { name: string }[];
      };
      expect(samples.files.length).toBeGreaterThan(30);
      const first = samples.files.find(({ name }) => name.endsWith('.csv'));
      expect((await fetch(`${url}samples/${first?.name}`)).status).toBe(200);
    },
  );

  it.skipIf(process.platform === 'win32')('stops cleanly when it is told to (not on Windows)', async () => {
    await startWithoutDisplay(['--no-open']);
    const ended = new Promise((resolve) => child?.on('exit', (code) => resolve(code)));
    child?.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});
