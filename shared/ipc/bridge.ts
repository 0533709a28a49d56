import type { RequestArgs, RequestChannel, RequestResults } from './channels.ts';
import type { DroppedFile, HostApi, Unsubscribe } from './host-api.ts';

type Call<C extends RequestChannel> = (...args: RequestArgs<C>) => Promise<RequestResults[C]>;

/** The functions the preload script exposes to the page as `window.plumbline`: named calls, no channel names. */
export interface HostBridge {
  readonly getInfo: Call<'app:info'>;
  readonly ready: Call<'app:ready'>;
  readonly openFiles: Call<'files:open'>;
  readonly readDropped: (files: readonly DroppedFile[]) => Promise<RequestResults['files:read-dropped']>;
  readonly reopenFile: Call<'files:reopen'>;
  readonly readRelated: Call<'files:read-related'>;
  readonly saveFile: Call<'files:save'>;
  readonly saveFileAs: Call<'files:save-as'>;
  readonly exportFile: Call<'files:export'>;
  readonly listRecentFiles: Call<'recents:list'>;
  readonly forgetRecentFiles: Call<'recents:forget'>;
  readonly setMenu: Call<'menu:set'>;
  readonly setWindowState: Call<'window:set-state'>;
  readonly closeWindow: Call<'window:close'>;
  readonly answerClose: Call<'window:answer-close'>;
  readonly openLink: Call<'links:open'>;
  readonly onMenuCommand: HostApi['onMenuCommand'];
  readonly onOpenFile: HostApi['onOpenFile'];
  readonly onCloseRequested: (listener: () => void) => Unsubscribe;
}

/** Where the preload script puts the bridge on the page's global object. */
export const BRIDGE_KEY = 'plumbline';
