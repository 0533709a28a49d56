import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

/** Long enough for a second reaction to the same key to show. */
const SETTLED_MS = 400;

// only X has a keyboard that another process can press
if (process.platform === 'linux') {
  test('one real Ctrl+Z is one undo', async ({ page, dialogs, desktop }) => {
    const display = desktop?.display ?? null;
    if (desktop === null || display === null) throw new Error('This test needs Xvfb');
    const editor = await new EditorDriver(page, dialogs).draw();
    for (const name of ['Client', 'Service', 'Redis']) await editor.addFromPalette(name);
    // the menu shows the key as well: only one of the two may act on it
    const shown = () => desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('edit.undo')?.accelerator?.toString());
    await expect.poll(shown).toBe('CmdOrCtrl+Z');
    await editor.canvas.focus();
    await display.focus('Plumbline');
    await page.evaluate(() => {
      const seen: string[] = [];
      Reflect.set(globalThis, 'seenKeys', seen);
      addEventListener('keydown', (event) => void (event.isTrusted && seen.push(event.code)), true);
    });
    const after = async (expected: number, ...keys: readonly string[]): Promise<void> => {
      await display.press(...keys);
      await expect(editor.components).toHaveCount(expected);
      await page.waitForTimeout(SETTLED_MS);
      await expect(editor.components).toHaveCount(expected);
    };
    await after(2, 'ctrl+z');
    await after(1, 'ctrl+z');
    await after(2, 'ctrl+shift+z');
    await after(3, 'ctrl+y');
    await after(0, 'ctrl+a', 'Delete');
    await after(3, 'ctrl+z');
    expect(await page.evaluate(() => (Reflect.get(globalThis, 'seenKeys') as string[]).filter((code) => code === 'KeyZ').length)).toBe(4);
  });
}
