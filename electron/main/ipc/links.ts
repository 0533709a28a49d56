import { dialog, shell } from 'electron';
import type { MainWindow } from '../window.ts';
import type { Handle } from './handle.ts';

/** The address as the system will open it, or null unless it is plain https without credentials. */
export function safeLink(url: string): string | null {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' && parsed.username === '' && parsed.password === '' ? parsed.href : null;
  } catch {
    return null;
  }
}

/** `links:*`: the only place that opens an address outside the app, and only after the user agreed to it. */
export function registerLinkHandlers(handle: Handle, window: MainWindow): void {
  handle('links:open', async (url) => {
    const link = safeLink(url);
    if (link === null) return false;
    const { response } = await dialog.showMessageBox(window.browser, {
      type: 'question',
      message: 'Open this address in your browser?',
      detail: link,
      buttons: ['Open', 'Cancel'],
      defaultId: 0,
      cancelId: 1,
    });
    if (response !== 0) return false;
    await shell.openExternal(link);
    return true;
  });
}
