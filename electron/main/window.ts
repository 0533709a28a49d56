import { BrowserWindow, dialog, nativeTheme } from 'electron';
import type { EventChannel, HostEvents } from '../../shared/ipc/channels.ts';
import { isPageUrl, PAGE } from './protocol.ts';

const paper = { light: '#F7F6F1', dark: '#141210' };

/** The one window, its unsaved state, and the messages sent to its page. */
export interface MainWindow {
  readonly browser: BrowserWindow;
  send<C extends EventChannel>(channel: C, ...args: HostEvents[C]): void;
  setState(state: { readonly title: string; readonly edited: boolean }): void;
  /** The page's answer to `window:close-requested`. */
  answerClose(close: boolean): void;
  focus(): void;
}

function createBrowserWindow(preload: string): BrowserWindow {
  return new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Plumbline',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
}

async function askWhenSilent(browser: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(browser, {
    type: 'warning',
    message: 'This window does not answer.',
    detail: 'Changes since the last save are lost if it is closed now.',
    buttons: ['Wait', 'Close without saving'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

/** Bring the page back after its process died; drafts restore the work. A second death within 10 s asks first. */
function recoverFromCrash(browser: BrowserWindow): void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  browser.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const again = performance.now() - lastCrash < 10_000;
    lastCrash = performance.now();
    if (!again) {
      browser.webContents.reload();
      return;
    }
    void dialog
      .showMessageBox(browser, {
        type: 'error',
        message: 'The drawing stopped twice in ten seconds.',
        detail: 'The files on disk are as they were last saved.',
        buttons: ['Load it again', 'Close'],
      })
      .then(({ response }) => (response === 0 ? browser.webContents.reload() : browser.destroy()));
  });
}

/** Open the window on the page. It shows itself once the first frame is painted. */
export function openMainWindow(preload: string): MainWindow {
  const browser = createBrowserWindow(preload);
  let edited = false;
  let silent = false;
  browser.on('unresponsive', () => (silent = true));
  browser.on('responsive', () => (silent = false));
  browser.once('ready-to-show', () => browser.show());
  browser.on('page-title-updated', (event) => event.preventDefault());
  recoverFromCrash(browser);
  // about:blank is the one address whose navigation cannot be prevented: come back at once
  browser.webContents.on('did-navigate', (_event, url) => {
    if (!isPageUrl(url)) void browser.loadURL(PAGE.url);
  });

  const window: MainWindow = {
    browser,
    send: (channel, ...args) => browser.webContents.send(channel, ...args),
    setState: (state) => {
      edited = state.edited;
      browser.setTitle(state.title);
      browser.setDocumentEdited(state.edited);
    },
    answerClose: (close) => {
      if (close && !browser.isDestroyed()) browser.destroy();
    },
    focus: () => {
      if (browser.isMinimized()) browser.restore();
      browser.show();
      browser.focus();
    },
  };

  browser.on('close', (event) => {
    if (!edited) return;
    event.preventDefault();
    if (silent || browser.webContents.isCrashed()) void askWhenSilent(browser).then(window.answerClose);
    else window.send('window:close-requested');
  });
  void browser.loadURL(PAGE.url);
  return window;
}
