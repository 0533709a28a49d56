import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

test('a range typed in the inspector makes ranges of the results, and one number takes them back', async ({ page, dialogs }) => {
  const editor = new EditorDriver(page, dialogs);
  await editor.draw();
  await editor.drop('Client', { x: 100, y: 120 });
  await editor.drop('Service', { x: 420, y: 120 });
  await editor.connect('Client', 'Service');
  await editor.setPeakRate('40');
  await editor.evaluated();
  const strip = page.getByRole('region', { name: 'Summary' });
  await expect(strip).toContainText(/p99 [\d.]+ ms/);
  await expect(strip).not.toContainText(' to ');

  await editor.select('Service');
  await editor.field('CPU per request').fill('20..5');
  await editor.field('CPU per request').press('Enter');
  await expect(page.getByText('Low must be at most likely, and likely at most high.')).toBeVisible();
  await editor.setField('CPU per request', '5 15 60');
  await expect(page.getByText('5 to 60 ms', { exact: true }).first()).toBeVisible();
  await expect(strip).toContainText(/p99 \d+ ms, \d+ (ms )?to [\d.]+/, { timeout: 30_000 });

  await page.getByRole('button', { name: 'Edit the range' }).first().click();
  await expect(page.getByRole('spinbutton', { name: 'CPU per request, high' }).first()).toHaveValue(/60/);
  await editor.show('Scores');
  await expect(page.getByText(/^\d+ to \d+, Service CPU per request moves it most$/).first()).toBeVisible();
  await editor.show('Findings');
  await expect(page.getByText(/olds in (over |under |at least )?\d+ % of runs; Service CPU per request decides/).first()).toBeVisible();

  await editor.show('Inspector');
  await page.getByRole('button', { name: 'Edit the range' }).first().click();
  await page.getByRole('button', { name: 'One value' }).first().click();
  await expect(strip).not.toContainText(' to ');
});
