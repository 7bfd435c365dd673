import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { findTestBrowser, type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** The window stops in well under a second; the rest is the browser's driver on a busy machine. */
const CANCEL_LIMIT_MS = 5000;
const MOST_RELATIVE = 1e-9;
const OUTPUT_LIMIT = 512 * 1024 * 1024;

interface Recorded {
  readonly file: string;
  readonly measurement: { readonly id: string };
  readonly quantities: readonly {
    readonly id: string;
    readonly branch: string | null;
    readonly convention: string | null;
    readonly status: string;
    readonly value: number | string | null;
    readonly standardUncertainty: number | null;
  }[];
}

function readRecords(text: string): readonly Recorded[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Recorded)
    .filter((record) => record.quantities !== undefined);
}

/** The same folder through the command line; status 1 is right, because one file of it is broken. */
async function runCommandLine(): Promise<readonly Recorded[]> {
  const run = promisify(execFile);
  const args = [join(ROOT, 'scripts', 'ivory.mjs'), 'analyse', 'sample-data', '--json'];
  const done = await run(process.execPath, args, { cwd: ROOT, maxBuffer: OUTPUT_LIMIT }).catch(
    (failed: { stdout?: string }) => ({ stdout: failed.stdout ?? '' }),
  );
  return readRecords(done.stdout);
}

/**
 * Equal to 1e-9. Two engines round exp and log differently in the last bit; a flagged number of a model that does not fit
 * lies in a flat valley and may move by a hundred-millionth of its own uncertainty. An `ok` number gets no such allowance.
 */
function isNear(a: unknown, b: unknown, allowance = 0): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return a === b || Math.abs(a - b) <= MOST_RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + allowance;
}

async function saveTable(page: Page, format: string): Promise<string> {
  const waiting = page.waitForEvent('download');
  await page.getByLabel('Export table').selectOption(format);
  const download: Download = await waiting;
  return readFile(await download.path(), 'utf8');
}

async function show(page: Page, view: string): Promise<void> {
  await page.getByRole('tab', { name: view, exact: true }).click();
}

async function choose(page: Page, device: string): Promise<void> {
  await show(page, 'Curves');
  await page
    .getByRole('treeitem', { name: new RegExp(`\\b${device}\\b`) })
    .last()
    .click();
  await waitForIdle(page);
}

/** A folder as no one should have to open: empty, binary, cut in mid-line, all sentinels, one point, constant, names twice. */
async function writeBadFiles(folder: string): Promise<void> {
  const rows = (current: (i: number) => string, n = 40) =>
    `Voltage (V),Current (A)\n${Array.from({ length: n }, (_, i) => `${(i * 0.1).toFixed(2)},${current(i)}`).join('\n')}\n`;
  const good = rows((i) => (1e-6 * (i + 1)).toExponential(5));
  await mkdir(join(folder, 'twice'), { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'empty.csv'), ''),
    writeFile(
      join(folder, 'picture.csv'),
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0xff, 0xfe, 0, 1, 2, 3]),
    ),
    writeFile(join(folder, 'cut.csv'), good.slice(0, good.length - 9)),
    writeFile(
      join(folder, 'sentinels.csv'),
      rows(() => '9.91E+37'),
    ),
    writeFile(
      join(folder, 'point.csv'),
      rows(() => '1e-6', 1),
    ),
    writeFile(
      join(folder, 'constant.csv'),
      rows(() => '1e-6'),
    ),
    writeFile(join(folder, 'same.csv'), good),
    writeFile(join(folder, 'twice', 'same.csv'), good),
  ]);
}

