import type { Page } from '@playwright/test';
import { pasteFrom, takeCopy } from './support/clipboard.ts';
import { EditorDriver } from './support/editor-driver.ts';
import type { FileDialogs } from './support/file-dialogs.ts';
import { expect, test } from './support/fixtures.ts';

const FRAGMENT = 'application/x-plumbline+json';

async function drawn(page: Page, dialogs: FileDialogs): Promise<EditorDriver> {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.drop('Client', { x: 140, y: 160 });
  await editor.drop('Service', { x: 420, y: 160 });
  await editor.connect('Client', 'Service');
  return editor;
}

test('copy, paste, cut and duplicate by key, each one step, also into another drawing', async ({ page, dialogs }) => {
  const editor = await drawn(page, dialogs);

  await test.step('paste stands beside the original, is selected, and one undo takes it back', async () => {
    await editor.press('Mod+A');
    await editor.press('Mod+C');
    await editor.press('Mod+V');
    await expect(editor.components).toHaveCount(4);
    await expect(editor.connections).toHaveCount(2);
    await expect(editor.component('Service 2')).toHaveAttribute('data-selected', /.*/);
    await expect(editor.component('Service')).not.toHaveAttribute('data-selected', /.*/);
    const [original, copy] = [await editor.component('Service').boundingBox(), await editor.component('Service 2').boundingBox()];
    expect([Math.round((copy?.x ?? 0) - (original?.x ?? 0)), Math.round((copy?.y ?? 0) - (original?.y ?? 0))]).toEqual([24, 24]);
    await editor.undo();
    await expect(editor.components).toHaveCount(2);
    await editor.redo();
    await expect(editor.components).toHaveCount(4);
  });

  await test.step('cut takes the selection and its connection; undo brings both back', async () => {
    await editor.press('Mod+X');
    await expect(editor.components).toHaveCount(2);
    await expect(editor.connections).toHaveCount(1);
    await editor.undo();
    await expect(editor.components).toHaveCount(4);
    await editor.redo();
  });

  await test.step('duplicate keeps only the connections among the copies', async () => {
    await editor.select('Service');
    await editor.press('Mod+D');
    await expect(editor.components).toHaveCount(3);
    await expect(editor.connections).toHaveCount(1);
    await editor.undo();
  });

  await test.step('another open drawing takes what was cut', async () => {
    await editor.press('Mod+N');
    await expect(editor.components).toHaveCount(0);
    await editor.press('Mod+V');
    await expect(editor.components).toHaveCount(2);
    await expect(editor.connections).toHaveCount(1);
  });
});

test('the list of commands copies and pastes; a text field keeps its own clipboard', async ({ page, dialogs }) => {
  const editor = await drawn(page, dialogs);
  await editor.select('Service');
  await editor.command('Copy selection');
  await editor.command('Paste components');
  await expect(editor.components).toHaveCount(3);

  const search = page.getByRole('searchbox', { name: 'Add or search' });
  await search.fill('redis');
  await search.press('ControlOrMeta+A');
  await search.press('ControlOrMeta+C');
  await search.press('End');
  await search.press('ControlOrMeta+V');
  await expect(search).toHaveValue('redisredis');
  await expect(editor.components).toHaveCount(3);
});

test('the entries of the Edit menu act on the drawing', async ({ page, dialogs, desktop }) => {
  const editor = await drawn(page, dialogs);
  await editor.press('Mod+A');
  const choose = async (role: 'copy' | 'cut' | 'paste'): Promise<void> => {
    if (desktop === null) {
      await editor.press({ copy: 'Mod+C', cut: 'Mod+X', paste: 'Mod+V' }[role]);
      return;
    }
    await editor.canvas.focus();
    await desktop.app.evaluate(({ BrowserWindow, Menu }, name) => {
      const item = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []).find((entry) => entry.role === name);
      const [window] = BrowserWindow.getAllWindows();
      item?.click(undefined, window, window?.webContents);
    }, role);
  };
  await choose('copy');
  await choose('paste');
  await expect(editor.components).toHaveCount(4);
  await choose('cut');
  await expect(editor.components).toHaveCount(2);
});

test('a copy goes to another window, and is words for other programs', async ({ page, dialogs, desktop }) => {
  const editor = await drawn(page, dialogs);
  await editor.press('Mod+A');
  const copied = await takeCopy(page);
  expect(copied['text/plain']).toBe('Client > Service x2');
  const other = desktop === null ? await page.context().newPage() : page;
  const there = new EditorDriver(other, dialogs);
  if (other === page) {
    await editor.press('Mod+N');
  } else {
    await other.goto('/');
    await there.draw();
  }
  await expect(there.components).toHaveCount(0);
  await there.canvas.focus();
  await pasteFrom(other, copied);
  await expect(there.components).toHaveCount(2);
  await expect(there.connections).toHaveCount(1);
  await expect(there.component('Service')).toBeInViewport({ ratio: 1 });
});

test('whatever is on the clipboard, the drawing stays whole and the window says what happened', async ({ page, dialogs }) => {
  const editor = await drawn(page, dialogs);
  await editor.canvas.focus();
  const told = (text: RegExp) => expect(page.getByRole('alert').filter({ hasText: text })).toBeVisible();
  await pasteFrom(page, { [FRAGMENT]: '{"plumbline":' });
  await told(/cannot be read/);
  await pasteFrom(page, { [FRAGMENT]: 'x'.repeat(10_000_000) });
  await told(/too large/);
  await pasteFrom(page, { [FRAGMENT]: '{"plumbline":"fragment","version":99,"design":{}}' });
  await told(/newer Plumbline/);
  await expect(editor.components).toHaveCount(2);
  await pasteFrom(page, { [FRAGMENT]: '{"plumbline":"fragment","version":1,"design":{"__proto__":{"a":1},"nodes":{"n":{"type":"of-tomorrow","name":["?"],"params":7}}}}' });
  await expect(editor.components).toHaveCount(3);
  await expect(page.getByText(/could not be read and/)).toBeVisible();
  await pasteFrom(page, { 'text/plain': 'Ask about the limit\nbefore launch' });
  await expect(page.locator('[aria-roledescription="note"]')).toHaveCount(1);
  await editor.undo();
  await expect(page.locator('[aria-roledescription="note"]')).toHaveCount(0);
});
