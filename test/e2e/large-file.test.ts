import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTestBrowser, type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';

/** The large way with files of ordinary size: the page's address sets the limit lower. */
const HELD_BYTES = 1_000_000;
const ROWS = 2_500_000;

async function addFolder(page: Page, folder: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const waiting = page.waitForEvent('filechooser', { timeout: 3000 }).catch(() => null);
    await page.keyboard.press('Control+o');
    const chooser = await waiting;
    if (chooser) return chooser.setFiles(folder);
    if (tries === 4) throw new Error('Ctrl+O opened no file dialog in four tries');
  }
}

/** What the page holds of a file in its store: hash and rows of the curves that are kept. */
const sizeOfStore = (page: Page): Promise<number> =>
  page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);

describe.skipIf(findTestBrowser() === null)('a file read in blocks in Chromium', () => {
  let opened: OpenPage;
  let page: Page;
  let folder: string;
  let sha256: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ivory-large-'));
    const lines = ['Time (s),Voltage (V)'];
    for (let k = 0; k < ROWS; k++) lines.push(`${(k * 1e-6).toFixed(6)},${Math.sin(k / 1e4).toFixed(9)}`);
    const file = join(folder, 'long.csv');
    await writeFile(file, `${lines.join('\n')}\n`);
    sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    opened = await openWorkbench({ search: `?held-bytes=${HELD_BYTES}` });
    page = opened.page;
    page.setDefaultTimeout(20_000);
  }, 120_000);
  afterAll(async () => {
    await opened?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says how far it is read, is stopped in the middle in a moment, and is taken up again', async () => {
    await addFolder(page, folder);
    await page.getByText(/workers busy, long\.csv \d+ % read/).waitFor();
    const asked = performance.now();
    await page.keyboard.press('Escape');
    await page.getByText('Idle', { exact: true }).waitFor();
    expect(performance.now() - asked).toBeLessThan(5000); // tells an answer from a hang
    await page.getByRole('tab', { name: 'Batch', exact: true }).click();
    await page.getByText(/^Stopped by you after 0 of 1/).waitFor();
    await page.getByRole('button', { name: 'Resume 1' }).click();
    await page.getByText(/^1 of 1 in/).waitFor({ timeout: 120_000 });
    await waitForIdle(page);
    expect(opened.watch.faults).toEqual([]);
    expect(opened.watch.foreign).toEqual([]);
  }, 180_000);

  it('has all its rows and the hash of its bytes', async () => {
    await page.getByRole('tab', { name: 'Curves', exact: true }).click();
    await page.getByRole('treeitem', { name: /long/ }).last().click();
    await page.getByText(`${ROWS} points`).waitFor();
    await page.getByRole('tab', { name: 'Data', exact: true }).click();
    const hash = page.getByRole('region', { name: 'Source' }).locator('dd.mono');
    expect(await hash.getAttribute('title')).toBe(sha256);
  });

  it('is not put into the store of the browser; after a reload its name and the reason stand there', async () => {
    // two columns of the curve alone would be 40 MB
    expect(await sizeOfStore(page)).toBeLessThan(12_000_000);
    // the view comes back as it was kept: not before the last click of the test above is
    await waitForIdle(page);
    await page.reload();
    await waitForIdle(page);
    await page
      .getByRole('treeitem', { name: /long\.csv/ })
      .getByText('long.csv')
      .click();
    await page.getByText(/long\.csv has \d+ MB; its curves are not kept in this browser\./).waitFor();
  });
});

describe.skipIf(findTestBrowser() === null)(
  'a file read range by range from an address, as in the desktop window',
  () => {
    let opened: OpenPage;
    afterAll(async () => {
      await opened?.close();
    });

    it('is the same curve, and the page never asks for the whole', async () => {
      opened = await openWorkbench({ search: '?held-bytes=400000' });
      const { page, watch } = opened;
      const answers: string[] = [];
      page.on('response', (response) => {
        if (response.url().endsWith('RRAM-6_forming.csv')) answers.push(String(response.status()));
      });
      await page.getByRole('button', { name: 'Open sample data' }).click();
      await page.getByRole('tree', { name: 'Curves' }).waitFor();
      await waitForIdle(page);
      await page
        .getByRole('treeitem', { name: /RRAM-6_forming|RRAM-6\b/ })
        .last()
        .click();
      await page.getByRole('tab', { name: 'Data', exact: true }).click();
      const source = page.getByRole('region', { name: 'Source' });
      await source.getByText('RRAM-6_forming.csv').waitFor();
      const bytes = await readFile('sample-data/keithley-acs/RRAM-6_forming.csv');
      expect(await source.locator('dd.mono').getAttribute('title')).toBe(
        createHash('sha256').update(bytes).digest('hex'),
      );
      await page.getByText(/6401 points/).waitFor();
      expect(answers.length).toBeGreaterThan(0);
      expect(new Set(answers)).toEqual(new Set(['206']));
      expect(watch.faults).toEqual([]);
    }, 180_000);
  },
);
