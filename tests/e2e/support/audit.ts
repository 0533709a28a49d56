import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Guards that Base UI puts around a dialog to send the focus round: hidden from the ear, never to rest on. */
const FOCUS_GUARDS = '[data-base-ui-focus-guard]';

/** Rules of axe that a theme decides. */
const COLOURS = ['color-contrast', 'link-in-text-block'] as const;

/** The auditor's own code. Evaluated by the driver, which the page's policy does not concern. */
async function load(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return;
  await page.evaluate(await axeSource);
}

/** Wait until the window is drawn as it now is and nothing fades or moves any more. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await frame();
    // one that is taken back counts as ended
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
}

/** What axe-core finds wrong in the window as it stands, one line each. `colours` runs only the rules that a theme decides. */
async function audit(page: Page, colours: boolean): Promise<readonly string[]> {
  await atRest(page);
  const { violations } = await page.evaluate(
    ([guards, values]) => {
      const axe = Reflect.get(globalThis, 'axe') as { run(context: object, options: RunOptions): Promise<AxeResults> };
      return axe.run({ exclude: [[guards]] }, { resultTypes: ['violations'], ...(values === null ? {} : { runOnly: { type: 'rule', values: [...values] } }) });
    },
    [FOCUS_GUARDS, colours ? COLOURS : null] as const,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${(failureSummary ?? '').replace(/\s+/g, ' ')}`));
}

const themeOf = (page: Page): Promise<string | null> => page.locator('html').getAttribute('data-theme');

/**
 * What axe-core finds wrong in the window as it stands, one line each: everything in the light theme, and what colours
 * decide in the dark one as well, where the window follows the system. It stands in light again afterwards.
 */
export async function findings(page: Page): Promise<readonly string[]> {
  await load(page);
  const found = await audit(page, false);
  const theme = await themeOf(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await atRest(page);
  const dark = (await themeOf(page)) === theme ? [] : await audit(page, true);
  await page.emulateMedia({ colorScheme: 'light' });
  await atRest(page);
  return [...found, ...dark.map((line) => `dark: ${line}`)];
}
