import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { HostBridge } from '../../shared/ipc/bridge.ts';
import { startDesktop } from './support/desktop.ts';
import { expect, test } from './support/fixtures.ts';

const kinds = [{ label: 'Plumbline document', extensions: ['plumb'] }];

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-files-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

function call<Name extends keyof HostBridge>(page: Page, name: Name, ...args: unknown[]): Promise<unknown> {
  return page.evaluate(
    ([member, words]) => (Reflect.get(globalThis, 'plumbline') as Record<string, (...all: unknown[]) => unknown>)[member]?.(...words),
    [name, args] as const,
  );
}

test('open, save, save as and recent files, through dialogs', async ({ page, dialogs }) => {
  const first = path.join(folder, 'first.plumb');
  const second = path.join(folder, 'second');
  await writeFile(first, 'one');
  let opened: unknown;
  await dialogs.choose([first], async () => {
    opened = await call(page, 'openFiles', { title: 'Open', kinds });
  });
  expect(opened).toEqual({ ok: true, value: [{ ref: first, name: 'first.plumb', folder, text: 'one' }] });

  expect(await call(page, 'saveFile', first, 'two')).toMatchObject({ ok: true });
  expect(await readFile(first, 'utf8')).toBe('two');
  expect(await call(page, 'saveFile', path.join(folder, 'never-chosen.plumb'), 'x')).toMatchObject({ ok: false, error: { code: 'not-allowed' } });

  const request = { title: 'Save as', suggestedName: 'second.plumb', kinds };
  // a name typed without an extension gets the one of the document
  await dialogs.saveTo(second, async () => {
    expect(await call(page, 'saveFileAs', request, 'three')).toMatchObject({ ok: true, value: { ref: `${second}.plumb` } });
    await writeFile(second, '');
  });
  expect(await readFile(`${second}.plumb`, 'utf8')).toBe('three');
  expect(await call(page, 'listRecentFiles')).toMatchObject([{ ref: `${second}.plumb` }, { ref: first }]);
  await call(page, 'forgetRecentFiles', null);
  expect(await call(page, 'listRecentFiles')).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['first.plumb', 'second', 'second.plumb']);
});

test('a dropped file is read by its real path, a made-up one is not', async ({ page }) => {
  const file = path.join(folder, 'dropped.plumb');
  await writeFile(file, 'dropped');
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'drop-probe' });
    document.body.append(input);
  });
  await page.setInputFiles('#drop-probe', file);
  const read = await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#drop-probe');
    const { readDropped } = Reflect.get(globalThis, 'plumbline') as HostBridge;
    return readDropped([...(input?.files ?? []), new File(['fake'], 'fake.plumb')]);
  });
  expect(read).toMatchObject({ ok: true, value: [{ ref: file, text: 'dropped' }] });
});

test('a file on the command line waits for the page', async () => {
  const file = path.join(folder, 'argument.plumb');
  await writeFile(file, 'argument');
  const desktop = await startDesktop({ files: [file] });
  try {
    const page = await desktop.app.firstWindow();
    await page.waitForLoadState('load');
    // the app may have taken it already; it is in the recent list either way
    await call(page, 'ready');
    await expect.poll(() => call(page, 'listRecentFiles')).toMatchObject([{ ref: file }]);
  } finally {
    await desktop.close();
  }
});
