import { composeFiles } from './support/compose.ts';
import { findings } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.beforeEach(({ page }) => page.emulateMedia({ colorScheme: theme }));

    test('panels and dialogs: axe finds nothing', async ({ page, dialogs }, testInfo) => {
      test.slow();
      const editor = new EditorDriver(page, dialogs);
      const audit = (state: string) => test.step(state, async () => expect.soft(await findings(page), state).toEqual([]));
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await audit('start screen');
      const files = await composeFiles(testInfo);
      await dialogs.choose(files, () => page.getByRole('button', { name: /^Import a file/ }).click());
      await expect(page.getByRole('dialog', { name: /^Import docker-compose/ }).getByRole('table')).toBeVisible();
      await audit('import');
      await page.keyboard.type('redis');
      await expect(page.getByRole('listbox')).toBeVisible();
      await audit('import, choosing a part');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
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
      await editor.findings.getByRole('combobox', { name: 'Group by' }).click();
      await expect(page.getByRole('listbox')).toBeVisible();
      await audit('an open list');
      await page.keyboard.press('Escape');
      await editor.openFinding('Transcoders');
      await audit('an open finding');
      await editor.show('Scores');
      await editor.explain('Availability', 4);
      await audit('scores and how they come about');
      for (const tab of ['Journeys', 'Breaking order', 'Cost'] as const) {
        await editor.show(tab);
        await audit(tab);
      }
      await editor.press('Mod+K');
      await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
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
