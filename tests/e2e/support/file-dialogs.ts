import { readFile } from 'node:fs/promises';
import type { ElectronApplication, Page } from '@playwright/test';

/** Answers the system's file dialogs, which no test can click, the same way in both skins. */
export interface FileDialogs {
  /** Do `act`, which opens a file dialog, and choose these files in it. */
  choose(files: readonly string[], act: () => Promise<unknown>): Promise<void>;
  /** Do `act`, which saves under a new name; returns what was written. On the desktop it goes to `file`. */
  saveTo(file: string, act: () => Promise<unknown>): Promise<Buffer>;
}

/** In a tab without file access: an upload control and the download list. */
export function browserDialogs(page: Page): FileDialogs {
  return {
    choose: async (files, act) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), act()]);
      await chooser.setFiles([...files]);
    },
    saveTo: async (file, act) => {
      const [download] = await Promise.all([page.waitForEvent('download'), act()]);
      await download.saveAs(file);
      return readFile(file);
    },
  };
}

async function waitForFile(file: string, since: number): Promise<Buffer> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { mtimeMs } = await import('node:fs/promises').then((fs) => fs.stat(file)).catch(() => ({ mtimeMs: -1 }));
    if (mtimeMs >= since) return readFile(file);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${file} was not written within 5 s`);
}

/** On the desktop: Electron's dialog calls, answered in the main process. */
export function desktopDialogs(app: ElectronApplication): FileDialogs {
  return {
    choose: async (files, act) => {
      await app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
      }, [...files]);
      await act();
    },
    saveTo: async (file, act) => {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      }, file);
      // file systems keep coarser times than the clock
      const since = Date.now() - 20;
      await act();
      return waitForFile(file, since);
    },
  };
}
