import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-spine-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

test('the engine answers from its worker under the strict policy', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 200, y: 200 });
  await editor.drop('Service', { x: 500, y: 200 });
  await editor.connect('Client', 'Service');
  await editor.setPeakRate('20');
  await editor.evaluated();
  expect(page.workers().map((worker) => new URL(worker.url()).origin)).toEqual([new URL(page.url()).origin]);
  expect((await editor.figures('Service')).metric).toBe('20 rps');
});

test('draw a system, load it until it breaks, save it, open it again: same result', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await test.step('draw by palette and mouse', async () => {
    await editor.drop('Client', { x: 110, y: 120 });
    await editor.drop('Load balancer', { x: 390, y: 120 });
    await editor.drop('Service', { x: 670, y: 120 });
    await editor.drop('Redis', { x: 390, y: 330 });
    await editor.addFromPalette('Relational database');
    await editor.connect('Client', 'Load balancer');
    await editor.connect('Load balancer', 'Service');
    await editor.connect('Service', 'Redis', 'bottom');
    await editor.connect('Service', 'Relational database', 'bottom');
  });

  await test.step('see rates and utilisation', async () => {
    await editor.setPeakRate('100');
    await editor.evaluated();
    const { components, connections } = await editor.shown();
    expect(components['Client']).toEqual({ metric: '100 rps', utilisation: '', step: 0 });
    for (const name of ['Service', 'Redis', 'Relational database']) expect(components[name]?.utilisation).toMatch(/^[\d.]+ %$/);
    expect(components['Service']?.metric).toBe('100 rps');
    expect(connections.join()).toContain('100 rps');
  });

  await test.step('a parameter changes what is shown, undo and redo give it back', async () => {
    await editor.select('Service');
    const before = await editor.figures('Service');
    await editor.setField('Instances', '6');
    await expect.poll(() => editor.figures('Service')).not.toEqual(before);
    const after = await editor.figures('Service');
    expect(parseFloat(after.utilisation)).toBeLessThan(parseFloat(before.utilisation) / 2);
    await editor.undo();
    await expect.poll(() => editor.figures('Service')).toEqual(before);
    await editor.redo();
    await expect.poll(() => editor.figures('Service')).toEqual(after);
  });

  await test.step('delete takes the connections along, one undo brings all back', async () => {
    await editor.select('Redis');
    await editor.deleteSelection();
    await expect(editor.components).toHaveCount(4);
    await expect(editor.connections).toHaveCount(3);
    await editor.undo();
    await expect(editor.components).toHaveCount(5);
    await expect(editor.connections).toHaveCount(4);
  });

  const atOne = await test.step('turn the dial until the first part saturates', async () => {
    await editor.evaluated();
    const drawn = await editor.shown();
    const saturated = await editor.turnUntilSaturated();
    expect(saturated).not.toEqual([]);
    await editor.turnBack();
    await expect.poll(() => editor.shown()).toEqual(drawn);
    await editor.turnToNextBreak();
    const first = /Breaks first at ([\d.]+)x (.+?)(?: \$|$)/.exec((await editor.shown()).summary);
    expect(saturated).toContain(first?.[2]);
    expect(await editor.multiple()).toBeCloseTo(Number(first?.[1]), 1);
    await editor.turnBack();
    await expect.poll(() => editor.shown()).toEqual(drawn);
    return drawn;
  });

  await test.step('save, close, open: the same figures', async () => {
    const file = path.join(folder, 'spine.plumb');
    const written = await editor.saveAs(file);
    expect(JSON.parse(written)).toMatchObject({ workload: { peak_rps: 100 } });
    await editor.close();
    await editor.open(file);
    await editor.evaluated();
    await expect.poll(() => editor.shown()).toEqual(atOne);
  });
});

test('both themes, without moving anything', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 200, y: 200 });
  const root = page.locator('html');
  const place = await editor.component('Client').boundingBox();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');
  const paper = () => editor.canvas.evaluate((element) => getComputedStyle(element).backgroundColor);
  const light = await paper();
  await editor.command('Use dark theme');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  expect(await paper()).not.toBe(light);
  expect(await editor.component('Client').boundingBox()).toEqual(place);
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'dark');
});

test('a modes switch hides all numbers and moves nothing', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 200, y: 200 });
  await editor.drop('Service', { x: 500, y: 200 });
  await editor.connect('Client', 'Service');
  await editor.setPeakRate('20');
  await editor.evaluated();
  const places = await Promise.all(['Client', 'Service'].map((name) => editor.component(name).boundingBox()));
  await page.getByRole('radio', { name: 'Whiteboard' }).first().click();
  await expect(editor.dial).toHaveCount(0);
  await expect(editor.component('Service')).not.toContainText('rps');
  expect(await Promise.all(['Client', 'Service'].map((name) => editor.component(name).boundingBox()))).toEqual(places);
});
