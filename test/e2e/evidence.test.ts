import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { findTestBrowser, type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';

describe.skipIf(findTestBrowser() === null)('what stands behind the numbers, at 1366 x 768', () => {
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    opened = await openWorkbench({ width: 1366, height: 768 });
    page = opened.page;
    await page.getByRole('button', { name: 'Open sample data' }).click();
    await page.getByRole('tree', { name: 'Curves' }).waitFor();
    await waitForIdle(page);
  });

  afterAll(async () => {
    await opened?.close();
  });

  const choose = async (name: RegExp) => {
    await page.getByRole('treeitem', { name }).first().click();
    await waitForIdle(page);
  };
  const fold = async (name: string) => {
    const section = page.getByRole('region', { name, exact: true });
    const button = section.getByRole('button', { name: new RegExp(`^${name}`) });
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
    return section;
  };
  const readValue = (symbol: string) =>
    page.evaluate((wanted) => {
      const rows = [...document.querySelectorAll('section[aria-label="Quantities"] tbody tr')];
      const row = rows.find((one) => one.children[1]?.textContent?.replaceAll(/\s/g, '') === wanted);
      return row ? [...row.querySelectorAll('td.num')].map((cell) => cell.textContent).join(' | ') : null;
    }, symbol);
  const setArea = async (text: string) => {
    await page.getByRole('button', { name: 'Edit conditions' }).click();
    const field = page.getByRole('textbox', { name: 'Active area' });
    await field.fill(text);
    await field.press('Enter');
  };

  it('a changed area recalculates what depends on it and fits no diode again', async () => {
    await choose(/\bA3\b/);
    const [resistance, product] = [await readValue('Rs'), await readValue('RsA')];
    await setArea('2mm2');
    await page.keyboard.press('Escape');
    await waitForIdle(page);
    const status = page.getByRole('contentinfo');
    await expect.poll(() => status.textContent()).toMatch(/\d of \d+ steps recalculated, no fit repeated/);
    expect(await readValue('Rs')).toBe(resistance);
    expect(await readValue('RsA')).not.toBe(product);
  });

  it('the batch recalculates only what a folder condition touches', async () => {
    await setArea('3mm2');
    await page.getByRole('button', { name: 'Refit what changed' }).click();
    await waitForIdle(page);
    await page.getByRole('tab', { name: 'Batch', exact: true }).click();
    await expect.poll(() => page.getByText(/\d+ of \d+ steps recalculated/).count()).toBeGreaterThan(0);
    const text =
      (await page
        .getByText(/\d+ of \d+ steps recalculated/)
        .first()
        .textContent()) ?? '';
    const [, ran, all] = /(\d+) of (\d+) steps recalculated/.exec(text)!;
    expect(Number(ran)).toBeLessThan(0.6 * Number(all));
    await page.getByRole('tab', { name: 'Curves', exact: true }).click();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await waitForIdle(page);
  });

  it('counts the masked points by cause, rings them and says what each is', async () => {
    await choose(/\bRRAM-1\b/);
    const limit = page.getByRole('button', { name: /^current limit \d+: show/ });
    expect(await limit.textContent()).toMatch(/current limit \d+/);
    await limit.click();
    expect(await limit.getAttribute('aria-pressed')).toBe('true');
    const rings = page.locator('.mask-layer .flash');
    expect(await rings.count()).toBeGreaterThan(50);
    const box = (await rings.first().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => page.locator('.mask-tip').textContent()).toMatch(/current limit.*V, .*A/);
    await limit.click();
    expect(await limit.getAttribute('aria-pressed')).toBe('false');
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('masks points by hand, takes them back with Alt, undoes, and keeps them over a reload', async () => {
    await choose(/\bA3\b/);
    const plot = (await page.locator('.zoom-layer').boundingBox())!;
    const drag = async (keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.down(key);
      await page.mouse.move(plot.x + 0.6 * plot.width, plot.y + 4);
      await page.mouse.down();
      await page.mouse.move(plot.x + 0.7 * plot.width, plot.y + 0.3 * plot.height, { steps: 4 });
      await page.mouse.up();
      for (const key of keys) await page.keyboard.up(key);
      await waitForIdle(page);
    };
    const masked = page.getByRole('button', { name: /^left out by you \d+: show/ });
    const before = await readValue('Rs');
    await page.keyboard.press('m');
    await drag([]);
    await expect.poll(() => masked.count()).toBe(1);
    const count = Number(/left out by you (\d+)/.exec((await masked.textContent()) ?? '')?.[1]);
    expect(count).toBeGreaterThan(10);
    expect(await readValue('Rs')).not.toBe(before);
    await drag(['Alt']);
    await expect.poll(() => masked.count()).toBe(0);
    expect(await readValue('Rs')).toBe(before);
    await page.keyboard.press('Control+z');
    await expect.poll(() => masked.count()).toBe(1);
    await waitForIdle(page);
    await page.reload();
    await waitForIdle(page);
    await expect.poll(() => masked.textContent()).toContain(`left out by you ${count}`);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run' }).fill('Take back all points');
    await page.keyboard.press('Enter');
    await expect.poll(() => masked.count()).toBe(0);
    await waitForIdle(page);
    await page.keyboard.press('Escape');
  });

  it('lists all definitions of a turn-on voltage with the one in force, which can be chosen', async () => {
    await choose(/\bA3\b/);
    const section = await fold('Definitions of turn-on voltage');
    expect(await section.getByRole('radio').count()).toBe(13);
    expect(
      await section.getByRole('radio', { name: 'Take turn-on voltage by tangent', exact: true }).isChecked(),
    ).toBe(true);
    const before = await readValue('Von');
    const listed = await section
      .getByRole('row', { name: /current 1mA/ })
      .locator('td.num .dec')
      .allTextContents();
    await section.getByRole('radio', { name: 'Take turn-on voltage by current 1mA' }).click();
    await waitForIdle(page);
    const chosen = section.getByRole('radio', { name: 'Take turn-on voltage by current 1mA' });
    await expect.poll(() => chosen.isChecked()).toBe(true);
    await expect.poll(() => readValue('Von')).toBe(listed.map((text) => `${text}\u202fV`).join(' | '));
    expect(await readValue('Von')).not.toBe(before);
    expect(await section.getByText(/Spread by definition/).count()).toBe(1);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => readValue('Von')).toBe(before);
    await waitForIdle(page);
  });

  it('draws the differential checks as small plots with R_s and n beside them', async () => {
    const section = await fold('Differential checks');
    const plots = section.getByRole('img', { name: /against/ });
    expect(await plots.count()).toBe(5);
    expect(await plots.first().locator('path.fit').count()).toBe(1);
    expect(await section.getByText(/methods differ by more than 20 %|agree within/).count()).toBeGreaterThan(
      0,
    );
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('shows SET and RESET, mechanisms, onsets and peaks by the same pattern, and cautions without a click', async () => {
    await choose(/\bRRAM-1\b/);
    const switching = await fold('Definitions of SET and RESET');
    expect(await switching.getByRole('radio').count()).toBe(16);
    expect(
      await page
        .locator('.plot-labels')
        .getByText(/SET 0\.825\(3\)/)
        .count(),
    ).toBeGreaterThan(0);
    await choose(/\bSCLC-1\b/);
    const ranked = await fold('Mechanisms, ranked');
    expect(await ranked.getByRole('row').count()).toBeGreaterThan(7);
    await page
      .getByText(/mobile ions put densities and mobilities/)
      .first()
      .waitFor();
    await choose(/\bTEL-1\b/);
    const onset = await fold('Onset options');
    await onset.getByRole('radio', { name: /onset by 10%/ }).click();
    await waitForIdle(page);
    await expect.poll(() => onset.getByRole('radio', { name: /onset by 10%/ }).isChecked()).toBe(true);
    await page.keyboard.press('Control+z');
    await waitForIdle(page);
    await choose(/LEC-1_5V_EL/);
    const peak = await fold('Peak options');
    expect(await peak.getByRole('rowheader').count()).toBeGreaterThan(5);
    expect(await findAxeViolations(page)).toEqual([]);
    await choose(/\bLEM-1\b/);
    for (const numeral of ['I', 'II', 'III', 'IV'])
      expect(await page.locator('.plot-labels tspan.b').getByText(numeral, { exact: true }).count()).toBe(2);
  });

  it('opens the reasons of a flagged number with what went in', async () => {
    await choose(/\bA3\b/);
    const why = page.getByRole('button', { name: /^Why is the .* flagged\?$/ }).first();
    const subject = /^Why is the (.*) flagged\?$/.exec((await why.getAttribute('aria-label')) ?? '')?.[1];
    await why.click();
    const dialog = page.getByRole('dialog', { name: `About the ${subject}` });
    await dialog
      .getByRole('heading', { name: /forward|reverse/ })
      .first()
      .waitFor();
    await dialog.getByRole('heading', { name: 'What went in' }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(opened.watch.faults).toEqual([]);
  });
});
