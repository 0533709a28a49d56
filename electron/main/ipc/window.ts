import { Menu } from 'electron';
import { toMenuTemplate } from '../menu.ts';
import type { MainWindow } from '../window.ts';
import type { Handle } from './handle.ts';

/** `menu:*` and `window:*`: the menu bar as data, the title, and closing. */
export function registerWindowHandlers(handle: Handle, window: MainWindow): void {
  handle('menu:set', (description) => {
    const template = toMenuTemplate(description, (id) => window.send('menu:command', id));
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  });
  handle('window:set-state', (state) => window.setState(state));
  handle('window:close', () => window.browser.close());
  handle('window:answer-close', (close) => window.answerClose(close));
}
