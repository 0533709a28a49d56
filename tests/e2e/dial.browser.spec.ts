import type { Locator, Page } from '@playwright/test';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is not on screen');
  return box;
}

const middle = ({ x, width }: Box): number => x + width / 2;
const touch = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What is drawn of the dial. */
function partsOf(page: Page) {
  return {
    bob: page.getByTestId('dial-bob'),
    label: page.getByTestId('dial-label'),
    firstMark: page.getByTestId('dial-mark').first(),
    hatching: page.getByTestId('load-dial').locator('svg[data-broken] rect'),
    readout: page.getByRole('group', { name: 'Load dial' }),
  };
}

test('drag the bob to the first break: bob, readout, strip and drawing agree', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { bob, label, firstMark, hatching, readout } = partsOf(page);
  await expect(label).toContainText(/^[\d.]+x Transcoders, /);
  const first = Number.parseFloat((await label.textContent()) ?? '');
  const mark = middle(await boxOf(firstMark));
  expect((await boxOf(hatching)).x).toBeCloseTo(mark, 0);

  const start = await boxOf(bob);
  const y = start.y + 28;
  await page.mouse.move(middle(start), y);
  await page.mouse.down();
  await page.mouse.move(mark - 20, y, { steps: 4 });
  // near enough: it snaps
  await page.mouse.move(mark + 3, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => editor.multiple()).toBeCloseTo(first, 1);
  expect(middle(await boxOf(bob))).toBeCloseTo(mark, 0);
  await expect(readout).toContainText(`${first.toPrecision(3)}x`);
  await editor.evaluated();
  expect((await editor.figures('Transcoders')).step).toBe(7);

  await page.keyboard.down('Shift');
  await page.mouse.move(mark, y);
  await page.mouse.down();
  await page.mouse.move(mark + 40, y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  // a quarter of the way, without snapping
  expect(middle(await boxOf(bob)) - mark).toBeCloseTo(10, 0);

  await page.mouse.dblclick(mark + 100, y);
  await expect.poll(() => editor.multiple()).toBe(1);
});

test('the first break is named beside the bob, never under it, wherever the bob hangs', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { bob, label, firstMark } = partsOf(page);
  const dial = await boxOf(editor.dial);
  for (const share of [0.03, 0.06, 0.1, 0.2, 0.5, 0.7, 0.95]) {
    await page.mouse.click(dial.x + dial.width * share, dial.y + 30);
    await expect.poll(async () => Math.abs(middle(await boxOf(bob)) - dial.x - dial.width * share)).toBeLessThan(6);
    const words = await boxOf(label);
    expect(touch(words, await boxOf(bob)), `at ${share}`).toBe(false);
    expect(touch(words, await boxOf(firstMark)), `at ${share}`).toBe(false);
    expect(words.x).toBeGreaterThan(dial.x);
    expect(words.x + words.width).toBeLessThan(dial.x + dial.width);
    expect(words.y).toBeGreaterThanOrEqual(0);
  }
});

test('keys walk the breaks, and a list describes them', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { label } = partsOf(page);
  const breaks = page.getByRole('list', { name: 'Breaks' }).getByRole('button');
  await expect(breaks).not.toHaveCount(0);
  const places = (await breaks.allTextContents()).map((text) => Number.parseFloat(text));
  await editor.press('Shift+PageUp');
  await expect.poll(() => editor.multiple()).toBeCloseTo(places[0] ?? 0, 1);
  await editor.dial.press('Shift+PageUp');
  await expect.poll(() => editor.multiple()).toBeCloseTo(places[1] ?? 0, 0);
  await expect(label).not.toContainText('Transcoders, worker slots');
  await editor.dial.press('Shift+PageDown');
  await expect.poll(() => editor.multiple()).toBeCloseTo(places[0] ?? 0, 1);
  await expect(editor.dial).toHaveAttribute('aria-valuetext', /first break at [\d.]+ times, Transcoders$/);

  await breaks.nth(1).focus();
  await expect(label).toContainText('Enter: set load here');
  await page.keyboard.press('Enter');
  await expect.poll(() => editor.multiple()).toBeCloseTo(places[1] ?? 0, 0);
  await expect(editor.dial).toBeFocused();

  await editor.show('Breaking order');
  await expect(page.getByRole('columnheader', { name: 'Next fix moves it to' })).toBeVisible();
  const first = page.getByRole('table', { name: 'Breaking order' }).getByRole('row').nth(1);
  await expect(first).toContainText(/Run \d+ instances of Transcoders/);
  const moved = Number.parseFloat(/([\d.]+)x\s*Run/.exec(await first.innerText())?.[1] ?? '');
  expect(moved).toBeGreaterThan(places[0] ?? 0);
});

test('a drawing that stands every load says so, and one that is broken as drawn', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 200, y: 200 });
  await editor.drop('Service', { x: 500, y: 200 });
  await editor.connect('Client', 'Service');
  await editor.setPeakRate('0.5');
  await editor.evaluated();
  const { label, hatching } = partsOf(page);
  await expect(label).toHaveText('holds to 100x');
  await expect(hatching).toHaveCount(0);
  await editor.dial.press('End');
  expect(touch(await boxOf(label), await boxOf(page.getByTestId('dial-bob')))).toBe(false);

  await editor.dial.press('Home');
  await editor.selectNothing();
  await editor.setField('Peak rate', '100000');
  await expect(label).toHaveText(/^breaks at 0\.[\d]+x Service, /);
  const mark = middle(await boxOf(page.getByTestId('dial-mark').first()));
  expect(mark).toBeCloseTo(middle(await boxOf(page.getByTestId('dial-bob'))), 0);
  expect((await boxOf(hatching)).x).toBeCloseTo(mark, 0);
  expect(touch(await boxOf(label), await boxOf(page.getByTestId('dial-bob')))).toBe(false);
});
