import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-export-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

test('look at the picture, then save it, a report and the data', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  await editor.evaluated();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const save = (): Promise<void> => dialog.getByRole('button', { name: 'Save' }).click();

  await test.step('the picture is what is saved', async () => {
    await page.keyboard.press('ControlOrMeta+e');
    const image = dialog.getByRole('img');
    await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(400);
    const width = await image.evaluate((element: HTMLImageElement) => element.naturalWidth);
    await expect(dialog.getByRole('status')).toContainText(`${width} × `);
    await dialog.getByRole('radio', { name: 'Dark' }).click();
    await dialog.getByRole('radio', { name: '2x' }).click();
    await expect(dialog.getByRole('status')).toContainText(`${width * 2} × `);
    const svg = (await dialogs.saveTo(path.join(folder, 'a.svg'), save)).toString('utf8');
    expect(svg).toMatch(new RegExp(`^<svg [^>]*width="${width * 2}"`));
    for (const words of ['At 1x load', 'Transcoders', '#141210', 'utilisation']) expect(svg).toContain(words);
    await expect(dialog).toBeHidden();
  });

  await test.step('a report and data, from the button', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await dialog.getByRole('radio', { name: 'Markdown' }).click();
    await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('## Findings');
    expect((await dialogs.saveTo(path.join(folder, 'a.md'), save)).toString('utf8')).toContain('| Transcoders | Celery worker |');
    await page.getByRole('button', { name: 'Export' }).click();
    await dialog.getByRole('radio', { name: 'JSON' }).click();
    await dialog.getByRole('switch', { name: 'With evaluation' }).click();
    const data = JSON.parse((await dialogs.saveTo(path.join(folder, 'a.json'), save)).toString('utf8')) as Record<string, unknown>;
    expect(Object.keys(data)).toEqual(['design', 'evaluation', 'format', 'ranges', 'version']);
    expect(data['evaluation']).toBeNull();
  });
});
