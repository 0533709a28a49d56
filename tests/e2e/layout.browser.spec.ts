import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';
import { expectNotice, placesOnScreen } from './support/layout.ts';

test('tidies the drawing in a worker under the strict policy; one undo puts everything back', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 520, y: 120 });
  await editor.drop('Service', { x: 200, y: 330 });
  await editor.drop('Redis', { x: 640, y: 440 });
  await editor.connect('Client', 'Service');
  await editor.connect('Service', 'Redis', 'bottom');
  const before = await placesOnScreen(editor.components);

  await editor.press('Escape');
  await editor.press('Mod+L');
  await expectNotice(page, 'Layout of 3 components tidied.');
  const urls = page.workers().map((worker) => new URL(worker.url()));
  expect(urls.some((url) => url.pathname.includes('layout.worker'))).toBe(true);
  expect(new Set(urls.map((url) => url.origin))).toEqual(new Set([new URL(page.url()).origin]));
  const tidied = await placesOnScreen(editor.components);
  expect(tidied).not.toEqual(before);
  const [[clientX, clientY], [serviceX, serviceY], [redisX, redisY]] = ['Client', 'Service', 'Redis'].map((name) => tidied[name] ?? [0, 0]) as [[number, number], [number, number], [number, number]];
  expect([clientX < serviceX, serviceX < redisX]).toEqual([true, true]);
  expect(new Set([clientY, serviceY, redisY]).size).toBe(1);

  await editor.undo();
  await expect.poll(() => placesOnScreen(editor.components)).toEqual(before);
  await editor.redo();
  await expect.poll(() => placesOnScreen(editor.components)).toEqual(tidied);
});

test('aligns what is selected, by keys; a pinned component stays and is what the others go by', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 200, y: 120 });
  await editor.drop('Service', { x: 360, y: 330 });
  await editor.select('Service');
  await editor.press('Mod+K');
  await page.keyboard.type('pin in place');
  await page.keyboard.press('Enter');
  await expectNotice(page, 'Service: pinned.');
  const before = await placesOnScreen(editor.components);
  await editor.press('Mod+A');
  await editor.press('Mod+Shift+ArrowLeft');
  await expect.poll(async () => (await placesOnScreen(editor.components))['Client']?.[0]).toBe(before['Service']?.[0]);
  expect((await placesOnScreen(editor.components))['Service']).toEqual(before['Service']);
});
