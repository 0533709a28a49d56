import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { Design } from '../../shared/model/design.ts';
import { printPlumb } from '../../shared/model/plumb-file.ts';
import { EditorDriver } from '../e2e/support/editor-driver.ts';
import type { FileDialogs } from '../e2e/support/file-dialogs.ts';
import { expect, test } from '../e2e/support/fixtures.ts';

const shots = fileURLToPath(new URL('../../shots', import.meta.url));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
] as const;

/** Time in which fades and camera moves end. */
const AT_REST_MS = 300;

let folder = '';

/** Open a drawing from a file and evaluate it. */
export async function openDrawing(editor: EditorDriver, drawing: Design): Promise<void> {
  const file = path.join(folder, `${drawing.name ?? 'drawing'}.plumb`);
  await writeFile(file, printPlumb(drawing));
  await editor.open(file);
  await editor.press('Alt+2');
}

/** Takes pictures of one window in one theme. */
export interface Shooter {
  /** As the window stands, the pointer and the focus away from it. */
  readonly shoot: (state: string) => Promise<void>;
  /** Exactly as it stands: an open menu, a drag that goes on. */
  readonly shootAsIs: (state: string) => Promise<void>;
}

function shooterOf(page: Page, suffix: string): Shooter {
  const shootAsIs = async (state: string): Promise<void> => {
    await page.waitForTimeout(AT_REST_MS);
    await page.screenshot({ path: `${shots}/${state}-${suffix}.png` });
  };
  const shoot = async (state: string): Promise<void> => {
    await page.mouse.move((page.viewportSize()?.width ?? 0) / 2, 2);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await shootAsIs(state);
  };
  return { shoot, shootAsIs };
}

type Scene = (editor: EditorDriver, shooter: Shooter, page: Page, dialogs: FileDialogs) => Promise<void>;

/** A test that is run in both themes and both window sizes. `contrast` asks for high contrast, as a system does. */
export function photograph(title: string, scene: Scene, { contrast = false } = {}): void {
  for (const theme of ['light', 'dark'] as const) {
    for (const size of SIZES) {
      const suffix = `${theme}-${size.width}x${size.height}`;
      test.describe(suffix, () => {
        test.use({ viewport: { ...size } });
        test(title, async ({ page, dialogs }) => {
          test.slow();
          folder = await mkdtemp(path.join(tmpdir(), 'plumbline-shots-'));
          await page.emulateMedia({ colorScheme: theme, contrast: contrast ? 'more' : null });
          await scene(new EditorDriver(page, dialogs), shooterOf(page, suffix), page, dialogs);
          await rm(folder, { recursive: true, force: true });
        });
      });
    }
  }
}

/** Turn the wheel over the middle of the paper until the zoom is exactly this, in whole percent. */
export async function zoomTo(page: Page, editor: EditorDriver, percent: number): Promise<void> {
  const button = page.getByRole('button', { name: /^Zoom, \d+ percent$/ });
  const box = await editor.canvas.boundingBox();
  if (box === null) throw new Error('The canvas is not on screen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(async () => {
    const now = Number(/\d+/.exec((await button.getAttribute('aria-label')) ?? '')?.[0]);
    if (now === percent) return;
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -500 * Math.log2(percent / now));
    await page.keyboard.up('Control');
    await expect(button).toHaveAccessibleName(`Zoom, ${percent} percent`, { timeout: 500 });
  }).toPass();
}
