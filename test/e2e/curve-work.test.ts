import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { findTestBrowser, type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';

describe.skipIf(findTestBrowser() === null)('work on a curve by hand, at 1366 x 768', () => {
  let opened: OpenPage;
  let page: Page;
  const row = (name: RegExp) => page.getByRole('treeitem', { name });

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

  it('shows the raw lines of a cut file, uses its whole rows, and takes that back', async () => {
    await row(/C6\.csv/)
      .getByText('C6.csv')
      .click();
    const raw = page.getByRole('region', { name: 'Raw lines' });
    await raw.locator('.at').waitFor();
    await raw.getByRole('button', { name: /^Use \d+ rows$/ }).click();
    await expect.poll(() => row(/\bC6\b(?!\.)/).count()).toBe(1);
    await waitForIdle(page);
    await page.keyboard.press('Control+z');
    await expect.poll(() => row(/C6\.csv/).count()).toBe(1);
    expect(await row(/\bC6\b(?!\.)/).count()).toBe(0);
  });

  it('locks a parameter, says so in its quantity, and frees it by undo', async () => {
    await row(/\bA3\b/)
      .first()
      .click();
    await page.getByRole('tab', { name: 'Fit', exact: true }).click();
    await waitForIdle(page);
    const lock = page.getByRole('button', { name: 'Lock R s' });
    await lock.click();
    await expect.poll(() => lock.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => page.getByText(/was held by hand/).count()).toBeGreaterThan(0);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => lock.getAttribute('aria-pressed')).toBe('false');
  });

  it('fits a formula of one’s own and marks the character where one is wrong', async () => {
    await page.getByRole('button', { name: 'Formula…' }).click();
    const field = page.getByLabel('Formula of x');
    await field.fill('a*x+b)');
    await page.getByRole('alert').locator('mark').waitFor();
    await field.fill('a*x+b');
    await page.getByRole('button', { name: 'Fit formula' }).click();
    await waitForIdle(page);
    const section = page.getByRole('region', { name: 'Formula' });
    await expect.poll(() => section.getByRole('table', { name: 'Parameters of the fit' }).count()).toBe(1);
    expect(await findAxeViolations(page)).toEqual([]);
    expect(opened.watch.faults).toEqual([]);
  });
});
