import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Guards that Base UI puts around a dialog to send the focus round: hidden from the ear, never to rest on. */
const FOCUS_GUARDS = '[data-base-ui-focus-guard]';

/** The auditor's own code. Evaluated by the driver, which the page's policy does not concern. */
async function load(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return;
  await page.evaluate(await axeSource);
}

/** What axe-core finds wrong in the window as it stands, one line each. */
async function findings(page: Page): Promise<readonly string[]> {
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

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.beforeEach(({ page }) => page.emulateMedia({ colorScheme: theme }));

    test('panels and dialogs: axe finds nothing', async ({ page, dialogs }) => {
      test.slow();
      const editor = new EditorDriver(page, dialogs);
      const audit = (state: string) => test.step(state, async () => expect.soft(await findings(page), state).toEqual([]));
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await audit('start screen');
      await editor.openExample();
      await editor.selectNothing();
      await audit('inspector of the design');
      await editor.select('Video API');
      await audit('inspector of a component');
      await editor.selectConnection('connection-workers-files');
      await audit('inspector of a connection');
      await editor.turnToNextBreak();
      await editor.show('Findings');
      await editor.evaluated();
      await audit('findings, something saturated');
      await editor.openFinding('Transcoders');
      await audit('an open finding');
      await editor.show('Scores');
      await audit('scores');
      for (const tab of ['Journeys', 'Breaking order', 'Cost'] as const) {
        await editor.show(tab);
        await audit(tab);
      }
      await editor.press('Mod+K');
      await expect(page.getByRole('menu')).toBeVisible();
      await audit('commands');
      await page.keyboard.press('Escape');
      await editor.press('?');
      await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
      await audit('shortcuts');
      await page.keyboard.press('Escape');
      await editor.command('About Plumbline');
      await audit('about');
      await page.keyboard.press('Escape');
      await editor.press('Alt+1');
      await audit('whiteboard');
      await editor.select('Video API');
      await editor.deleteSelection();
      await editor.press('Mod+W');
      await expect(page.getByRole('dialog', { name: /^Save the changes/ })).toBeVisible();
      await audit('save the changes?');
    });
  });
}
