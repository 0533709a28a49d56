import type { Page } from '@playwright/test';
import { findings } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

/** Names of the selected components, sorted. */
function selected(page: Page): Promise<readonly string[]> {
  return page.locator('[aria-roledescription="component"][data-selected]').evaluateAll((all) =>
    all.map((one) => (document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent ?? '').split(',')[0] ?? '').sort(),
  );
}

const standsOn = (page: Page, ...names: readonly string[]) => expect.poll(() => selected(page)).toEqual(names);

/** Client, Service and Redis in a row; Client calls Service. */
async function three(editor: EditorDriver): Promise<EditorDriver> {
  await editor.draw();
  await editor.drop('Client', { x: 130, y: 160 });
  await editor.drop('Service', { x: 400, y: 160 });
  await editor.drop('Redis', { x: 670, y: 160 });
  await editor.connect('Client', 'Service');
  return editor.selectNothing();
}

test('arrows walk, extend and nudge', async ({ page, dialogs }) => {
  const editor = await three(new EditorDriver(page, dialogs));
  await test.step('walk', async () => {
    await editor.select('Client');
    await editor.press('ArrowRight');
    await standsOn(page, 'Service');
    await expect(editor.canvas).toHaveAttribute('aria-activedescendant', /^component-/);
    await editor.press('ArrowRight');
    await standsOn(page, 'Redis');
    await editor.press('ArrowRight');
    await standsOn(page, 'Redis');
  });
  await test.step('a connection, its far end, and back', async () => {
    await editor.select('Client');
    await editor.press('Mod+ArrowRight');
    await expect(page.locator('[aria-roledescription="connection"][data-selected]')).toHaveCount(1);
    await expect(page.locator('[aria-roledescription="connection"][data-focused] desc')).toHaveText(/^Client calls Service/);
    await editor.press('ArrowRight');
    await standsOn(page, 'Service');
    await editor.press('Mod+ArrowLeft');
    await editor.press('ArrowLeft');
    await standsOn(page, 'Client');
  });
  await test.step('extend', async () => {
    await editor.press('Shift+ArrowRight');
    await standsOn(page, 'Client', 'Service');
  });
  await test.step('nudge three times, undo once', async () => {
    await editor.select('Redis');
    const before = await editor.component('Redis').boundingBox();
    for (let times = 0; times < 3; times++) await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(async () => (await editor.component('Redis').boundingBox())?.y).toBe((before?.y ?? 0) + 24);
    await editor.undo();
    await expect.poll(() => editor.component('Redis').boundingBox()).toEqual(before);
    await expect(editor.components).toHaveCount(3);
  });
  await test.step('letters draw', async () => {
    await editor.canvas.focus();
    await page.keyboard.press('k');
    await expect(page.getByRole('combobox').and(page.locator(':focus'))).toHaveValue('k');
    await page.keyboard.press('Escape');
  });
});

test('connect by keyboard, refused and allowed', async ({ page, dialogs }) => {
  const editor = await three(new EditorDriver(page, dialogs));
  const bar = page.getByRole('region', { name: 'Connect by keyboard' });
  await editor.select('Service');
  await editor.press('Mod+Shift+K');
  await expect(bar).toContainText('Connect Service to which component?');
  await page.keyboard.press('ArrowLeft');
  await expect(bar).toContainText('A client starts requests');
  await page.keyboard.press('Enter');
  await expect(bar).toBeVisible();
  await page.keyboard.press('r');
  await expect(bar).toContainText('Connect Service to Redis');
  await page.keyboard.press('Enter');
  await expect(bar).toHaveCount(0);
  await expect(editor.connections).toHaveCount(2);
  await editor.undo();
  await expect(editor.connections).toHaveCount(1);
  await editor.select('Redis');
  await editor.press('Mod+Shift+K');
  await expect(bar).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(editor.connections).toHaveCount(1);
});

test('the menu key opens what can be done, and the focus comes back', async ({ page, dialogs }) => {
  const editor = await three(new EditorDriver(page, dialogs));
  await editor.select('Redis');
  await editor.press('Shift+F10');
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: /^Connect from here/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(editor.canvas).toBeFocused();
  await editor.component('Service').click({ button: 'right' });
  await menu.getByRole('menuitem', { name: /^Delete/ }).click();
  await expect(editor.components).toHaveCount(2);
  await expect(editor.canvas).toBeFocused();
  await editor.press('Alt+Enter');
  await expect(editor.inspector.locator(':focus')).toHaveCount(1);
});

test('find and outline', async ({ page, dialogs, skin }) => {
  test.slow();
  // both skins show the same page, and what axe finds in it
  const audit = async (state: string): Promise<void> => void (skin === 'browser' && expect.soft(await findings(page), state).toEqual([]));
  const editor = await new EditorDriver(page, dialogs).openExample();
  const field = page.getByRole('combobox', { name: 'Find on canvas' });
  const tree = page.getByRole('tree', { name: 'Outline' });
  await test.step('find', async () => {
    await editor.press('/');
    await expect(field).toBeFocused();
    await page.keyboard.type('video');
    await expect(page.getByRole('option').first()).toBeVisible();
    await expect(page.locator('[data-found]').first()).toBeAttached();
    await audit('find');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
    await expect.poll(async () => (await selected(page)).length).toBe(1);
    const [first] = await selected(page);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Enter');
    await standsOn(page, first ?? '');
    await page.keyboard.press('Escape');
    await expect(field).toHaveCount(0);
    await expect(editor.canvas).toBeFocused();
    await expect(page.locator('[data-found]')).toHaveCount(0);
  });
  await test.step('nothing found', async () => {
    await editor.press('Mod+F');
    await page.keyboard.type('redsi');
    await expect(page.getByText('No part called "redsi".')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Did you mean Redis?' })).toBeVisible();
    await audit('nothing found');
    const before = await editor.components.count();
    await page.keyboard.press('Enter');
    await expect(editor.components).toHaveCount(before + 1);
    await expect(editor.component('redsi')).toBeVisible();
    await editor.undo();
  });
  await test.step('outline', async () => {
    await editor.press('Mod+U');
    await expect(tree).toBeFocused();
    await audit('outline');
    await page.keyboard.type('video');
    await page.keyboard.press('Enter');
    await standsOn(page, 'Video API');
    await editor.select('Transcoders');
    await expect(tree.getByRole('treeitem', { name: /^Transcoders/ })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('radio', { name: 'By journey' }).click();
    await expect(tree.getByRole('treeitem', { level: 1 }).first()).toHaveAttribute('aria-expanded', 'true');
    await audit('outline by journey');
    await page.getByRole('radio', { name: 'By boundary' }).click();
  });
  await test.step('edit from the outline', async () => {
    const before = await editor.components.count();
    await tree.focus();
    await page.keyboard.type('transc');
    await page.keyboard.press('F2');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Encoders');
    await page.keyboard.press('Enter');
    await expect(tree.getByRole('treeitem', { name: /^Encoders/ })).toBeVisible();
    await tree.focus();
    await page.keyboard.press('Delete');
    await expect(editor.components).toHaveCount(before - 1);
    await expect(tree).toBeFocused();
  });
});
