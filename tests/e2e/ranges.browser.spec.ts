import type { Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { EditorDriver } from './support/editor-driver.ts';
import type { FileDialogs } from './support/file-dialogs.ts';
import { expect, test } from './support/fixtures.ts';

/** A client that calls a service, forty times a second. */
async function draw(page: Page, dialogs: FileDialogs): Promise<EditorDriver> {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 100, y: 120 });
  await editor.drop('Service', { x: 420, y: 120 });
  await editor.connect('Client', 'Service');
  await editor.setPeakRate('40');
  return editor.evaluated();
}

test('a range typed in the inspector makes ranges of the results, and one number takes them back', async ({ page, dialogs }) => {
  const editor = await draw(page, dialogs);
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
  await expect(page.getByRole('group', { name: 'Ranges' })).toHaveText('Ranges of 200 runs, p10 to p90');
  await expect(editor.component('Service')).toContainText(/\d+ to \d+ %/);
  await expect(page.getByRole('list', { name: 'Scores' }).getByRole('listitem', { name: /^Latency \d+, between \d+ and \d+, target 70$/ })).toBeVisible();
  await expect(page.getByTestId('dial-label')).toHaveText(/^[\d.]+x, [\d.]+x? to [\d.]+x? ?Service/);
  await editor.show('Breaking order');
  await expect(page.getByRole('table', { name: 'Breaking order' })).toContainText(/[\d.]+x? to [\d.]+x/);
  await editor.show('Journeys');
  await expect(page.getByRole('table', { name: 'Journeys' })).toContainText(/\d+ (ms )?to [\d.]+ m?s/);
  await editor.press('Control+J');

  await page.getByRole('button', { name: 'Edit the range' }).first().click();
  await expect(page.getByRole('spinbutton', { name: 'CPU per request, high' }).first()).toHaveValue(/60/);
  await editor.show('Scores');
  await expect(page.getByText(/^\d+ to \d+, Service CPU per request moves it most$/).first()).toBeVisible();
  await expect(page.getByRole('img', { name: /^Radar of the six scores.*latency \d+, between \d+ and \d+/ }).getByTestId('radar-ranges')).toBeAttached();
  await editor.show('Findings');
  await expect(page.getByText(/olds in (over |under |at least )?\d+ % of runs; Service CPU per request decides/).first()).toBeVisible();

  await page.keyboard.press('Control+E');
  await page.getByRole('radio', { name: 'Markdown' }).click();
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText(/One input is uncertain.*Service CPU per request \| 5 ms \| 15 ms \| 60 ms/s);
  await page.keyboard.press('Escape');

  await editor.show('Inspector');
  await page.getByRole('button', { name: 'Edit the range' }).first().click();
  await page.getByRole('button', { name: 'One value' }).first().click();
  await expect(strip).not.toContainText(' to ');
});

test('own prices are typed or loaded and saved, count at once, and a bad file changes nothing', async ({ page, dialogs }, info) => {
  const editor = await draw(page, dialogs);
  await editor.show('Cost');
  const region = page.getByRole('region', { name: 'Results' });
  const total = region.getByText(/^Total/);
  await expect(region.getByText(/^Prices 20\d\d-\d\d, us-east-1, list$/)).toBeVisible();
  const listed = await total.innerText();
  const field = region.getByRole('spinbutton', { name: /^Price of Instances, USD per vCPU-hour/ });
  await field.fill('0.5');
  await field.press('Enter');
  await expect(region.getByText('Your prices, not in a file yet')).toBeVisible();
  await expect(total).not.toHaveText(listed);
  const own = await total.innerText();

  const act = async (item: string): Promise<void> => {
    await region.getByRole('button', { name: 'Prices', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const file = info.outputPath('prices.json');
  const saved = JSON.parse((await dialogs.saveTo(file, () => act('Save prices…'))).toString('utf8')) as { readonly prices: Readonly<Record<string, number>> };
  expect(Object.values(saved.prices)).toEqual([0.5]);
  await expect(region.getByText('Your prices, prices.json', { exact: true })).toBeVisible();
  await act('Use list prices');
  await expect(total).toHaveText(listed);

  const bad = info.outputPath('bad.json');
  await writeFile(bad, '{"name": "Contract 7", "date": "2027-01", "prices": {"alb_hour": 1}}');
  await dialogs.choose([bad], () => act('Load prices…'));
  await expect(page.getByText('bad.json: prices.alb_hour: The price list has no such price (perhaps alb_h). Nothing was changed. Mend the file and load it again.')).toBeVisible();
  await expect(total).toHaveText(listed);
  await dialogs.choose([file], () => act('Load prices…'));
  await expect(total).toHaveText(own);
});

test('cut sets of a journey are found on request and bracketed on the drawing', async ({ page, dialogs }) => {
  const editor = await draw(page, dialogs);
  await editor.select('Service');
  await editor.setField('Instances', '2');
  await editor.show('Journeys');
  const region = page.getByRole('region', { name: 'Results' });
  await region.getByRole('table', { name: 'Journeys' }).getByRole('button').last().click();
  await region.getByRole('radio', { name: 'Dies if' }).click();
  await region.getByRole('button', { name: 'Find cut sets' }).click();
  const pair = region.getByRole('table', { name: 'Cut sets' }).getByRole('row', { name: /Two instances of Service/ });
  await expect(pair).toContainText(/(min|h|s|days) ?1 in [\d.]+/);
  await pair.getByRole('button').click();
  const bracket = page.locator('[data-cut-member]');
  await expect(bracket).toHaveCount(1);
  await expect(bracket).toHaveText(/^cut set \d+$/);
  await page.keyboard.press('Escape');
  await expect(bracket).toHaveCount(0);
  await editor.show('Inspector');
  await editor.setField('Instances', '3');
  await expect(region.getByRole('button', { name: 'Find cut sets' })).toBeVisible();
});
