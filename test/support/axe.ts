import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRun {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** Violations of WCAG 2.2 AA on what is shown, as sentences; [] is the only good answer. */
export async function findAxeViolations(page: Page): Promise<string[]> {
  // evaluated through the debugger, so that the page's policy stays in force for the page itself
  await page.evaluate(source);
  const run = await page.evaluate(
    async () =>
      (await (globalThis as unknown as { axe: { run(options: object): Promise<unknown> } }).axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      })) as AxeRun,
  );
  return run.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, 160)}\n  ${failureSummary ?? ''}`,
    ),
  );
}
