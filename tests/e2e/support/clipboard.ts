import type { Page } from '@playwright/test';

/** What a clipboard holds, by type. */
export type ClipboardData = Readonly<Record<string, string>>;

/** What a copy (or cut) puts on the clipboard, as another window would find it. */
export function takeCopy(page: Page, type: 'copy' | 'cut' = 'copy'): Promise<ClipboardData> {
  return page.evaluate((name) => {
    const data = new DataTransfer();
    window.dispatchEvent(new ClipboardEvent(name, { clipboardData: data, cancelable: true }));
    return Object.fromEntries([...data.types].map((kind) => [kind, data.getData(kind)]));
  }, type);
}

/** Paste what another window, or another program, put on the clipboard. */
export function pasteFrom(page: Page, content: ClipboardData): Promise<void> {
  return page.evaluate((entries) => {
    const data = new DataTransfer();
    for (const [kind, value] of Object.entries(entries)) data.setData(kind, value);
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }));
  }, content);
}
