import { composeFiles } from './support/compose.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

test('Compose files are imported, a guess corrected by keyboard, and the drawing is evaluated', async ({ page, dialogs }, testInfo) => {
  const editor = new EditorDriver(page, dialogs);
  const files = await composeFiles(testInfo);
  await dialogs.choose(files, () => page.getByRole('button', { name: /^Import a file/ }).click());
  const dialog = page.getByRole('dialog', { name: /^Import docker-compose\.yml/ });
  await expect(dialog).toBeVisible();
  const box = await dialog.boundingBox();
  expect(box).toMatchObject({ width: 880, height: 600 });
  await expect(dialog.getByText('secrets.env')).toBeVisible();

  // least sure first: the keyboard is already there
  const became = dialog.getByRole('combobox', { name: 'courier became' });
  const first = dialog.getByRole('row').nth(1).getByRole('combobox');
  await expect(first).toBeFocused();
  for (let row = 0; row < 40 && !(await became.evaluate((field) => field === document.activeElement)); row += 1) await page.keyboard.press('ArrowDown');
  await expect(became).toBeFocused();
  await page.keyboard.type('celery');
  await page.keyboard.press('Enter');
  await expect(became).toHaveValue(/Celery/);
  await expect(became).not.toBeFocused();
  const line = dialog.getByRole('row').filter({ has: page.getByRole('combobox', { name: 'courier became' }) });
  await expect(line).toContainText('sure');
  await expect(line).toContainText('chosen by you');

  // the one question, answered without leaving the keyboard
  const peak = dialog.getByRole('spinbutton', { name: /^Peak requests per second into/ });
  await expect(peak).toHaveValue('100');
  await peak.focus();
  await page.keyboard.type('250');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toHaveCount(0);

  await expect(editor.component('shop')).toBeVisible();
  await editor.evaluated();
  await expect(editor.component('courier')).not.toHaveAttribute('data-guessed', /.*/);
  await expect(page.getByRole('button', { name: /file menu$/i })).toContainText('Not saved yet');
  await editor.press('Mod+0');
  await expect.poll(async () => (await editor.figures('gateway')).metric).toMatch(/250/);
});

test('a correction is remembered for the next import', async ({ page, dialogs }, testInfo) => {
  const files = await composeFiles(testInfo);
  const choose = (): Promise<void> => dialogs.choose(files, () => page.keyboard.press('ControlOrMeta+Shift+O'));
  const dialog = page.getByRole('dialog', { name: /^Import docker-compose\.yml/ });
  const became = dialog.getByRole('combobox', { name: 'courier became' });
  await dialogs.choose(files, () => page.getByRole('button', { name: /^Import a file/ }).click());
  // the dialog puts the focus on the least sure row first
  await expect(dialog.getByRole('row').nth(1).getByRole('combobox')).toBeFocused();
  await became.focus();
  await page.keyboard.type('kafka');
  await page.keyboard.press('Enter');
  await expect(became).toHaveValue(/Kafka/);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/^Imported \d+ components/)).toBeVisible();
  await choose();
  await expect(became).toHaveValue(/Kafka/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
