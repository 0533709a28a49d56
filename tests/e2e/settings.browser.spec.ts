import { findings } from './support/audit.ts';
import { clippedText } from './support/clipped.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

test.use({ viewport: { width: 1280, height: 720 } });

test('the interface at 150 %: nothing is cut, everything answers, and it is remembered', async ({ page, dialogs }) => {
  test.slow();
  const editor = await new EditorDriver(page, dialogs).openExample();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const whole = (state: string) =>
    test.step(state, async () => {
      expect.soft(await clippedText(page), state).toEqual([]);
      expect.soft(await findings(page), state).toEqual([]);
    });
  const node = await editor.component('Video API').boundingBox();

  await editor.press('Mod+,');
  await settings.getByRole('radio', { name: '150 %' }).click();
  await expect(settings.getByRole('radio', { name: '150 %' })).toBeChecked();
  await whole('settings');
  await settings.getByRole('combobox', { name: 'Theme' }).click();
  await page.getByRole('option', { name: 'Dark', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);

  await test.step('the paper keeps its zoom', async () => {
    expect((await editor.component('Video API').boundingBox())?.width).toBeCloseTo(node?.width ?? 0, 0);
  });
  await whole('window');
  for (const tab of ['Inspector', 'Findings', 'Scores'] as const) {
    await editor.press(tab === 'Inspector' ? 'Mod+I' : tab === 'Findings' ? 'Mod+Shift+M' : 'Mod+Shift+L');
    await expect(page.getByRole('tab', { name: new RegExp(`^${tab}`) })).toHaveAttribute('aria-selected', 'true');
    await whole(tab);
  }
  await test.step('the dial follows the hand 1:1', async () => {
    const box = await page.getByTestId('dial-bob').locator('..').boundingBox();
    if (box === null) throw new Error('The dial is not on screen');
    await page.mouse.click(box.x + box.width / 2, box.y + 30);
    await expect.poll(() => editor.multiple()).toBeCloseTo(10, 0);
  });

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('style', /--px: 1\.5px/);
  await whole('start');
});

test('arrows nudge and the wheel zooms, when that is chosen', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await editor.press('Mod+,');
  await settings.getByRole('radio', { name: 'Nudge' }).click();
  await settings.getByRole('radio', { name: 'Zoom' }).click();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();

  await editor.select('Video API');
  const before = await editor.component('Video API').boundingBox();
  await editor.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await editor.component('Video API').boundingBox())?.x ?? 0).toBeGreaterThan((before?.x ?? 0) + 10);
  await editor.undo();
  await expect.poll(async () => (await editor.component('Video API').boundingBox())?.x).toBeCloseTo(before?.x ?? 0, 0);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(editor.component('Job queue')).toHaveAttribute('data-selected', /.*/);

  const zoom = page.getByRole('button', { name: /^Zoom, \d+ percent/ });
  const percent = async (): Promise<number> => Number(/\d+/.exec((await zoom.getAttribute('aria-label')) ?? '')?.[0]);
  const was = await percent();
  await page.mouse.move(500, 500);
  await page.mouse.wheel(0, -240);
  await expect.poll(percent).toBeGreaterThan(was);
});
