import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Electron's executable, or null: the npm package fetches it on the first start, which is not possible everywhere. */
function findElectron(): string | null {
  const folder = join(ROOT, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

const executablePath = findElectron();
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

describe('Electron', () => {
  it.skipIf(!executablePath || !hasDisplay)(
    'opens the window on app://ivory, sandboxed, without Node in the page (needs the Electron binary and a display)',
    async () => {
      const root = process.platform === 'linux' && process.getuid?.() === 0;
      const app = await _electron.launch({
        executablePath: executablePath as string,
        args: [...(root ? ['--no-sandbox'] : []), ROOT],
      });
      const page = await app.firstWindow();
      await page.waitForSelector('[data-idle]');
      expect(page.url()).toMatch(/^app:\/\/ivory\//);
      const seen = await page.evaluate(() => ({
        node: 'process' in globalThis || 'require' in globalThis,
        bridge: Object.keys((globalThis as unknown as { ivory: object }).ivory).sort(),
      }));
      expect(seen).toEqual({ node: false, bridge: ['invoke', 'onMenu'] });
      await app.close();
    },
  );
});
