import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { findTestBrowser, type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';

const VOLTAGES = Array.from({ length: 121 }, (_, k) => 0.1 * (k <= 60 ? k : 120 - k));
const current = (v: number): number => 1e-9 + 2e-4 * Math.log1p(Math.exp((v - 3) / 0.2));
const rows = (column: (v: number, k: number) => number): string =>
  VOLTAGES.map((v, k) => `${v.toFixed(2)},${column(v, k).toExponential(5)}`).join('\n');
const SWEEP = `Voltage (V),Current (A)\n${rows(current)}\n`;
const LIGHT = `Voltage (V),Light (W)\n${rows((v, k) => 1e-5 * current(v) + 1e-13 * Math.sin(7 * k))}\n`;
const SPECTRUM = `Wavelength (nm),Intensity (counts)\n${Array.from({ length: 401 }, (_, k) => {
  const nm = 500 + 0.5 * k;
  return `${nm},${(3e4 * Math.exp(-(((nm - 600) / 9) ** 2) / 2) + Math.sin(9 * k)).toFixed(2)}`;
}).join('\n')}\n`;

async function addFolder(page: Page, folder: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const waiting = page.waitForEvent('filechooser', { timeout: 3000 }).catch(() => null);
    await page.keyboard.press('Control+o');
    const chooser = await waiting;
    if (chooser) return chooser.setFiles(folder);
    if (tries === 4) throw new Error('Ctrl+O opened no file dialog in four tries');
  }
}

describe.skipIf(findTestBrowser() === null)('curves grouped by hand in Chromium', () => {
  let opened: OpenPage;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    opened = await openWorkbench();
    page = opened.page;
    page.setDefaultTimeout(8000);
    folder = await mkdtemp(join(tmpdir(), 'ivory-group-'));
    await writeFile(join(folder, 'LEC-3_iv.csv'), SWEEP);
    await writeFile(join(folder, 'LEC-3_light.csv'), LIGHT);
    await writeFile(join(folder, 'LEC-3_EL.csv'), SPECTRUM);
    await writeFile(join(folder, 'monday.csv'), SWEEP);
    await writeFile(join(folder, 'meter7.csv'), LIGHT);
    await writeFile(join(folder, 'lamp.csv'), SPECTRUM);
  });
  afterAll(async () => {
    await opened?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const library = () => page.getByRole('tree', { name: 'Curves' });
  const rowOf = (file: string) => library().locator(`[data-row="${file}#0"]`);
  const sheet = () => page.getByRole('dialog', { name: 'Group curves' });
  const dataTab = async (): Promise<string> => {
    await page.getByRole('tab', { name: 'Data' }).click();
    return page.getByRole('region', { name: 'Source' }).innerText();
  };

  it('joins what belongs together by name, and shows where light and photon energy came from', async () => {
    await addFolder(page, folder);
    await waitForIdle(page);
    await rowOf('LEC-3_iv.csv').click();
    const source = await dataTab();
    expect(source).toContain('LEC-3_iv.csv, LEC-3_light.csv');
    expect(source).toMatch(/Photon energy from\s+LEC-3_EL\.csv/);
    expect(await rowOf('LEC-3_light.csv').count()).toBe(0);
    expect(await rowOf('meter7.csv').count()).toBe(1);
  });

  it('makes files of any name one device and one curve, step by step', async () => {
    await rowOf('monday.csv').click({ button: 'right' });
    await sheet().waitFor();
    await sheet().getByLabel('Find curves').fill('m');
    for (const name of ['meter7', 'lamp']) await sheet().getByText(name, { exact: false }).first().click();
    await sheet().getByLabel('Name of the device').fill('LEC-9');
    if (process.env['IVORY_SHOTS'])
      await page.screenshot({ path: `${process.env['IVORY_SHOTS']}/group.png` });
    expect(await findAxeViolations(page)).toEqual([]);
    await sheet().getByRole('button', { name: 'Group as one device' }).click();
    await waitForIdle(page);
    await rowOf('monday.csv').click({ button: 'right' });
    await sheet().getByText('lamp', { exact: false }).first().click();
    await sheet().getByText('can be one curve').waitFor();
    await sheet().getByRole('button', { name: 'Join channels' }).click();
    await waitForIdle(page);
    expect(await rowOf('meter7.csv').count()).toBe(0);
    await rowOf('monday.csv').click();
    expect(await dataTab()).toMatch(/monday\.csv, meter7\.csv[\s\S]*Photon energy from\s+lamp\.csv/);
    if (process.env['IVORY_SHOTS'])
      await page.screenshot({ path: `${process.env['IVORY_SHOTS']}/joined.png` });
  });

  it('undo takes the steps back, and the project keeps them over a reload', async () => {
    await page.keyboard.press('Control+z');
    await rowOf('meter7.csv').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await rowOf('meter7.csv').waitFor({ state: 'detached' });
    await waitForIdle(page);
    await page.reload();
    await waitForIdle(page);
    expect(await rowOf('meter7.csv').count()).toBe(0);
    await rowOf('monday.csv').click();
    expect(await dataTab()).toContain('monday.csv, meter7.csv');
  });

  it('tries a pattern of file names live on what is open, and uses it', async () => {
    await page.keyboard.press('Control+k');
    await page
      .getByRole('dialog')
      .getByRole('combobox')
      .or(page.getByRole('dialog').getByRole('textbox'))
      .first()
      .fill('file names');
    await page.keyboard.press('Enter');
    const names = page.getByRole('dialog', { name: 'File names' });
    await names.getByLabel('Pattern of the file names').fill('LEC-{device}_*');
    await names.getByText('names fit the pattern').waitFor();
    expect(await names.innerText()).toContain('device 3');
    if (process.env['IVORY_SHOTS'])
      await page.screenshot({ path: `${process.env['IVORY_SHOTS']}/names.png` });
    await names.getByRole('button', { name: 'Use for the files that fit' }).click();
    await waitForIdle(page);
    expect(await rowOf('LEC-3_iv.csv').innerText()).toMatch(/^3\b/);
    await page.keyboard.press('Control+z');
    await waitForIdle(page);
  });

  it('keeps apart what was joined', async () => {
    await rowOf('monday.csv').click({ button: 'right' });
    await sheet().getByRole('button', { name: 'Keep apart' }).click();
    await rowOf('meter7.csv').waitFor();
    await waitForIdle(page);
    expect(opened.watch.faults).toEqual([]);
  });
});