describe.skipIf(findTestBrowser() === null)('the workbench in Chromium, as it is shipped', () => {
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    opened = await openWorkbench();
    page = opened.page;
  });

  afterAll(async () => {
    await opened?.close();
  });

  it('starts with an empty window that says the ways in', async () => {
    await expect
      .poll(() => page.getByRole('heading', { name: 'Drop files or a folder anywhere' }).count())
      .toBe(1);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('opens the sample folder and fits all of it', async () => {
    await page.getByRole('button', { name: 'Open sample data' }).click();
    await page.getByRole('tree', { name: 'Curves' }).waitFor();
    await waitForIdle(page);
    await show(page, 'Batch');
    const rows = page.getByRole('table', { name: 'Results' }).locator('tbody tr');
    expect(await rows.count()).toBeGreaterThan(20);
    const failures = page.getByRole('region', { name: 'Could not be used' });
    expect(await failures.getByText('array-24/C6.csv').count()).toBeGreaterThan(0);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('gives the numbers of the command line to 1e-9', async () => {
    await show(page, 'Batch');
    const [ours, theirs] = await Promise.all([saveTable(page, 'jsonl').then(readRecords), runCommandLine()]);
    const byId = new Map(theirs.map((record) => [record.measurement.id, record]));
    expect(ours.length).toBeGreaterThan(30);
    expect(ours.length).toBe(theirs.length);
    const different = ours.flatMap((record) => {
      const other = byId.get(record.measurement.id);
      if (!other) return [`${record.measurement.id} is not known to the command line`];
      return record.quantities.flatMap((quantity, index) => {
        const twin = other.quantities[index];
        const allowance = quantity.status === 'flagged' ? 1e-8 * (quantity.standardUncertainty ?? 0) : 0;
        const same =
          twin?.id === quantity.id &&
          twin.branch === quantity.branch &&
          twin.convention === quantity.convention &&
          twin.status === quantity.status &&
          isNear(twin.value, quantity.value, allowance) &&
          isNear(twin.standardUncertainty, quantity.standardUncertainty, allowance);
        return same
          ? []
          : [`${record.measurement.id} ${quantity.id}: ${quantity.value} against ${twin?.value}`];
      });
    });
    expect(different).toEqual([]);
  });

  it('sorts the table by a quantity, both ways', async () => {
    await show(page, 'Batch');
    const table = page.getByRole('table', { name: 'Results' });
    const header = table.getByRole('columnheader').nth(2);
    const values = async () => {
      const cells = await table.locator('tbody tr td:nth-child(4)').allInnerTexts();
      return cells.map((text) => Number.parseFloat(text.replace('\u2212', '-'))).filter(Number.isFinite);
    };
    await header.getByRole('button').click();
    const rising = await values();
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    await header.getByRole('button').click();
    const falling = await values();
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  });

  it('stops a run at once and keeps what is done', async () => {
    await show(page, 'Batch');
    await page.getByRole('button', { name: /^Fit all/ }).click();
    const cancel = page.getByRole('button', { name: /^Cancel/ });
    await cancel.waitFor();
    const start = Date.now();
    await cancel.click();
    await page.getByText(/^Stopped by you after/).waitFor();
    expect(Date.now() - start).toBeLessThan(CANCEL_LIMIT_MS);
    await waitForIdle(page);
    expect(await page.getByRole('table', { name: 'Results' }).locator('tbody tr').count()).toBeGreaterThan(
      20,
    );
  });

  it('refits within a moment while the edge of the fit window is dragged, and undoes it', async () => {
    await choose(page, 'A3');
    const resistance = page
      .getByRole('table', { name: 'Parameters of the fit' })
      .locator('tr', { hasText: 'Ω' })
      .first();
    const before = await resistance.innerText();
    const edge = page.getByRole('slider', { name: /^Upper edge/ });
    const box = (await edge.boundingBox())!;
    const y = box.y + 10;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    for (let i = 1; i <= 10; i++) await page.mouse.move(box.x + box.width / 2 - i * 12, y);
    // the fit follows while the hand is still down, and no step is made before it lets go
    await expect.poll(() => resistance.innerText()).not.toBe(before);
    expect(await page.getByText(/Step \d+: window of A3/).count()).toBe(0);
    await page.mouse.up();
    await waitForIdle(page);
    await page.getByText(/forward, this device only/).waitFor();
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBeLessThan(7.5);
    expect(await resistance.innerText()).not.toBe(before);
    expect(await page.getByText(/Step \d+: window of A3 forward moved to/).count()).toBe(1);
    await page.keyboard.press('Control+z');
    await waitForIdle(page);
    expect(await resistance.innerText()).toBe(before);
    await page.keyboard.press('Control+Shift+z');
    await waitForIdle(page);
    expect(await resistance.innerText()).not.toBe(before);
  });

  it('moves an edge by keys, from point to point', async () => {
    const edge = page.getByRole('slider', { name: /^Lower edge/ });
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await waitForIdle(page);
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBeGreaterThan(before + 0.1);
    expect(await edge.getAttribute('aria-valuetext')).toMatch(/volts$/);
  });

  it('lays a simulation over the curve and follows its sliders', async () => {
    await page.getByRole('tab', { name: 'Simulator' }).click();
    const comparison = page.getByRole('region', { name: 'Comparison' });
    const before = await comparison.getByRole('row', { name: /rms difference/ }).innerText();
    await page.getByRole('slider', { name: /Series resistance/ }).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect
      .poll(() => comparison.getByRole('row', { name: /rms difference/ }).innerText())
      .not.toBe(before);
    const violations = await findAxeViolations(page);
    await page.getByRole('tab', { name: 'Fit', exact: true }).click();
    expect(violations).toEqual([]);
  });

  it('says why a quantity is refused', async () => {
    await page
      .getByRole('button', { name: /^Why is there no/ })
      .first()
      .click();
    const why = page.getByRole('dialog', { name: /^Why there is no/ });
    expect((await why.innerText()).length).toBeGreaterThan(40);
    await page.keyboard.press('Escape');
    expect(await why.count()).toBe(0);
  });

  it('exports the figure that is previewed, as SVG, PDF and PNG', async () => {
    await show(page, 'Figures');
    const picture = page.getByRole('img', { name: /A3/ });
    await picture.waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    const downloads: Download[] = [];
    page.on('download', (download) => downloads.push(download));
    await page.getByRole('button', { name: /^Export figure/ }).click();
    await expect.poll(() => downloads.length, { timeout: 60_000 }).toBe(3);
    const files = new Map<string, Buffer>();
    for (const download of downloads)
      files.set(download.suggestedFilename().replace(/^.*\./, ''), await readFile(await download.path()));
    expect([...files.keys()].sort()).toEqual(['pdf', 'png', 'svg']);
    expect(files.get('pdf')!.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect([...files.get('png')!.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const svg = files.get('svg')!.toString('utf8');
    expect(svg).toContain('width="89mm"');
  });

  it('finds its commands and keys by keyboard', async () => {
    await show(page, 'Curves');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('batch');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('tab', { name: 'Batch' }).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Control+1');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog', { name: 'Keys' }).count()).toBe(1);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog', { name: 'Keys' }).count()).toBe(0);
  });

  it('has no violation in the dark theme either', async () => {
    await page.getByRole('button', { name: 'Light or dark' }).click();
    for (const view of ['Curves', 'Batch', 'Statistics', 'Figures']) {
      await show(page, view);
      await waitForIdle(page);
      expect(await findAxeViolations(page), view).toEqual([]);
    }
    await page.getByRole('button', { name: 'Light or dark' }).click();
  });

  it('has the work again after a reload', async () => {
    await choose(page, 'A3');
    const before = await page.getByRole('table', { name: 'Parameters of the fit' }).innerText();
    const status = await page.getByRole('contentinfo').innerText();
    await waitForIdle(page);
    await page.reload();
    await waitForIdle(page);
    await page.getByText(/forward, this device only/).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('A3');
    expect(await page.getByRole('table', { name: 'Parameters of the fit' }).innerText()).toBe(before);
    expect((await page.getByRole('contentinfo').innerText()).split('\n').at(-2)).toBe(
      status.split('\n').at(-2),
    );
  });

  it('takes bad input calmly: each file has its reason, and nothing that was there is lost', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ivory-bad-'));
    try {
      await writeBadFiles(folder);
      await show(page, 'Curves');
      const before = await page.getByRole('treeitem').count();
      const waiting = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: /^Add files/ }).click();
      const chooser = await waiting;
      await chooser.setFiles(folder);
      await page.getByText(/files added from ivory-bad-/).waitFor();
      await waitForIdle(page);
      await show(page, 'Batch');
      const failures = await page.getByRole('region', { name: 'Could not be used' }).innerText();
      for (const name of ['empty.csv', 'picture.csv']) expect(failures).toContain(name);
      expect(await page.getByRole('alert').count()).toBe(0);
      await show(page, 'Curves');
      expect(await page.getByRole('treeitem').count()).toBeGreaterThan(before);
      await page.keyboard.press('Control+z');
      await waitForIdle(page);
      expect(await page.getByRole('treeitem').count()).toBe(before);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('shows no mode bar and nothing that could upload', async () => {
    expect(await page.locator('.modebar, .modebar-btn').count()).toBe(0);
    expect(await page.getByRole('button', { name: /upload|share|cloud/i }).count()).toBe(0);
  });

  it('broke no policy, threw nothing and asked no other host', () => {
    expect(opened.watch.faults).toEqual([]);
    expect(opened.watch.foreign).toEqual([]);
  });
});
