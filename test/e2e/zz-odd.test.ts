import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenPage, openWorkbench, waitForIdle } from '../support/browser.ts';

const SHOTS = '/tmp/shots';
let opened: OpenPage;
beforeAll(async () => {
  opened = await openWorkbench();
});
afterAll(() => opened?.close());

it('odd files', { timeout: 120_000 }, async () => {
  const { page } = opened;
  for (let k = 0; k < 4; k++) {
    const waiting = page.waitForEvent('filechooser', { timeout: 3000 }).catch(() => null);
    await page.keyboard.press('Control+o');
    const chooser = await waiting;
    if (chooser) {
      await chooser.setFiles('/tmp/odd4');
      break;
    }
  }
  await page.waitForTimeout(5000);
  await page.screenshot({ path: `${SHOTS}/odd-1.png` });
  const pattern = page.getByLabel(/pattern/i).first();
  if (await pattern.count()) {
    await pattern.fill('{date}_{batch}_d{device}_p{pixel}');
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${SHOTS}/odd-2.png` });
  }
  const body = await page.locator('body').innerText();
  console.log(body.slice(0, 3000));
  for (let k = 0; k < 3; k++) {
    const use = page.getByRole('button', { name: /^Use / });
    if (!(await use.count())) break;
    await use.first().click();
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `${SHOTS}/odd-${3 + k}.png` });
  }
  await waitForIdle(page);
  await page.screenshot({ path: `${SHOTS}/odd-9.png` });
  expect(opened.watch.faults).toEqual([]);
});
