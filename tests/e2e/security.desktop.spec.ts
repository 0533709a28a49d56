import { test as base, expect, type ElectronApplication, type Page } from '@playwright/test';
import { startDesktop, type Desktop } from './support/desktop.ts';
import { watchViolations } from './support/violations.ts';

/**
 * Attacks on the desktop window. What the policy blocks here is the point, so the shared page fixture is not used. All of
 * them are on one running app, whose page is loaded anew for each: what one did to it is gone for the next.
 */
const test = base.extend<{ window: Page }, { attacked: Desktop }>({
  attacked: [
    async ({}, use) => {
      const desktop = await startDesktop();
      await use(desktop);
      await desktop.close();
    },
    { scope: 'worker' },
  ],
  window: async ({ attacked }, use) => {
    const window = await attacked.app.firstWindow();
    await window.reload();
    await use(window);
  },
});

// one after the other in one worker, whatever becomes of the one before
test.describe.configure({ mode: 'default' });

const bridgeFunctions = [
  ...['answerClose', 'closeWindow', 'exportFile', 'forgetRecentFiles', 'getInfo', 'listRecentFiles', 'onCloseRequested', 'onMenuCommand'],
  ...['onOpenFile', 'openFiles', 'openLink', 'readDropped', 'readRelated', 'ready', 'reopenFile', 'saveFile', 'saveFileAs', 'setMenu'],
  'setWindowState',
];

function windowCount(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

test('every web contents is isolated and without Node', async ({ attacked, window }) => {
  const preferences = await attacked.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const read: unknown = Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? (Reflect.apply(read, contents, []) as Record<string, unknown>) : {};
    }),
  );
  expect(preferences.length).toBeGreaterThan(0);
  for (const one of preferences) {
    expect(one).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true });
    for (const risky of ['webviewTag', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'allowRunningInsecureContent', 'experimentalFeatures']) {
      expect(one[risky] ?? false).toBe(false);
    }
    expect(one.enableBlinkFeatures ?? '').toBe('');
  }
  expect(await window.evaluate(() => ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis))).toEqual([]);
});

test('the page is given named functions and nothing else', async ({ window }) => {
  const surface = await window.evaluate(() => Object.entries(Reflect.get(globalThis, 'plumbline') as object).map(([name, value]) => [name, typeof value]));
  expect(surface.sort()).toEqual(bridgeFunctions.sort().map((name) => [name, 'function']));
});

test('the policy blocks code and markup from strings', async ({ window }) => {
  const violations = watchViolations(window);
  const blocked = await window.evaluate(async () => {
    const found: string[] = [];
    const attempt = (name: string, act: () => unknown): void => {
      try {
        act();
      } catch {
        found.push(name);
      }
    };
    // evaluated code itself is exempt from the policy; a timer's callback is not
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        attempt('eval', () => Reflect.apply(Reflect.get(globalThis, 'eval'), globalThis, ['1']));
        attempt('Function', () => Reflect.construct(Function, ['return 1']));
        attempt('string timer', () => Reflect.apply(setTimeout, globalThis, ['globalThis.timerRan = 1']));
        attempt('innerHTML', () => Reflect.set(document.createElement('div'), 'innerHTML', '<b>x</b>'));
        attempt('worker', () => Reflect.construct(Worker, ['/assets/x.js']));
        attempt('policy', () => (Reflect.get(globalThis, 'trustedTypes') as { createPolicy(name: string, rules: object): unknown }).createPolicy('other', {}));
        resolve();
      }),
    );
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red }';
    document.head.append(style);
    if (getComputedStyle(document.body).outlineWidth !== '7px') found.push('style element');
    document.body.setAttribute('style', 'outline-width: 9px; outline-style: solid');
    if (getComputedStyle(document.body).outlineWidth !== '9px') found.push('style attribute');
    if (!('timerRan' in globalThis) && !found.includes('string timer')) found.push('string timer');
    return found;
  });
  expect(blocked.sort()).toEqual(['Function', 'eval', 'innerHTML', 'policy', 'string timer', 'style attribute', 'style element', 'worker']);
  // what every other test relies on to fail: blocked acts are noticed
  expect((await violations.all()).length).toBeGreaterThanOrEqual(4);
});

test('nothing is fetched from outside, and nothing beside the page is served', async ({ window }) => {
  const answers = await window.evaluate(async () => {
    const status = async (url: string): Promise<string> => {
      try {
        return String((await fetch(url)).status);
      } catch {
        return 'refused';
      }
    };
    const urls = ['https://example.org/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'app://other/index.html', '/..%2fmain/index.cjs', '/../main/index.cjs', '/index.cjs', '/index.html'];
    return Promise.all(urls.map(status));
  });
  expect(answers.slice(0, 4).every((answer) => answer !== '200')).toBe(true);
  expect(answers.slice(4)).toEqual(['404', '404', '404', '200']);
});

test('the window neither leaves its page nor opens another', async ({ attacked, window }) => {
  const before = window.url();
  for (const url of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank']) {
    await window.evaluate((target) => {
      globalThis.open(target);
      const link = Object.assign(document.createElement('a'), { href: target, target: '_blank' });
      document.body.append(link);
      link.click();
      link.target = '';
      link.click();
      location.href = target;
    }, url).catch(() => undefined);
    await window.waitForTimeout(100);
    // about:blank cannot be prevented, only left again
    await expect.poll(() => window.url()).toBe(before);
    expect(await windowCount(attacked.app)).toBe(1);
  }
});

test('every permission is denied', async ({ window }) => {
  const states = await window.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    return Promise.all(names.map((name) => navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state, () => 'denied')));
  });
  expect(states).toEqual(states.map(() => 'denied'));
});

test('a link is opened only when it is https and the user agrees', async ({ attacked, window }) => {
  await attacked.app.evaluate(({ dialog, shell }) => {
    const log: string[] = [];
    Reflect.set(globalThis, 'openedLinks', log);
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as never;
    shell.openExternal = (url) => {
      log.push(url);
      return Promise.resolve();
    };
  });
  const answers = await window.evaluate(async () => {
    const { openLink } = Reflect.get(globalThis, 'plumbline') as { openLink(url: string): Promise<boolean> };
    const urls = ['https://example.org/a', 'http://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://user:pass@example.org/'];
    return Promise.all(urls.map((url) => openLink(url)));
  });
  expect(answers).toEqual([true, false, false, false, false]);
  expect(await attacked.app.evaluate(() => Reflect.get(globalThis, 'openedLinks') as string[])).toEqual(['https://example.org/a']);
});
