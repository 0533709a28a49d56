import type { Locator } from '@playwright/test';
import { EdgeHands } from './support/edge-hands.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

const name = (connection: Locator): Locator => connection.locator('desc');

test('an end of a connection goes to another component, or back where it was', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  const hands = new EdgeHands(page);
  await editor.drop('Client', { x: 140, y: 200 });
  await editor.drop('Service', { x: 480, y: 200 });
  await editor.drop('Redis', { x: 480, y: 400 });
  const id = await editor.connect('Client', 'Service');
  const edge = page.locator(`[id="${id}"]`);
  const route = await hands.route(id);

  await hands.dragEnd('to', editor.component('Redis'), () => expect(editor.component('Redis')).toHaveAttribute('data-connect', 'possible'));
  await expect(name(edge)).toHaveText(/^Client calls Redis/);
  await editor.undo();
  await expect.poll(() => hands.route(id)).toBe(route);

  await editor.selectConnection(id);
  await expect(name(edge)).toHaveText(/^Client calls Service/);
  await hands.dragEndBy('to', { x: 60, y: 110 });
  await expect.poll(() => hands.route(id)).toBe(route);

  const refusal = page.getByText('A component does not call itself over the network.');
  await hands.dragEnd('to', editor.component('Client'), () => expect(refusal).toBeVisible());
  await expect(refusal).toHaveCount(0);
  await expect.poll(() => hands.route(id)).toBe(route);
});

test('a pulled piece stays where it is until the route is reset', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  const hands = new EdgeHands(page);
  await editor.drop('Client', { x: 140, y: 160 });
  await editor.drop('Service', { x: 560, y: 160 });
  const id = await editor.connect('Client', 'Service');
  const free = await hands.route(id);

  await hands.pull('horizontal', 97);
  await expect.poll(() => hands.route(id)).not.toBe(free);
  const held = await hands.route(id);
  await editor.undo();
  await expect.poll(() => hands.route(id)).toBe(free);
  await editor.redo();
  await expect.poll(() => hands.route(id)).toBe(held);

  await editor.command('Reset route');
  await expect.poll(() => hands.route(id)).toBe(free);
  await editor.undo();
  await expect.poll(() => hands.route(id)).toBe(held);
  const at = await hands.piece('horizontal');
  await page.mouse.dblclick(at.x, at.y);
  await expect.poll(() => hands.route(id)).toBe(free);
});

test('a component dropped on a connection goes between its ends, in one step', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 140, y: 160 });
  await editor.drop('Service', { x: 800, y: 160 });
  await editor.connect('Client', 'Service');

  await test.step('from the palette', async () => {
    await editor.drop('Load balancer', { x: 470, y: 160 });
    await expect(editor.connections).toHaveCount(2);
    await editor.undo();
    await expect(editor.connections).toHaveCount(1);
    await expect(editor.components).toHaveCount(2);
  });

  await test.step('dragged there', async () => {
    await editor.drop('Load balancer', { x: 470, y: 360 });
    const loose = editor.component('Load balancer');
    const box = await loose.boundingBox();
    if (box === null) throw new Error('The component is not on screen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 200, { steps: 8 });
    await expect(page.getByText('Between Client and Service')).toBeVisible();
    await page.mouse.up();
    await expect(editor.connections).toHaveCount(2);
    await editor.undo();
    await expect(editor.connections).toHaveCount(1);
    await expect.poll(async () => Math.round((await loose.boundingBox())?.y ?? 0)).toBe(Math.round(box.y));
  });
});

test('a connection that ends on empty paper goes on in words', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 140, y: 160 });
  const client = editor.component('Client');
  await client.hover();
  const port = await client.locator('[data-side="right"]').boundingBox();
  if (port === null) throw new Error('The port is not on screen');
  await new EdgeHands(page).drag({ x: port.x + 10, y: port.y + 10 }, { x: port.x + 300, y: port.y + 160 });
  const field = page.getByRole('combobox', { name: 'Draw a path' });
  await expect(field).toBeFocused();
  await field.fill('service');
  await field.press('Enter');
  await expect(editor.component('Service')).toBeVisible();
  await expect(editor.connections).toHaveCount(1);
});
