import type { Page } from '@playwright/test';
import { composeFiles } from './support/compose.ts';
import { atRest, findings } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';
import { looks } from './support/looks.ts';

test.use({ viewport: { width: 1280, height: 720 } });

/**
 * Notes what does not hold in a state of the window, and goes on: axe in both themes, and what the eye would see, such as
 * a shadow, an odd radius, a cut or raw word, a missing glyph, small text or a fourth figure. A state that shows a
 * picture in small, or quotes a file or a version, says so: its words and figures are not the interface's own.
 */
function auditor(page: Page) {
  return (state: string, { quotes = false } = {}) => test.step(state, async () => {
    await atRest(page);
    if (!quotes) expect.soft(await looks(page), state).toEqual([]);
    expect.soft(await findings(page), state).toEqual([]);
  });
}

test('typing, finding, menus and what lies on the paper: nothing is wrong for eye or ear', async ({ page, dialogs }) => {
  test.slow();
  const editor = new EditorDriver(page, dialogs);
  const audit = auditor(page);
  await editor.openExample();
  await editor.press('a');
  const field = page.getByRole('combobox', { name: 'Draw a path' });
  await field.fill('people with clips > api x3 > redis, warehouse worker > postgres');
  await audit('typed path');
  await field.press('ArrowDown');
  await expect(page.getByRole('listbox')).toBeVisible();
  await audit('typed path, choosing a meaning');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await editor.press('Mod+F');
  await page.keyboard.type('a');
  await expect(page.locator('[data-found]').first()).toBeVisible();
  await audit('find');
  await page.keyboard.press('Escape');
  await editor.press('Mod+U');
  await expect(page.getByRole('tree', { name: /outline/i })).toBeVisible();
  await audit('outline');
  await editor.select('Video API');
  await editor.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await audit('context menu');
  await page.keyboard.press('Escape');
  await editor.press('Mod+G');
  await page.keyboard.type('Zone a');
  await page.keyboard.press('Enter');
  await expect(editor.inspector.getByRole('combobox', { name: 'Kind of boundary' })).toBeVisible();
  await audit('inspector of a boundary');
  await editor.command('Add note');
  await page.keyboard.type('**Plan**');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(editor.inspector.getByRole('textbox', { name: 'Note' })).toBeVisible();
  await audit('inspector of a note');
  await editor.press('Mod+A');
  await audit('everything selected');
  await editor.turnToNextBreak();
  await editor.show('Findings');
  await editor.evaluated();
  await editor.findings.getByRole('button', { name: 'Fix all' }).click();
  await expect(editor.previewBar).toBeVisible();
  await audit('all fixes, to be looked at');
});

test('panels and dialogs: nothing is wrong for eye or ear', async ({ page, dialogs }, testInfo) => {
  test.slow();
  const editor = new EditorDriver(page, dialogs);
  const audit = auditor(page);
  await audit('start screen');
  const files = await composeFiles(testInfo);
  await dialogs.choose(files, () => page.getByRole('button', { name: /^Import a file/ }).click());
  await expect(page.getByRole('dialog', { name: /^Import docker-compose/ }).getByRole('table')).toBeVisible();
  await audit('import', { quotes: true });
  await page.keyboard.type('redis');
  await expect(page.getByRole('listbox')).toBeVisible();
  await audit('import, choosing a part', { quotes: true });
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
  await editor.openFinding('Transcoders', false);
  await editor.preview('Transcoders');
  await audit('a preview');
  await editor.cancelPreview();
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
  await audit('about', { quotes: true });
  await page.keyboard.press('Escape');
  await editor.press('Alt+1');
  await audit('whiteboard');
  await editor.select('Video API');
  await editor.deleteSelection();
  await editor.press('Mod+W');
  await expect(page.getByRole('dialog', { name: /^Save the changes/ })).toBeVisible();
  await audit('save the changes?');
});
