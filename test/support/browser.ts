import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type PageServer, startPageServer } from '../../src/node/page-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const PAGE_FOLDER = join(ROOT, 'dist', 'page');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of `npm test`, else one of the usual places, else null. */
export function findTestBrowser(): string | null {
  const chosen = process.env['IVORY_BROWSER'];
  if (chosen) return chosen;
  return PLACES.find((path) => existsSync(path)) ?? null;
}

/** What must never happen while the page is used, gathered as it happens. */
export interface Watch {
  readonly faults: string[];
  readonly foreign: string[];
}

export interface OpenPage {
  readonly page: Page;
  readonly url: string;
  readonly watch: Watch;
  close(): Promise<void>;
}

function watchPage(page: Page, origin: string): Watch {
  const watch: Watch = { faults: [], foreign: [] };
  page.on('pageerror', (thrown) => watch.faults.push(`error: ${thrown.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || /content.security/i.test(message.text())) {
      watch.faults.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(blob|data):/.test(url)) watch.foreign.push(url);
  });
  return watch;
}

/** Serves the production page as `npm start` does, under its policy, and opens it in a fresh profile. */
export async function openWorkbench(
  options: {
    readonly width?: number;
    readonly height?: number;
    readonly dark?: boolean;
    /** Query of the page's address, `?` included. */
    readonly search?: string;
  } = {},
): Promise<OpenPage> {
  const path = findTestBrowser();
  if (!path) throw new Error('no browser');
  if (!existsSync(join(PAGE_FOLDER, 'index.html'))) {
    throw new Error('dist/page is missing: run npm run build first');
  }
  const server: PageServer = await startPageServer(PAGE_FOLDER, 0);
  const browser: Browser = await chromium.launch({
    executablePath: path,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context: BrowserContext = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const watch = watchPage(page, new URL(server.url).origin);
  await page.goto(server.url + (options.search ?? ''));
  await waitForIdle(page);
  return {
    page,
    url: server.url,
    watch,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Waits until no job runs and everything is kept: the page says so on its root element. */
export async function waitForIdle(page: Page, timeout = 120_000): Promise<void> {
  await page.waitForFunction(() => document.documentElement.hasAttribute('data-idle'), null, { timeout });
}
