import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Guards that Base UI puts around a dialog to send the focus round: hidden from the ear, never to rest on. */
const FOCUS_GUARDS = '[data-base-ui-focus-guard]';

/** The auditor's own code. Evaluated by the driver, which the page's policy does not concern. */
async function load(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return;
  await page.evaluate(await axeSource);
}

/** What axe-core finds wrong in the window as it stands, one line each. */
export async function findings(page: Page): Promise<readonly string[]> {
  await load(page);
  await page.waitForTimeout(250);
  const { violations } = await page.evaluate(
    (guards) => {
      const axe = Reflect.get(globalThis, 'axe') as { run(context: object, options: RunOptions): Promise<AxeResults> };
      return axe.run({ exclude: [[guards]] }, { resultTypes: ['violations'] });
    },
    FOCUS_GUARDS,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${(failureSummary ?? '').replace(/\s+/g, ' ')}`));
}
