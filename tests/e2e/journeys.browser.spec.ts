import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds in the bottom panel and on the canvas, as "rule: element". */
async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // evaluated over the debugging connection: the page's own policy allows no foreign script
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(include: readonly string[]): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } };
    const result = await axe.run(['[data-region="bottom"]', '[data-region="canvas"]']);
    return result.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}

async function drawShop(editor: EditorDriver): Promise<{ readonly toCache: string; readonly toDatabase: string }> {
  await editor.draw();
  await editor.drop('Client', { x: 100, y: 120 });
  await editor.drop('Service', { x: 420, y: 120 });
  await editor.drop('Redis', { x: 420, y: 330 });
  await editor.drop('Relational database', { x: 740, y: 120 });
  await editor.connect('Client', 'Service');
  const toCache = await editor.connect('Service', 'Redis', 'bottom');
  const toDatabase = await editor.connect('Service', 'Relational database');
  await editor.setPeakRate('40');
  await editor.evaluated();
  return { toCache, toDatabase };
}

async function openJourneys(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show bottom panel' }).click();
  await page.getByRole('tab', { name: 'Journeys' }).click();
}

/** Press on a connection's line, away from its ends. */
async function pressLine(page: Page, id: string): Promise<void> {
  const at = await page.locator(`[id="${id}"] path`).last().evaluate((path: SVGPathElement) => {
    const point = path.getPointAtLength(path.getTotalLength() * 0.6);
    const seen = point.matrixTransform(path.getScreenCTM() ?? undefined);
    return { x: seen.x, y: seen.y };
  });
  await page.mouse.click(at.x, at.y);
}

test('make a derived journey your own, change its rate, leave a connection out, undo', async ({ page, dialogs }) => {
  const editor = new EditorDriver(page, dialogs);
  const { toCache } = await drawShop(editor);
  await openJourneys(page);
  const table = page.getByRole('table', { name: 'Journeys' });
  const detail = page.getByRole('region', { name: 'Journey', exact: true });

  await test.step('a derived journey says so and can only be read', async () => {
    await table.getByRole('button', { name: /Service\s*derived/ }).click();
    await expect(detail.getByText('Derived from the drawing')).toBeVisible();
    await expect(detail.getByRole('spinbutton', { name: 'Rate' })).toBeDisabled();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  await test.step('kept, it has a rate of its own', async () => {
    await detail.getByRole('button', { name: 'Make it my own' }).click();
    const rate = detail.getByRole('spinbutton', { name: 'Rate' });
    await expect(rate).toBeEnabled();
    await expect(rate).toHaveValue('40');
    await rate.fill('80');
    await rate.press('Enter');
    await expect.poll(async () => (await editor.figures('Service')).metric).toBe('80 rps');
  });

  await test.step('a click on a connection leaves it out', async () => {
    await detail.getByRole('button', { name: 'Edit path' }).click();
    await expect(page.getByRole('region', { name: 'Path of the journey' })).toContainText('3 connections');
    await pressLine(page, toCache);
    await expect(page.locator(`[id="${toCache}"]`)).toHaveAttribute('data-path', 'out');
    await expect(page.getByRole('region', { name: 'Path of the journey' })).toContainText('2 connections');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(editor.canvas).toBeFocused();
    await detail.getByRole('radio', { name: 'Path' }).click();
    await expect(detail.getByRole('row', { name: /Service to Redis/ })).toContainText('Left out');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  await test.step('each of the three was one step', async () => {
    await editor.undo();
    await expect(detail.getByRole('row', { name: /Service to Redis/ })).not.toContainText('Left out');
    await editor.undo();
    await expect.poll(async () => (await editor.figures('Service')).metric).toBe('40 rps');
    await editor.undo();
    await expect(table.getByRole('button', { name: /Service\s*derived/ })).toBeVisible();
  });
});

test('walk the way by keyboard, set a step, name data', async ({ page, dialogs }) => {
  const editor = new EditorDriver(page, dialogs);
  const { toCache, toDatabase } = await drawShop(editor);
  await openJourneys(page);
  await page.getByRole('button', { name: 'New journey' }).click();
  const detail = page.getByRole('region', { name: 'Journey', exact: true });
  await expect(detail.getByRole('textbox', { name: 'Name of the journey' })).toHaveValue('New journey');

  await test.step('clear, then take in order with arrows and Space', async () => {
    await detail.getByRole('button', { name: 'Edit path' }).click();
    const bar = page.getByRole('region', { name: 'Path of the journey' });
    await bar.getByRole('button', { name: 'Clear' }).click();
    await expect(bar).toContainText('1 connection');
    await editor.canvas.focus();
    // rows: start, cache, database; the last one first
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await expect(page.locator(`[id="${toDatabase}"]`)).toHaveAttribute('data-path', 'in');
    await expect(page.locator(`[id="${toCache}"]`)).toHaveAttribute('data-path', 'out');
    await expect(bar).toContainText('2 connections');
    await page.keyboard.press('Escape');
    await expect(bar).toHaveCount(0);
  });

  await test.step('a step of the journey is not the drawing’s', async () => {
    await detail.getByRole('radio', { name: 'Path' }).click();
    const calls = detail.getByRole('spinbutton', { name: 'Calls, Service to Relational database' });
    await calls.fill('3');
    await calls.press('Enter');
    await expect(calls).toHaveValue('3');
    await editor.undo();
    await expect(calls).toHaveValue('1');
    await calls.fill('1 2 4');
    await calls.press('Enter');
    await expect(detail.getByRole('row', { name: /Service to Relational database/ })).toContainText('1 to 4');
    // the table needs no scrolling sideways in a narrow window, which has panels of its own
    await page.setViewportSize({ width: 1280, height: 900 });
    await openJourneys(page);
    await detail.getByRole('radio', { name: 'Path' }).click();
    await expect.poll(() => detail.getByRole('group', { name: 'Path', exact: true }).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await detail.getByRole('radio', { name: 'Work' }).click();
    await detail.getByRole('button', { name: 'Service', exact: true }).click();
    const work = detail.getByRole('region', { name: 'Service', exact: true }).getByRole('spinbutton', { name: 'CPU per request' });
    await work.fill('3 5 20');
    await work.press('Enter');
    await expect(detail.getByText('3 to 20 ms', { exact: true })).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
    await editor.undo();
    await editor.undo();
  });

  await test.step('what it reads is data with a home', async () => {
    await page.getByRole('radiogroup', { name: 'Show' }).getByRole('radio', { name: 'Data' }).click();
    await page.getByRole('button', { name: 'Add data' }).click();
    const data = page.getByRole('region', { name: 'Data', exact: true });
    await data.getByRole('textbox', { name: 'Name of the data' }).fill('Order');
    await data.getByRole('textbox', { name: 'Name of the data' }).press('Enter');
    await expect(page.getByRole('table', { name: 'Data' }).getByRole('button', { name: 'Order' })).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('radiogroup', { name: 'Show' }).getByRole('radio', { name: 'Journeys' }).click();
    await detail.getByRole('radio', { name: 'Data used' }).click();
    await detail.getByRole('switch', { name: /reads Order/ }).click();
    await expect(detail.getByRole('combobox', { name: 'Consistency of reads, Order' })).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  await test.step('removing it is one step', async () => {
    await detail.getByRole('button', { name: 'Remove journey' }).click();
    await expect(detail).toHaveCount(0);
    await editor.undo();
    await expect(page.getByRole('table', { name: 'Journeys' }).getByRole('button', { name: 'New journey' })).toBeVisible();
  });
});
