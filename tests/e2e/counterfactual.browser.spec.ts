import { BoundaryDriver } from './support/boundary-driver.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

test('while the hand rests it is said what letting go would change, and nothing is made by asking', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  const paper = new BoundaryDriver(page);
  const said = page.locator('[data-what-changes]');
  await editor.press('c');
  await page.keyboard.type('lient > api x2 > postgres');
  await page.keyboard.press('Enter');
  await editor.setPeakRate('200');
  for (const [name, zone] of [['API', 'Zone a'], ['Postgres', 'Zone b']] as const) {
    await editor.select(name);
    await editor.press('Mod+G');
    await paper.name(zone);
    await editor.choose('Kind of boundary', 'Zone');
  }
  await editor.evaluated();
  const zone = await paper.boxOf(paper.boundary('Zone a, 1 component'));
  const home = await paper.boxOf(editor.component('Postgres'));

  await test.step('a component over another zone', async () => {
    await paper.carry(editor.component('Postgres'), { x: zone.x + zone.width / 2, y: zone.y + zone.height - 12 });
    await expect(page.getByText('Into Zone a')).toBeVisible();
    await expect(said).toBeVisible();
    expect(await said.innerText()).toMatch(/^-?−?\$\d+\/month\nAPI available [\d.]+ to [\d.]+ %/);
    await page.mouse.move(home.x + home.width / 2, home.y + home.height / 2, { steps: 4 });
    await expect(said).toHaveCount(0);
    await paper.letGo();
    await expect(paper.boundary('Zone a, 1 component')).toBeVisible();
    await expect(paper.boundary('Zone b, 1 component')).toBeVisible();
  });

  await test.step('a field that is scrubbed: what has changed since the hand took it, and Escape takes it back', async () => {
    await editor.select('API');
    const field = editor.field('Instances');
    const before = await field.inputValue();
    const label = await paper.boxOf(page.getByRole('region', { name: 'Inspector' }).getByText('Instances', { exact: true }).first());
    await page.mouse.move(label.x + 8, label.y + label.height / 2);
    await page.mouse.down();
    await page.mouse.move(label.x + 24, label.y + label.height / 2, { steps: 4 });
    await expect(said).toBeVisible();
    expect(await said.innerText()).toMatch(/\+\$\d+\/month/);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect(said).toHaveCount(0);
    await expect(field).toHaveValue(before);
    // as if it had never been: there is nothing to redo
    await editor.redo();
    await expect(field).toHaveValue(before);
  });

  await test.step('a connection over what could be its end; on the whiteboard nothing is said', async () => {
    const pull = async (): Promise<void> => {
      await editor.component('Client').hover();
      const port = await paper.boxOf(editor.component('Client').locator('[data-side="bottom"]'));
      const end = await paper.boxOf(editor.component('Postgres'));
      await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
      await page.mouse.down();
      await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
    };
    await pull();
    await expect(said).toBeVisible();
    await page.mouse.move(300, 200, { steps: 4 });
    await expect(said).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.keyboard.press('Escape');
    await editor.press('Alt+1');
    await pull();
    await page.waitForTimeout(600);
    await expect(said).toHaveCount(0);
    await page.mouse.move(300, 200, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.press('Escape');
    await editor.press('Alt+2');
  });

  await test.step('an end of a connection goes elsewhere by keys, and back in one undo', async () => {
    const line = (name: string) => editor.inspector.getByText(name, { exact: true });
    await editor.select('API');
    await editor.press('Mod+ArrowRight');
    await expect(line('API to Postgres')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+Shift+E');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByText('Connect Client to Postgres')).toBeVisible();
    await expect(said).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(line('Client to Postgres')).toBeVisible();
    await expect(said).toHaveCount(0);
    await editor.undo();
    await expect(line('API to Postgres')).toBeVisible();
  });
});
