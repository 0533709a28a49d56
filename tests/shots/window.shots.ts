import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Design } from '../../shared/model/design.ts';
import { printPlumb } from '../../shared/model/plumb-file.ts';
import { EditorDriver } from '../e2e/support/editor-driver.ts';
import { test } from '../e2e/support/fixtures.ts';
import { crowdedDrawing, smallDrawing } from './drawings.ts';

const shots = fileURLToPath(new URL('../../shots', import.meta.url));
const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
] as const;

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-shots-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

async function openDrawing(editor: EditorDriver, drawing: Design): Promise<void> {
  const file = path.join(folder, `${drawing.name ?? 'drawing'}.plumb`);
  await writeFile(file, printPlumb(drawing));
  await editor.open(file);
  await editor.press('Alt+2');
}

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    const suffix = `${theme}-${size.width}x${size.height}`;
    const shooter = (editor: EditorDriver) => async (state: string) => {
      await editor.page.mouse.move(size.width / 2, 2);
      await editor.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await editor.page.waitForTimeout(300);
      await editor.page.screenshot({ path: `${shots}/${state}-${suffix}.png` });
    };

    test.describe(suffix, () => {
      test.use({ viewport: { ...size } });
      test.beforeEach(({ page }) => page.emulateMedia({ colorScheme: theme }));

      test('start and empty sheet', async ({ page, dialogs }) => {
        const editor = new EditorDriver(page, dialogs);
        const shoot = shooter(editor);
        await shoot('start');
        await editor.draw();
        await shoot('empty');
      });

      test('small drawing', async ({ page, dialogs }) => {
        const editor = new EditorDriver(page, dialogs);
        const shoot = shooter(editor);
        await openDrawing(editor, smallDrawing());
        await editor.evaluated();
        await shoot('small-evaluate');
        await editor.turnToNextBreak();
        await shoot('small-saturated');
        await editor.turnBack();
        await editor.select('Shop API');
        await shoot('small-component');
        await editor.selectConnection('connection-api>db');
        await shoot('small-connection');
        await editor.selectNothing();
        await editor.press('Mod+A');
        await shoot('small-selected');
        await editor.press('Escape');
        await editor.press('Alt+1');
        await shoot('small-whiteboard');
        await editor.press('Alt+2');
        await page.getByRole('button', { name: 'Commands' }).click();
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${shots}/commands-${suffix}.png` });
        await page.keyboard.press('Escape');
        await editor.press('?');
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${shots}/shortcuts-${suffix}.png` });
      });

      test('the example', async ({ page, dialogs }) => {
        const editor = new EditorDriver(page, dialogs);
        const shoot = shooter(editor);
        await editor.openExample();
        await shoot('example');
        await editor.turnToNextBreak();
        await editor.show('Findings');
        await editor.evaluated();
        await shoot('example-findings');
        await editor.openFinding('Transcoders');
        await shoot('example-finding-open');
        await editor.openFinding('Transcoders', false);
        await editor.preview('Transcoders');
        await shoot('example-preview');
        await editor.cancelPreview();
        await editor.show('Scores');
        await shoot('example-scores');
        await editor.explain('Availability', 4);
        await shoot('example-scores-why');
        for (const tab of ['Journeys', 'Breaking order', 'Cost'] as const) {
          await editor.show(tab);
          await shoot(`example-${tab.toLowerCase().replace(' ', '-')}`);
        }
      });

      test('sixty components', async ({ page, dialogs }) => {
        const editor = new EditorDriver(page, dialogs);
        const shoot = shooter(editor);
        await openDrawing(editor, crowdedDrawing());
        await editor.evaluated();
        await shoot('crowded-evaluate');
        await editor.turnToNextBreak();
        await editor.turnToNextBreak();
        await shoot('crowded-loaded');
        await editor.turnBack();
        await editor.press('Mod+0');
        await shoot('crowded-full-size');
        await editor.press('Alt+1');
        await editor.press('Shift+Digit1');
        await shoot('crowded-whiteboard');
      });
    });
  }
}
