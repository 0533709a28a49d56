import type { Page } from '@playwright/test';
import { findings } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

function paletteOf(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Commands' });
  const field = dialog.getByRole('combobox', { name: 'Commands' });
  const lines = dialog.getByRole('option');
  return { dialog, field, lines, chosen: dialog.getByRole('option', { selected: true }) };
}

test('find a command by typing, run it with Enter, and be back where one was', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { dialog, field, lines, chosen } = paletteOf(page);
  await editor.press('Mod+K');
  await expect(field).toBeFocused();
  await page.keyboard.type('night');
  await expect(chosen).toContainText(/theme/);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-theme', /^(dark|light)$/);
  await expect(editor.canvas).toBeFocused();

  await test.step('what was used goes first', async () => {
    await editor.press('Mod+K');
    await expect(dialog.getByRole('group', { name: 'Recently used' }).getByRole('option')).toHaveCount(1);
    await expect(lines.first()).toContainText(/theme/);
  });

  await test.step('what cannot run stays listed and says why', async () => {
    await page.keyboard.type('undo');
    await expect(chosen).toContainText('Nothing to undo.');
    await expect(chosen).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(editor.canvas).toBeFocused();
  });
});

test('go to a component, to another drawing, to an example', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { dialog, field, lines, chosen } = paletteOf(page);
  const find = async (words: string): Promise<void> => {
    await editor.press('Mod+K');
    await field.fill(words);
  };
  await find('transc');
  await expect(chosen).toContainText('Go to Transcoders');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(editor.inspector.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Transcoders');
  const [paper, part] = await Promise.all([editor.canvas.boundingBox(), editor.component('Transcoders').boundingBox()]);
  await expect.poll(async () => Math.abs(((await editor.component('Transcoders').boundingBox())?.x ?? 0) + (part?.width ?? 0) / 2 - (paper?.x ?? 0) - (paper?.width ?? 0) / 2)).toBeLessThan(40);

  await editor.rename('Encoders');
  await find('open example monolith');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(chosen).toContainText(/^Open example: Monolith/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Open documents' })).toBeVisible();
  await find('switch background');
  await expect(lines.first()).toContainText('Switch to Background video pipeline');
  await lines.first().click();
  await expect(page.getByRole('button', { name: 'Background video pipeline', exact: false }).and(page.locator('[aria-current]'))).toBeVisible();

  await find('no such words');
  await expect(dialog).toContainText('Nothing is called "no such words".');
});

test('axe finds nothing in the palette', async ({ page, dialogs }) => {
  await new EditorDriver(page, dialogs).openExample();
  const { dialog, field, chosen } = paletteOf(page);
  await page.getByRole('button', { name: 'Commands' }).click();
  await expect(dialog).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await field.fill('undo');
  await expect(chosen).toContainText('Nothing to undo.');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Commands' })).toBeFocused();
});
