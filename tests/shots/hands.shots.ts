import { composeFiles } from '../e2e/support/compose.ts';
import { EdgeHands } from '../e2e/support/edge-hands.ts';
import { test } from '../e2e/support/fixtures.ts';
import { smallDrawing, zonedDrawing } from './drawings.ts';
import { openDrawing, photograph } from './shooting.ts';

photograph('typing, commands, finding, outline, menus', async (editor, { shootAsIs }, page) => {
  await openDrawing(editor, smallDrawing());
  await editor.evaluated();
  await editor.press('a');
  await page.getByRole('combobox', { name: 'Draw a path' }).fill('checkout: browser > load balancer > api x3 z2 > redis, warehouse worker > postgres');
  await shootAsIs('hands-quick-add');
  await page.keyboard.press('Escape');
  await editor.press('Mod+K');
  await page.keyboard.type('align');
  await shootAsIs('hands-palette');
  await page.keyboard.press('Escape');
  await editor.press('Mod+F');
  await page.keyboard.type('a');
  await shootAsIs('hands-find');
  await page.keyboard.press('Escape');
  await editor.press('Mod+U');
  await shootAsIs('hands-outline');
  await editor.select('Shop API');
  await editor.press('Shift+F10');
  await shootAsIs('hands-context-menu');
});

photograph('boundaries, guides, the hands of a connection', async (editor, { shoot, shootAsIs }, page) => {
  await openDrawing(editor, zonedDrawing());
  await editor.evaluated();
  await shoot('zones-evaluate');
  await editor.turnToNextBreak();
  await shoot('zones-saturated');
  await editor.turnBack();
  await editor.selectConnection('connection-api>db');
  await new EdgeHands(page).piece('horizontal');
  await shootAsIs('zones-connection-hands');
  await editor.selectNothing();
  await page.getByRole('group', { name: /^Zone a, / }).locator('[class*="_header_"]').first().click();
  await shoot('zones-boundary');
  await page.locator('[aria-roledescription="note"]').click();
  await shoot('zones-note');
  const box = await editor.component('Audit API').boundingBox();
  if (box === null) throw new Error('The component is not on screen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 4, y);
  await page.mouse.move(x + 8, y - 20, { steps: 6 });
  await shootAsIs('zones-guides');
  await page.mouse.up();
});

photograph('an import and what came of it', async (editor, { shoot, shootAsIs }, page, dialogs) => {
  const files = await composeFiles(test.info());
  await dialogs.choose(files, () => page.getByRole('button', { name: /^Import a file/ }).click());
  await page.getByRole('dialog').getByRole('table').waitFor();
  await shootAsIs('import');
  await page.keyboard.press('ControlOrMeta+Enter');
  await editor.canvas.waitFor();
  await editor.evaluated();
  await shoot('import-result');
});
