import type { HostBridge } from '../../../shared/ipc/bridge.ts';
import type { HostApi } from '../../../shared/ipc/host-api.ts';

const noRelated = 'beside no file';

/** The host over the preload bridge: the main process does the work, this only gives it the page's shape. */
export async function createElectronHost(bridge: HostBridge): Promise<HostApi> {
  const info = await bridge.getInfo();
  return {
    info,
    openFiles: bridge.openFiles,
    readDropped: bridge.readDropped,
    reopenFile: bridge.reopenFile,
    readRelated: async (ref, paths) =>
      ref === null
        ? { files: {}, notFollowed: paths.map((path) => ({ path, reason: noRelated })) }
        : bridge.readRelated(ref, [...paths]),
    saveFile: bridge.saveFile,
    saveFileAs: bridge.saveFileAs,
    exportFile: bridge.exportFile,
    listRecentFiles: bridge.listRecentFiles,
    forgetRecentFiles: bridge.forgetRecentFiles,
    setMenu: bridge.setMenu,
    onMenuCommand: bridge.onMenuCommand,
    onOpenFile: bridge.onOpenFile,
    ready: bridge.ready,
    setWindowState: bridge.setWindowState,
    onCloseRequested: (listener) =>
      bridge.onCloseRequested(() => {
        void listener().then(
          (close) => bridge.answerClose(close),
          () => bridge.answerClose(false),
        );
      }),
    closeWindow: bridge.closeWindow,
    openLink: bridge.openLink,
  };
}
