import { ipcMain } from 'electron';
import type { Services } from '../services/index.ts';
import type { MainWindow } from '../window.ts';
import { registerAppHandlers } from './app.ts';
import { registerFileHandlers } from './files.ts';
import { createHandle } from './handle.ts';
import { registerLinkHandlers } from './links.ts';
import { registerRecentHandlers } from './recents.ts';
import { registerWindowHandlers } from './window.ts';

/** Register every handler of the channel map. */
export function registerHandlers(services: Services, window: MainWindow): void {
  const { handle } = createHandle(ipcMain);
  registerAppHandlers(handle, services, window);
  registerFileHandlers(handle, services, window);
  registerRecentHandlers(handle, services);
  registerWindowHandlers(handle, window);
  registerLinkHandlers(handle, window);
}
