import { test as base, expect, type ElectronApplication, type Page } from '@playwright/test';
import { startDesktop, type Desktop } from './desktop.ts';
import { browserDialogs, desktopDialogs, type FileDialogs } from './file-dialogs.ts';
import { watchViolations } from './violations.ts';

/** The skin a project tests: the page in Chromium, or the desktop app on a real Electron. */
export interface SkinOptions {
  skin: 'browser' | 'desktop';
}

interface Fixtures {
  /** The running desktop app; null in the browser skin. */
  desktop: Desktop | null;
  /** The app's window or tab, loaded. The test fails if the content security policy blocks anything in it. */
  page: Page;
  /** Answers file dialogs in either skin. */
  dialogs: FileDialogs;
}

async function openTab(page: Page): Promise<Page> {
  // the system's own pickers cannot be driven; without them the page uploads and downloads
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showOpenFilePicker');
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
  await page.goto('/');
  return page;
}

async function openWindow(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return page;
}

/** One spec, two skins: `page` is the app's page whichever project runs the test. */
export const test = base.extend<Fixtures & SkinOptions>({
  skin: ['browser', { option: true }],

  desktop: async ({ skin }, use) => {
    if (skin === 'browser') {
      await use(null);
      return;
    }
    const desktop = await startDesktop();
    await use(desktop);
    await desktop.close();
  },

  page: async ({ desktop, browser, contextOptions, baseURL, viewport }, use, testInfo) => {
    if (desktop !== null) {
      const page = await openWindow(desktop.app);
      const violations = watchViolations(page);
      await use(page);
      if (testInfo.status !== testInfo.expectedStatus && !page.isClosed()) {
        await testInfo.attach('window', { body: await page.screenshot(), contentType: 'image/png' });
      }
      expect(await violations.all(), 'blocked by the content security policy').toEqual([]);
      return;
    }
    const context = await browser.newContext({ ...contextOptions, viewport, ...(baseURL === undefined ? {} : { baseURL }) });
    const tab = await context.newPage();
    const violations = watchViolations(tab);
    await use(await openTab(tab));
    expect(await violations.all(), 'blocked by the content security policy').toEqual([]);
    await context.close();
  },

  dialogs: async ({ desktop, page }, use) => {
    await use(desktop === null ? browserDialogs(page) : desktopDialogs(desktop.app));
  },
});

export { expect };
