import type { Locator, Page } from '@playwright/test';
import { findings } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import type { FileDialogs } from './support/file-dialogs.ts';
import { expect, test } from './support/fixtures.ts';

/** The panel and what is asked of it. */
function panelOf(page: Page) {
  const region = page.getByRole('region', { name: 'Results' });
  const choose = async (list: string, option: string): Promise<void> => {
    await region.getByRole('combobox', { name: list, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const type = async (field: string, text: string): Promise<void> => {
    await region.getByRole('spinbutton', { name: field, exact: true }).fill(text);
    await region.getByRole('spinbutton', { name: field, exact: true }).press('Enter');
  };
  return { region, choose, type, found: region.getByRole('region', { name: 'What the simulation found' }), run: region.getByRole('button', { name: 'Run', exact: true }), cancel: region.getByRole('button', { name: 'Cancel' }), time: region.getByRole('slider', { name: 'Time of the run' }) };
}

/** A client that calls a service, so many times a second. */
async function draw(page: Page, dialogs: FileDialogs, rate: string): Promise<EditorDriver> {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 100, y: 80 });
  await editor.drop('Service', { x: 420, y: 80 });
  await editor.connect('Client', 'Service');
  await editor.setPeakRate(rate);
  await editor.evaluated();
  await editor.show('Simulation');
  return editor;
}

/** The share that fails where the cursor of the timelines stands. */
async function failing(time: Locator): Promise<number> {
  return Number.parseFloat(/Errors: fail ([\d.]+) %/.exec((await time.getAttribute('aria-valuetext')) ?? '')?.[1] ?? 'NaN');
}

test('the second opinion agrees; a failure shows over time, in words and in figures; an edit makes it old', async ({ page, dialogs }) => {
  test.slow();
  const editor = await draw(page, dialogs, '400');
  const { found, run, time, type, choose } = panelOf(page);
  await type('Length', '40 s');
  await run.click();
  await expect(found.getByText('Formula and simulation agree.', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(found).toContainText('No request failed.');
  await expect(time.getByText('warm-up, not counted')).toBeVisible();
  await expect(time.locator('[data-strip]')).toHaveCount(4);
  await found.getByRole('radio', { name: 'By journey' }).click();
  await expect(found.getByRole('table', { name: 'Formula and simulation by journey' }).getByRole('row').nth(1)).toContainText(/ms.*ms ± [\d.]+ %.*agree/);
  await expect(found.getByText(/^Simulated 40 s at 1x with seed 1: [\d,]+ requests in .*warm-up and not counted\.$/)).toBeVisible();

  await type('Runs', '3');
  await type('Length', '10 s');
  await run.click();
  await expect(found.getByText(/^Simulated 3 runs of 10 s at 1x with seed 1: [\d,]+ requests in .*At most the first .* of each are warm-up and not counted\.$/)).toBeVisible({ timeout: 30_000 });
  await expect(found.getByRole('table', { name: 'Formula and simulation by journey' }).getByRole('row').nth(1)).toContainText(/ms ± [\d.]+ %/);
  await type('Runs', '1');
  await type('Length', '40 s');

  await choose('Failure', 'Service');
  await type('Fails at', '10 s');
  await type('Stays down', '20 s');
  await run.click();
  await expect(found.getByText(/^Not compared: a part fails\. .*[\d.]+ % of requests failed, up to 100 % at \d+ s\.$/)).toBeVisible({ timeout: 30_000 });
  await found.getByRole('radio', { name: 'Over time' }).click();
  await expect(time.getByText('Service down')).toBeVisible();
  await time.focus();
  await page.keyboard.press('Home');
  await expect(time).toHaveAttribute('aria-valuetext', /^Until 400 ms\. Rate: answered/);
  expect(await failing(time)).toBe(0);
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('PageUp');
  expect(await failing(time)).toBe(100);
  await page.keyboard.press('End');
  expect(await failing(time)).toBe(0);
  for (const view of ['Over time', 'Figures', 'Limits', 'By journey']) {
    await found.getByRole('radio', { name: view }).click();
    expect(await findings(page), view).toEqual([]);
  }
  await editor.select('Service');
  await editor.setField('CPU per request', '3');
  await expect(found.getByText('From before your last change. Not compared.')).toBeVisible();
  await expect(found.getByRole('button', { name: 'Run again' })).toBeVisible();
});

test('where they disagree the latency says so until the drawing changes', async ({ page, dialogs }) => {
  const editor = await draw(page, dialogs, '40');
  const { found, type } = panelOf(page);
  await editor.selectNothing();
  await editor.setField('Burstiness', '50');
  await editor.evaluated();
  await type('Length', '20 min');
  await editor.command('Run simulation');
  await expect(found.getByText(/^Do not trust the formula for /)).toBeVisible({ timeout: 30_000 });
  await editor.show('Journeys');
  const row = page.getByRole('table', { name: 'Journeys' }).getByRole('row').nth(1);
  await expect(row).toContainText(/[\d.]+ ms, simulated [\d.]+ m?s/);
  await row.getByText(/simulated/).hover();
  await expect(page.getByText(/^This formula is off by more than 25 % here\. The simulation says [\d.]+ m?s\.$/)).toBeVisible();
  await editor.dial.press('PageUp');
  await expect(row).not.toContainText('simulated');
  await editor.turnBack();
  await expect(row).toContainText('simulated');
  await editor.selectNothing();
  await editor.setField('Burstiness', '1');
  await expect(row).not.toContainText('simulated');
});

test('a long run warns, tells how far it is, can be ended with what there is, and cancelled', async ({ page, dialogs }) => {
  const editor = await draw(page, dialogs, '400');
  const { region, found, run, cancel, type, time } = panelOf(page);
  await type('Length', '6 h');
  await expect(region.getByText(/^About [\d.]+M events, more than the 20M of one run: it would be cut short\. Simulate [\d.]+ \w+ or less\.$/)).toBeVisible();
  await type('Length', '45 min');
  await run.click();
  await expect(found.getByRole('progressbar', { name: 'Simulation' })).toHaveAttribute('aria-valuetext', /^[1-9]\d* % simulated$/, { timeout: 30_000 });
  await expect(cancel).toBeFocused();
  // the page stays usable
  await editor.select('Service');
  await cancel.click();
  await expect(found.getByText('Not simulated yet.')).toBeVisible();
  await expect(run).toBeFocused();
  await run.click();
  await expect(found.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /^[2-9]\d* % simulated$/, { timeout: 30_000 });
  await region.getByRole('button', { name: 'Stop here' }).click();
  await expect(found.getByText(/Stopped at \d+ %\./)).toBeVisible({ timeout: 20_000 });
  const end = Number(await time.getAttribute('aria-valuemax'));
  expect(end).toBeGreaterThan(0);
  expect(end).toBeLessThan(2700);
});
