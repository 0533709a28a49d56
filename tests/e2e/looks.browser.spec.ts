import { writeFile } from 'node:fs/promises';
import type { Locator, Page, TestInfo } from '@playwright/test';
import type { Design } from '../../shared/model/design.ts';
import { printPlumb } from '../../shared/model/plumb-file.ts';
import { crowdedDrawing, zonedDrawing } from '../shots/drawings.ts';
import { atRest } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';
import { placesOnScreen } from './support/layout.ts';
import { collisions, looks, overlaps } from './support/looks.ts';

test.use({ viewport: { width: 1280, height: 720 } });

/** Notes what does not hold on the paper, and goes on; panels and dialogs are looked at where axe walks through them. */
function auditor(page: Page) {
  return (state: string) => test.step(state, async () => {
    await atRest(page);
    expect.soft(await looks(page), state).toEqual([]);
  });
}

async function openDrawing(editor: EditorDriver, drawing: Design, info: TestInfo): Promise<void> {
  const file = info.outputPath(`${drawing.name ?? 'drawing'}.plumb`);
  await writeFile(file, printPlumb(drawing));
  await editor.open(file);
  await editor.press('Alt+2');
  await editor.evaluated();
}

test('paper: nothing runs through a component or lies on one, at any load and from any distance', async ({ page, dialogs }, info) => {
  const editor = new EditorDriver(page, dialogs);
  const audit = auditor(page);
  await openDrawing(editor, zonedDrawing(), info);
  await audit('boundaries');
  expect.soft([...(await collisions(page)), ...(await overlaps(page))]).toEqual([]);
  await editor.turnToNextBreak();
  await editor.press('Mod+0');
  await audit('boundaries, near');
  expect.soft([...(await collisions(page)), ...(await overlaps(page))]).toEqual([]);
});

test('sixty components: figures fit, and neither a mode nor a load moves a component', async ({ page, dialogs }, info) => {
  test.slow();
  const editor = new EditorDriver(page, dialogs);
  const audit = auditor(page);
  await openDrawing(editor, crowdedDrawing(), info);
  await audit('overview');
  const places = await placesOnScreen(editor.components);
  const readout = page.locator('[data-region="top"] [class*="_readout_"]');
  const width = (await readout.boundingBox())?.width;
  await editor.turnToNextBreak();
  await editor.dial.press('End');
  await expect.poll(() => editor.multiple()).toBe(100);
  await editor.evaluated();
  expect((await readout.boundingBox())?.width).toBe(width);
  await audit('overview, everything loaded');
  await editor.turnBack();
  await editor.press('Alt+1');
  await expect.poll(() => placesOnScreen(editor.components)).toEqual(places);
  await editor.press('Alt+2');
  await editor.press('Mod+0');
  await editor.evaluated();
  await audit('near');
  expect.soft([...(await collisions(page)), ...(await overlaps(page))]).toEqual([]);
});

/** A box in the window. */
async function boxOf(thing: Locator): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
  const box = await thing.boundingBox();
  if (box === null) throw new Error('It is not on screen');
  return box;
}

test('what floats over the canvas covers nothing that is not canvas', async ({ page, dialogs }) => {
  const editor = new EditorDriver(page, dialogs);
  await expect(page.getByRole('button', { name: /^Draw/ })).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await editor.openExample();
  await editor.press('Mod+A');
  await expect(editor.inspector.getByText('8 components', { exact: true })).toBeVisible();
  await editor.turnToNextBreak();
  await editor.show('Findings');
  await editor.evaluated();
  await editor.preview('Transcoders');
  await editor.press('Mod+F');
  await page.keyboard.type('a');
  const find = page.getByRole('search');
  await expect(find.getByRole('listbox')).toBeVisible();
  // both grow with what they say, so that they are looked at until they stand
  await expect.poll(async () => {
    const [bar, field] = [await boxOf(editor.previewBar), await boxOf(find)];
    return field.y - bar.y - bar.height;
  }).toBeGreaterThanOrEqual(0);
  await page.keyboard.press('Escape');
  await editor.cancelPreview();
  await page.setViewportSize({ width: 1000, height: 700 });
  const details = page.locator('[data-region="right"]');
  // the window is told of its new size a moment later: until then the key would close the wide panel
  await expect(details).toHaveAttribute('data-kind', 'rail');
  await editor.press('Mod+I');
  await expect(details).toHaveAttribute('data-kind', 'overlay');
  const strip = page.locator('[data-region="bottom"]');
  await expect.poll(async () => { const { x, width } = await boxOf(strip); return Math.round(x + width); }).toBe(1000);
  await expect.poll(async () => {
    const [panel, below] = [await boxOf(details), await boxOf(strip)];
    return panel.y + panel.height - below.y;
  }).toBeLessThanOrEqual(1);
});
