import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { findTestBrowser, type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';
import { runCliHere } from '../support/run-cli.ts';

const SAMPLE = join(import.meta.dirname, '../../sample-data/keithley-kickstart-lem/LEM-1_sweep.csv');

describe.skipIf(findTestBrowser() === null)('the simulator, at 1440 x 900', () => {
  let opened: OpenPage;
  let page: Page;
  const row = (name: RegExp) => page.getByRole('treeitem', { name }).first();
  const slider = (name: RegExp) => page.getByRole('slider', { name });
  const readSlider = async (name: RegExp) => Number(await slider(name).getAttribute('aria-valuenow'));
  const comparison = () => page.getByRole('region', { name: 'Comparison' });
  const datum = async (id: string) => Number(await comparison().getByTestId(id).getAttribute('data-value'));

  async function openCurve(name: RegExp): Promise<void> {
    await row(name).click();
    await waitForIdle(page);
    await page.getByRole('tab', { name: 'Simulator' }).click();
    await waitForIdle(page);
  }

  async function setField(name: string, value: string): Promise<void> {
    const field = page.getByRole('textbox', { name, exact: true });
    await field.focus();
    // the field shows its full value once it has the focus
    await expect.poll(() => field.inputValue()).not.toMatch(/\(/);
    await page.waitForTimeout(50);
    await field.fill(value);
    await field.press('Enter');
    await waitForIdle(page);
  }

  /** A key that goes to the window, not to what has the focus. */
  async function pressKey(key: string): Promise<void> {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press(key);
  }

  beforeAll(async () => {
    opened = await openWorkbench();
    page = opened.page;
    page.setDefaultTimeout(15_000);
  });

  afterAll(async () => {
    await opened?.close();
  });

  it('simulates without data from the empty window, and takes a typed drive', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Simulate without data');
    await page.keyboard.press('Enter');
    await waitForIdle(page);
    expect(await page.getByRole('img', { name: /^Simulation of a device against voltage/ }).count()).toBe(1);
    const sweep = page.getByRole('textbox', { name: 'Sweep' });
    await sweep.fill('0:8:0');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/step of a sweep must be above 0 V/);
    await sweep.fill('0:4:0.1:0');
    await sweep.press('Enter');
    await waitForIdle(page);
    await page.getByText('Simulated 81 points').waitFor();
    await page.getByRole('combobox', { name: 'Drive', exact: true }).selectOption('pulse');
    await waitForIdle(page);
    expect(await page.getByRole('img', { name: /against time/ }).count()).toBe(1);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
  });

  it('lays the pair over a four-region sweep with circuit, panels and quantities of both', async () => {
    await page.getByRole('button', { name: 'Open sample data' }).click();
    await page.getByRole('tree', { name: 'Curves' }).waitFor();
    await waitForIdle(page);
    await openCurve(/\bLEM-1\b/);
    expect(await page.getByRole('combobox', { name: 'Model', exact: true }).inputValue()).toBe(
      'light-emitting-memory',
    );
    const circuit = page.getByRole('img', { name: /^Circuit at/ });
    const before = await circuit.getAttribute('aria-label');
    expect(before).toMatch(/left .*ON; right .*OFF, emits/);
    await pressKey('Shift+ArrowLeft');
    await expect.poll(() => circuit.getAttribute('aria-label')).not.toBe(before);
    const table = page.getByRole('table', { name: 'Quantities of both curves' });
    expect(await table.getByRole('row', { name: /I → II, SET left/ }).innerText()).toMatch(/0\.910\(\d+\)/);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('gives the numbers of the command line to 1e-9', async () => {
    await setField('Cell: series resistance', '300');
    const ran = await runCliHere([
      'simulate',
      'light-emitting-memory',
      '--set',
      'preset=LEM-A',
      '--set',
      'cell.seriesResistance=300',
      '--against',
      SAMPLE,
      '--json',
    ]);
    const { comparison: theirs } = JSON.parse(ran.stdout);
    for (const [id, value] of Object.entries({ rmse: theirs.rmse, nrmse: theirs.nrmse, r2: theirs.r2 })) {
      const ours = await datum(id);
      expect(Math.abs(ours / (value as number) - 1)).toBeLessThan(1e-9);
    }
  });

  it('takes a value from the keys in one step of undo', async () => {
    const before = await readSlider(/^SET voltage/);
    await slider(/^SET voltage/).focus();
    await page.keyboard.press('ArrowRight');
    await waitForIdle(page);
    expect(await readSlider(/^SET voltage/)).toBeGreaterThan(before);
    await page.getByText(/V_SET of the simulator set to/).waitFor();
    await pressKey('Control+z');
    await waitForIdle(page);
    expect(await readSlider(/^SET voltage/)).toBe(before);
  });

  it('unties a parameter into both devices and ties it again', async () => {
    await page.getByRole('button', { name: /^Tie SET voltage.* of both devices/ }).click();
    await waitForIdle(page);
    expect(await slider(/^SET voltage.*left device/).count()).toBe(1);
    expect(await slider(/^SET voltage.*right device/).count()).toBe(1);
    await page.getByRole('button', { name: /^Tie SET voltage.*left device of both devices/ }).click();
    await waitForIdle(page);
    expect(await slider(/^SET voltage.*left device/).count()).toBe(0);
  });

  it('fits the free ones and finds what the sample was made from', async () => {
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await setField('Low resistance (LRS)', '215');
    await setField('Cell: series resistance', '330');
    await page.getByRole('button', { name: /^Fit \d+ free$/ }).click();
    await waitForIdle(page);
    const fit = page.getByRole('region', { name: 'Fit of the simulator' });
    expect(await fit.innerText()).toContain('Converged');
    expect((await readSlider(/^Low resistance/)) / 175).toBeCloseTo(1, 1);
    expect((await readSlider(/^Cell: series resistance/)) / 254).toBeCloseTo(1, 1);
    const field = page.getByRole('textbox', { name: 'Low resistance (LRS)', exact: true });
    expect(await field.inputValue()).toMatch(/\(\d+\)/);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('stops a fit by Esc and keeps the values', async () => {
    await setField('Low resistance (LRS)', '140');
    await page.getByRole('button', { name: /^Fit \d+ free$/ }).click();
    await page.getByRole('button', { name: /^Stop/ }).waitFor();
    await pressKey('Escape');
    await waitForIdle(page);
    expect(await readSlider(/^Low resistance/)).toBe(140);
    await page.getByText('The values were changed since this fit.').waitFor();
  });

  it('says what is wrong with a value at its field, and goes on', async () => {
    await setField('Low resistance (LRS)', '-5');
    const alert = page.getByRole('region', { name: 'Parameters', exact: true }).getByRole('alert');
    expect(await alert.innerText()).toMatch(/must lie between .*-5/);
    await pressKey('Control+z');
    await waitForIdle(page);
    expect(await alert.count()).toBe(0);
  });

  it('keeps a setup with the project', async () => {
    await waitForIdle(page);
    await page.reload();
    await page.getByRole('tree', { name: 'Curves' }).waitFor({ timeout: 60_000 });
    await waitForIdle(page);
    expect(await readSlider(/^Low resistance/)).toBe(140);
  });

  it('draws a family and a map, and gives their numbers', async () => {
    const vary = page.getByRole('region', { name: 'Vary', exact: true });
    await vary.getByRole('combobox', { name: 'Vary', exact: true }).selectOption('lowResistance');
    await vary.getByRole('textbox', { name: /count$/ }).fill('4');
    await vary.getByRole('textbox', { name: /count$/ }).press('Enter');
    await vary.getByRole('button', { name: 'Draw 4 curves' }).click();
    await waitForIdle(page);
    expect(await page.locator('[data-line^="family"]').count()).toBe(2 * 4);
    const waiting = page.waitForEvent('download');
    await vary.getByRole('button', { name: 'Save CSV' }).click();
    const lines = (await readFile(await (await waiting).path(), 'utf8')).trim().split('\n');
    expect(lines[0]!.split(',').length).toBeGreaterThanOrEqual(5);
    expect(lines.length).toBe(1602);
    await vary.getByRole('combobox', { name: 'And', exact: true }).selectOption('setVoltage');
    for (const count of await vary.getByRole('textbox', { name: /count$/ }).all()) {
      await count.fill('3');
      await count.press('Enter');
    }
    await vary.getByLabel('Quantity of the map').selectOption({ label: 'Region boundary, +forward, I/II' });
    await vary.getByRole('button', { name: 'Map 9' }).click();
    await waitForIdle(page);
    const map = page.getByRole('img', { name: /^Map of Region boundary/ });
    expect(await map.locator('rect[fill^="#"]').count()).toBe(9);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Curve', exact: true }).click();
  });

  it('drives the cell with the stimulus of a capture and compares its light', async () => {
    await openCurve(/\bTEL-1\b/);
    expect(await page.getByRole('combobox', { name: 'Drive', exact: true }).inputValue()).toBe('measurement');
    expect(await page.getByRole('img', { name: /against time, over the measured curve/ }).count()).toBe(1);
    expect(await datum('r2')).toBeGreaterThan(0.99);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('runs a test of a memory and reads quantities off its table', async () => {
    await openCurve(/\bRRAM-1\b/);
    const tests = page.getByRole('region', { name: 'Tests of the device' });
    await tests.getByRole('button', { name: /^Tests of the device/ }).click();
    await tests.getByRole('textbox', { name: 'Endurance', exact: true }).fill('50');
    await tests.getByRole('button', { name: 'Run endurance' }).click();
    await waitForIdle(page);
    expect(await page.getByRole('img', { name: /^Endurance, simulated/ }).count()).toBe(1);
    expect(await tests.getByRole('row', { name: /rows simulated/ }).innerText()).toContain('50');
    expect(await findAxeViolations(page)).toEqual([]);
    expect(opened.watch.faults).toEqual([]);
    expect(opened.watch.foreign).toEqual([]);
  });
});
