import { BoundaryDriver } from './support/boundary-driver.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

test('group by key, carry a component in and out, undo in one step, ungroup', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  const paper = new BoundaryDriver(page);
  await editor.drop('Service', { x: 160, y: 140 });
  await editor.drop('Redis', { x: 160, y: 420 });
  await editor.select('Service');
  await editor.press('Mod+G');
  await paper.name('Zone a');
  await expect(paper.boundary('Zone a, 1 component')).toBeVisible();
  await editor.choose('Kind of boundary', 'Zone');
  const zone = paper.boundary('Zone a, 1 component');
  await expect(zone).toHaveAttribute('data-kind', 'zone');
  const before = await paper.boxOf(zone);
  const redis = await paper.boxOf(editor.component('Redis'));

  await test.step('in: the border and the pointer say so, and the zone grows to hold it', async () => {
    const edge = { x: before.x + before.width - 8, y: before.y + before.height / 2 + 16 };
    await paper.carry(editor.component('Redis'), edge);
    await expect(page.getByText('Into Zone a', { exact: true })).toBeVisible();
    await expect(zone).toHaveAttribute('data-into', /.*/);
    await paper.letGo();
    const both = paper.boundary('Zone a, 2 components');
    await expect(both).toBeVisible();
    await expect(page.getByText('Into Zone a', { exact: true })).toHaveCount(0);
    const [grown, inside] = [await paper.boxOf(both), await paper.boxOf(editor.component('Redis'))];
    expect(grown.x + grown.width).toBeGreaterThanOrEqual(inside.x + inside.width + 24);
    expect(grown.width % 8).toBeLessThan(0.5);
  });

  await test.step('one undo takes back the move, the growth and the belonging', async () => {
    await editor.undo();
    await expect(paper.boundary('Zone a, 1 component')).toBeVisible();
    await expect.poll(async () => (await paper.boxOf(zone)).width).toBeCloseTo(before.width, 0);
    expect((await paper.boxOf(editor.component('Redis'))).y).toBeCloseTo(redis.y, 0);
    await editor.redo();
    await expect(paper.boundary('Zone a, 2 components')).toBeVisible();
  });

  await test.step('out again: the zone stays as large as it is until it is shrunk', async () => {
    const large = await paper.boxOf(paper.boundary('Zone a, 2 components'));
    await paper.carry(editor.component('Redis'), { x: redis.x + redis.width / 2, y: redis.y + 80 });
    await expect(page.getByText('Out of Zone a', { exact: true })).toBeVisible();
    await paper.letGo();
    const left = paper.boundary('Zone a, 1 component');
    await expect(left).toBeVisible();
    expect((await paper.boxOf(left)).width).toBeCloseTo(large.width, 0);
    await left.locator('[class*="_header_"]').click();
    await editor.inspector.getByRole('button', { name: 'Shrink to fit' }).click();
    await expect.poll(async () => (await paper.boxOf(left)).width).toBeCloseTo(before.width, 0);
  });

  await test.step('a corner makes it larger; its header carries what is in it', async () => {
    const left = paper.boundary('Zone a, 1 component');
    await paper.carry(left.locator('[data-corner="bottom-right"]'), { x: before.x + before.width + 40, y: before.y + before.height + 40 });
    await paper.letGo();
    await expect.poll(async () => (await paper.boxOf(left)).width).toBeCloseTo(before.width + 40, 0);
    const service = await paper.boxOf(editor.component('Service'));
    const header = await paper.boxOf(left.locator('[class*="_header_"]'));
    await paper.carry(left.locator('[class*="_header_"]'), { x: header.x + header.width / 2 + 200, y: header.y + header.height / 2 + 16 });
    await paper.letGo();
    await expect.poll(async () => (await paper.boxOf(editor.component('Service'))).x - service.x).toBeGreaterThan(100);
    const [there, moved] = [await paper.boxOf(left.locator('[class*="_header_"]')), await paper.boxOf(editor.component('Service'))];
    expect(there.x - header.x).toBeCloseTo(moved.x - service.x, 0);
    expect(there.y - header.y).toBeCloseTo(moved.y - service.y, 0);
  });

  await test.step('ungroup: the contents stay and are selected', async () => {
    await paper.boundary('Zone a, 1 component').locator('[class*="_header_"]').click();
    await editor.press('Mod+Shift+G');
    await expect(paper.boundaries).toHaveCount(0);
    await expect(editor.component('Service')).toHaveAttribute('data-selected', /.*/);
    await expect(editor.components).toHaveCount(2);
  });
});

test('a note is written on the paper with bold, lists and links, and its whole text in the inspector', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  const paper = new BoundaryDriver(page);
  await editor.command('Add note');
  await expect(paper.field).toBeFocused();
  await paper.field.fill('**Plan**\n- one zone\n- then [two](https://a.example)');
  await page.keyboard.press('ControlOrMeta+Enter');
  const note = page.getByRole('group', { name: 'Plan one zone then two' });
  await expect(note).toBeVisible();
  await expect(note.locator('[data-bold]')).toHaveText('Plan');
  await expect(note.locator('[data-link]')).toHaveAttribute('title', 'https://a.example');
  await note.dblclick();
  await expect(paper.field).toBeFocused();
  await page.keyboard.type('nothing that stays');
  await page.keyboard.press('Escape');
  await expect(note).toBeVisible();
  await editor.inspector.getByRole('textbox', { name: 'Note' }).fill('line\n'.repeat(20));
  await editor.canvas.focus();
  await page.getByRole('button', { name: 'More' }).click();
  await expect(editor.inspector.getByRole('textbox', { name: 'Note' })).toHaveValue('line\n'.repeat(20));
  await expect.poll(async () => Math.round((await paper.boxOf(paper.notes)).height)).toBe(240);
});
