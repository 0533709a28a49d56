import type { Locator, Page } from '@playwright/test';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('The element is not on screen');
  return box;
}

/** Way of the pointer after which a press is a drag, px. */
const START = 4;

/** Take something by its middle and bring it a way, without letting go. */
async function hold(page: Page, thing: Locator, by: { readonly x: number; readonly y: number }): Promise<void> {
  const { x, y, width, height } = await boxOf(thing);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  // a drag begins where the pointer has gone a few px; from there on the thing follows
  await page.mouse.move(x + width / 2 + START, y + height / 2);
  await page.mouse.move(x + width / 2 + START + by.x, y + height / 2 + by.y, { steps: 6 });
}

test('a dragged component aligns with others, and equal gaps show their figure', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 120, y: 160 });
  await editor.drop('Service', { x: 392, y: 160 });
  await editor.drop('Redis', { x: 600, y: 420 });
  const [client, service, redis] = [editor.component('Client'), editor.component('Service'), editor.component('Redis')];
  const row = await boxOf(service);
  const gap = row.x - ((await boxOf(client)).x + row.width);
  const from = await boxOf(redis);
  await hold(page, redis, { x: row.x + row.width + gap - from.x + 4, y: row.y - from.y - 3 });
  const guides = page.locator('svg[data-guides]');
  await expect(guides).toHaveAttribute('data-guides', '1');
  await expect(guides.locator('text').filter({ hasText: String(Math.round(gap)) })).toHaveCount(2);
  await page.mouse.up();
  await expect(guides).toHaveCount(0);
  const there = await boxOf(redis);
  expect(there.y).toBeCloseTo(row.y, 0);
  expect(there.x).toBeCloseTo(row.x + row.width + gap, 0);
});

test('Escape lets go of what is dragged and of a connection that is drawn: nothing is changed', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 120, y: 160 });
  await editor.drop('Service', { x: 500, y: 160 });
  const service = editor.component('Service');
  const before = await boxOf(service);
  await hold(page, service, { x: 0, y: 160 });
  expect((await boxOf(service)).y - before.y).toBeCloseTo(160, 0);
  await page.keyboard.press('Escape');
  expect(await boxOf(service)).toEqual(before);
  await page.mouse.move(before.x, before.y + 300, { steps: 4 });
  await page.mouse.up();
  expect(await boxOf(service)).toEqual(before);

  await editor.component('Client').hover();
  const port = await boxOf(editor.component('Client').locator('[data-side="right"]'));
  await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2, { steps: 6 });
  await expect(service).toHaveAttribute('data-connect', 'possible');
  await page.keyboard.press('Escape');
  await expect(service).not.toHaveAttribute('data-connect', /.*/);
  await page.mouse.move(before.x + before.width / 2 + 8, before.y + before.height / 2);
  await page.mouse.up();
  await expect(editor.connections).toHaveCount(0);
  await editor.connect('Client', 'Service');
});

test('Ctrl at the press drags a copy, Shift keeps to one axis', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Service', { x: 300, y: 200 });
  const service = editor.component('Service');
  const before = await boxOf(service);
  const mac = await page.evaluate(() => navigator.platform.startsWith('Mac'));
  await page.keyboard.down(mac ? 'Alt' : 'Control');
  await hold(page, service, { x: 0, y: 160 });
  await page.mouse.up();
  await page.keyboard.up(mac ? 'Alt' : 'Control');
  await expect(editor.components).toHaveCount(2);
  await expect(editor.component('Service 2')).toHaveAttribute('data-selected', /.*/);
  expect(await boxOf(service)).toEqual(before);
  expect((await boxOf(editor.component('Service 2'))).y - before.y).toBeCloseTo(160, 0);
  await editor.undo();
  await expect(editor.components).toHaveCount(1);

  await hold(page, service, { x: 100, y: 0 });
  await page.keyboard.down('Shift');
  await page.mouse.move(before.x + before.width / 2 + 120, before.y + before.height / 2 + 48, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect.poll(async () => (await boxOf(service)).x - before.x).toBeGreaterThan(100);
  expect((await boxOf(service)).y).toBeCloseTo(before.y, 0);
});

test('the minimap comes with a drawing larger than the view, moves it, and can be hidden', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const map = page.getByRole('img', { name: /^Map of the drawing/ });
  await expect(map).toHaveCount(0);
  await editor.select('Transcoders');
  await editor.press('Shift+Digit2');
  await expect(async () => {
    await editor.press('Mod++');
    await expect(map).toBeVisible({ timeout: 500 });
  }).toPass();
  const view = map.locator('rect');
  const before = Number(await view.getAttribute('y'));
  await map.click({ position: { x: 80, y: 12 } });
  await expect.poll(async () => Number(await view.getAttribute('y'))).toBeLessThan(before - 1);
  await expect(page.getByRole('button', { name: /^1 below/ })).toBeVisible();
  await editor.command('Hide minimap');
  await expect(map).toHaveCount(0);
  await editor.command('Show minimap');
  await expect(map).toBeVisible();
});
