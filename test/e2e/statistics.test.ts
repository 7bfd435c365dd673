import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { findTestBrowser, type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';

/** No text is cut off, except where an ellipsis with the whole text as its tooltip is meant. */
async function findClipped(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, label, th, td, h1, h2, h3, p, li, .t11, .t12')]
      .filter((one) => {
        const style = getComputedStyle(one);
        return (
          one.checkVisibility() &&
          style.overflowX !== 'visible' &&
          style.textOverflow !== 'ellipsis' &&
          one.scrollWidth > one.clientWidth + 1
        );
      })
      .map((one) => `${one.className} ${one.textContent?.slice(0, 60)}`),
  );
}

describe.skipIf(findTestBrowser() === null)('the Statistics view in Chromium, as it is shipped', () => {
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    opened = await openWorkbench({ width: 1366, height: 768 });
    page = opened.page;
    page.setDefaultTimeout(8000);
    await page
      .getByRole('button', { name: /sample data/i })
      .first()
      .click();
    await page.waitForFunction(() => !document.documentElement.hasAttribute('data-idle'));
    await waitForIdle(page);
    await page.keyboard.press('Control+3');
    await page.getByRole('grid', { name: 'Rank correlations' }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await opened?.close();
  });

  const paper = () => page.getByRole('listbox', { name: /^Probability plot/ });
  const boxes = () => page.getByRole('listbox', { name: /devices in \d+ groups/ });
  const scatter = () => page.getByRole('listbox', { name: /against/ });
  const side = () => page.getByRole('complementary', { name: 'Summary' });
  const table = () => page.getByRole('table', { name: 'Statistics between devices' });
  const chosen = (list: Locator) => list.locator('[role="option"][aria-selected="true"]');
  const cell = async (label: RegExp) =>
    (await table().getByRole('row', { name: label }).getByRole('cell').first().innerText()).trim();

  it('shows the diode sweeps: four panels, a column a leg, no text cut off, no violation', async () => {
    expect(await page.getByLabel('Curves of').locator('option:checked').innerText()).toMatch(/^Diode sweeps/);
    expect(await page.getByLabel('Quantity').locator('option:checked').innerText()).toMatch(/^V on tangent/);
    expect(await page.getByLabel('Groups', { exact: true }).inputValue()).toBe('row');
    await page.getByRole('heading', { name: 'Cumulative probability, %' }).waitFor();
    expect(await boxes().count()).toBe(1);
    expect(await scatter().count()).toBe(1);
    expect(Number(await cell(/^devices/))).toBeGreaterThanOrEqual(28);
    // the array was made with a turn-on voltage near 3.8 V
    expect(Number(await cell(/^median/))).toBeCloseTo(3.8, 1);
    expect(await findClipped(page)).toEqual([]);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('lays a brush over the scatter: the devices are ringed in every panel, drawn as curves and put in words', async () => {
    const area = (await scatter().boundingBox())!;
    await page.mouse.move(area.x + area.width * 0.6, area.y + area.height * 0.06);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width * 0.97, area.y + area.height * 0.35, { steps: 4 });
    await page.mouse.up();
    const chip = page.getByText(/^\d+ devices selected/);
    const n = Number.parseInt(await chip.innerText(), 10);
    expect(n).toBeGreaterThan(1);
    const ids = await chosen(scatter()).evaluateAll((all) =>
      all.map((one) => one.getAttribute('data-device')),
    );
    expect(ids).toHaveLength(n);
    const ringed = await chosen(boxes()).evaluateAll((all) =>
      all.map((one) => one.getAttribute('data-device')),
    );
    expect(new Set(ringed)).toEqual(new Set(ids));
    // both legs of each
    expect(await chosen(paper()).count()).toBeGreaterThanOrEqual(n);
    for (const id of ids.slice(0, 6))
      expect(await page.getByRole('img', { name: /over \d+ devices/ }).getAttribute('aria-label')).toContain(
        id,
      );
    await side()
      .getByText(/^The selected \w+ lie in /)
      .waitFor();
    await page.getByRole('button', { name: 'Clear selection' }).click();
    expect(await chosen(boxes()).count()).toBe(0);
  });

  it('walks points by keys, adds with Shift, opens the curve with Enter and comes back', async () => {
    await boxes().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.getByText('1 device selected').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+Space');
    await page.getByText('2 devices selected').waitFor();
    const first = await chosen(boxes()).first().getAttribute('data-device');
    await page.keyboard.press('Enter');
    await page.getByRole('tree', { name: 'Curves' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(first);
    await page.keyboard.press('Control+3');
    await page.getByText('2 devices selected').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByText(/selected$/).count()).toBe(0);
  });

  it('picks the scatter from the triangle, by keys too', async () => {
    const grid = page.getByRole('grid', { name: 'Rank correlations' });
    const cells = grid.getByRole('gridcell');
    await cells.nth(1).click();
    expect(await cells.nth(1).getAttribute('aria-selected')).toBe('true');
    expect(await scatter().getAttribute('aria-label')).toMatch(
      /^seriesResistance forward against turnOnVoltage forward/,
    );
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => scatter().getAttribute('aria-label'))
      .toMatch(/^seriesResistance forward against turnOnVoltage reverse/);
    expect(await cells.nth(2).getAttribute('title')).toMatch(/^ρ .*, p .*, n \d+$/);
  });

  it('proposes outliers, marks one in one step, and takes it back', async () => {
    const before = Number(await cell(/^devices/));
    const far = side().getByRole('region', { name: 'Far from the others' });
    await far.getByRole('button', { name: 'Mark LEC-8_crossing as outlier' }).click();
    await expect.poll(() => cell(/^devices/)).toBe(String(before - 1));
    const out = side().getByRole('region', { name: 'Left out' });
    await out.getByRole('button', { name: 'Include LEC-8_crossing' }).waitFor();
    expect(await page.getByRole('contentinfo').innerText()).toContain('LEC-8_crossing marked as outlier');
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(/^devices/)).toBe(String(before));
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => cell(/^devices/)).toBe(String(before - 1));
    await out.getByRole('button', { name: 'Include LEC-8_crossing' }).click();
    await expect.poll(() => cell(/^devices/)).toBe(String(before));
  });

  it('marks with X and D what is chosen, in the table of the batch too', async () => {
    await page.locator('[role="option"][data-device="A2"]').first().click();
    await page.keyboard.press('x');
    await side().getByRole('button', { name: 'Include A2' }).waitFor();
    await page.keyboard.press('Control+2');
    await page.getByRole('button', { name: /outlier 1/ }).waitFor();
    await page.keyboard.press('Control+3');
    await page.keyboard.press('d');
    await side().getByText('1 dead pixel').waitFor();
    await page.keyboard.press('d');
    await expect.poll(() => side().getByText('1 dead pixel').count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('chooses rows with Ctrl for every view, groups them and shows other columns', async () => {
    await page.keyboard.press('Control+2');
    const results = page.getByRole('table', { name: 'Results' });
    const row = (name: string) => results.getByRole('row', { name: new RegExp(`\\b${name}\\b`) }).first();
    await row('B1').click();
    await row('B4').click({ modifiers: ['Control'] });
    await row('C2').click({ modifiers: ['Control'] });
    await page.getByLabel('Group rows').selectOption('row');
    await results.getByText('row D').waitFor();
    expect(await page.getByRole('columnheader', { name: /HI/ }).count()).toBe(1);
    await page.getByText('Columns', { exact: true }).click();
    await page.getByRole('checkbox', { name: /^HI →/ }).uncheck();
    await expect.poll(() => page.getByRole('columnheader', { name: /HI/ }).count()).toBe(0);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'What suits the curves' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+3');
    await page.getByText('3 devices selected').waitFor();
    expect(await chosen(boxes()).count()).toBe(3);
    await page.keyboard.press('Escape');
  });

  it('gives the statistics to the clipboard in full precision', async () => {
    await side().getByRole('button', { name: 'Copy table' }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const [head, devices] = text.split('\n').map((line) => line.split('\t'));
    expect(head).toEqual(['Turn-on voltage (tangent)', 'unit', 'forward', 'reverse']);
    expect(devices![2]).toBe(await cell(/^devices/));
    await page.getByRole('button', { name: 'Copy correlations' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Spearman rho\tp\tn');
  });

  it('keeps cycles apart from devices where the memory loops have them', async () => {
    await page.getByLabel('Curves of').selectOption({ index: 1 });
    expect(await page.getByLabel('Curves of').locator('option:checked').innerText()).toMatch(/^Memory loops/);
    await table()
      .getByRole('row', { name: /^sd cycle to cycle/ })
      .waitFor();
    expect(Number(await cell(/^sd cycle to cycle/))).toBeGreaterThan(0);
    expect(Number(await cell(/^sd device to device/))).toBeGreaterThan(0);
    await page.getByLabel('Distribution', { exact: true }).selectOption('weibull');
    await page.getByText(/^Weibull β/).waitFor();
    expect(await findClipped(page)).toEqual([]);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('counts bounds of the pulses as censored and gives no mean over them', async () => {
    const option = page.getByLabel('Curves of').locator('option', { hasText: 'Pulses and traces' });
    await page.getByLabel('Curves of').selectOption((await option.getAttribute('value'))!);
    expect(await cell(/^devices/)).toMatch(/^\d+ \+ 1 bound$/);
    expect(await cell(/^mean/)).toBe('bounds');
    await page.getByText(/1 censored/).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('makes the figure of a panel with its quantity', async () => {
    await page.getByLabel('Curves of').selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Make figure: box and points' }).click();
    await page.getByRole('heading', { level: 1, name: 'Box and points by group' }).waitFor();
    await page.getByText(/\d+\.\d × \d+\.\d mm/).waitFor();
    await page.keyboard.press('Control+3');
  });

  it('keeps its choices over a reload, also in the dark theme and at 1440 x 900', async () => {
    await page.getByLabel('Groups', { exact: true }).selectOption('column');
    await waitForIdle(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.reload();
    await waitForIdle(page);
    await page.getByRole('grid', { name: 'Rank correlations' }).waitFor();
    expect(await page.getByLabel('Groups', { exact: true }).inputValue()).toBe('column');
    await page.getByRole('button', { name: 'Light or dark' }).click();
    expect(await findClipped(page)).toEqual([]);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('broke no policy, threw nothing and asked no other host', () => {
    expect(opened.watch.faults).toEqual([]);
    expect(opened.watch.foreign).toEqual([]);
  });
});
