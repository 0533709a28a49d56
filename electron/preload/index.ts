import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { BRIDGE_KEY, type HostBridge } from '../../shared/ipc/bridge.ts';
import type { EventChannel, HostEvents, RequestArgs, RequestChannel, RequestResults } from '../../shared/ipc/channels.ts';
import { pathForFile } from './compat.ts';

function ask<C extends RequestChannel>(channel: C): (...args: RequestArgs<C>) => Promise<RequestResults[C]> {
  return (...args) => ipcRenderer.invoke(channel, ...args);
}

function on<C extends EventChannel>(channel: C): (listener: (...args: HostEvents[C]) => void) => () => void {
  return (listener) => {
    // the page never sees the event object: it would hand out the sender
    const forward = (_event: unknown, ...args: unknown[]): void => listener(...(args as HostEvents[C]));
    ipcRenderer.on(channel, forward);
    return () => void ipcRenderer.off(channel, forward);
  };
}

const bridge: HostBridge = {
  getInfo: ask('app:info'),
  ready: ask('app:ready'),
  openFiles: ask('files:open'),
  readDropped: (files) =>
    ipcRenderer.invoke(
      'files:read-dropped' satisfies RequestChannel,
      files.map((file) => (file instanceof File ? pathForFile(file, webUtils) : '')).filter((path) => path !== ''),
    ),
  reopenFile: ask('files:reopen'),
  readRelated: ask('files:read-related'),
  saveFile: ask('files:save'),
  saveFileAs: ask('files:save-as'),
  exportFile: ask('files:export'),
  listRecentFiles: ask('recents:list'),
  forgetRecentFiles: ask('recents:forget'),
  setMenu: ask('menu:set'),
  setWindowState: ask('window:set-state'),
  closeWindow: ask('window:close'),
  answerClose: ask('window:answer-close'),
  openLink: ask('links:open'),
  onMenuCommand: on('menu:command'),
  onOpenFile: on('files:opened'),
  onCloseRequested: on('window:close-requested'),
};

contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge);
