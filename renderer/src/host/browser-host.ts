import type { HostApi, HostError, HostInfo, HostPlatform, SavedFile, SaveRequest } from '../../../shared/ipc/host-api.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import { chooseFiles, choosePlace, download, filePickers } from './browser-dialogs.ts';
import { createFileTable, type FileTable } from './browser-files.ts';

type Bytes = string | Uint8Array<ArrayBuffer>;

function platformOf(agent: string): HostPlatform {
  if (/Mac|iPhone|iPad/.test(agent)) return 'darwin';
  if (/Windows/.test(agent)) return 'win32';
  return /Linux|X11/.test(agent) ? 'linux' : 'other';
}

function describe(): HostInfo {
  const savesInPlace = filePickers() !== null;
  return {
    skin: 'browser',
    platform: platformOf(navigator.userAgent),
    version: __APP_VERSION__,
    storage: savesInPlace
      ? 'Documents are kept in this browser until you save them to a file.'
      : 'Documents are kept in this browser until you download them.',
    savesInPlace,
  };
}

function writeError(error: unknown, name: string): HostError {
  const kind = error instanceof DOMException ? error.name : '';
  const asBefore = 'The file is as it was; your changes are still in this window.';
  if (kind === 'QuotaExceededError') return { code: 'disk-full', message: `The disk is full. ${asBefore}`, name };
  if (kind === 'NotAllowedError') {
    return { code: 'no-permission', message: `The browser was not allowed to write ${name}. ${asBefore}`, name };
  }
  if (kind === 'NotFoundError') return { code: 'not-found', message: `${name} does not exist any more. Save it elsewhere.`, name };
  return { code: 'failed', message: `${name} could not be saved. ${asBefore}`, name };
}

/** The browser writes to a copy and puts it in place when the stream is closed, so a failure keeps the old file. */
async function writeTo(handle: FileSystemFileHandle, data: Bytes): Promise<void> {
  const stream = await handle.createWritable();
  try {
    await stream.write(data);
  } catch (error) {
    await stream.abort();
    throw error;
  }
  await stream.close();
}

async function saveAs(table: FileTable, request: SaveRequest, data: Bytes): Promise<Result<SavedFile | null, HostError>> {
  const pickers = filePickers();
  const name = request.suggestedName;
  try {
    if (pickers === null) {
      download(name, data);
      return ok({ ref: null, name, folder: null });
    }
    const handle = await choosePlace(pickers, request);
    if (handle === null) return ok(null);
    await writeTo(handle, data);
    return ok({ ref: table.remember(handle), name: handle.name, folder: null });
  } catch (error) {
    return err(writeError(error, name));
  }
}

function fileMethods(table: FileTable): Pick<HostApi, 'openFiles' | 'readDropped' | 'reopenFile' | 'readRelated' | 'saveFile' | 'saveFileAs' | 'exportFile'> {
  return {
    openFiles: async (request) => {
      try {
        return await table.readAll(await chooseFiles(request));
      } catch {
        return err({ code: 'failed', message: 'The browser did not hand over the file.' });
      }
    },
    readDropped: (files) => table.readAll(files.map((file) => ({ file }))),
    reopenFile: async (ref) => {
      const known = table.find(ref);
      if (known === undefined) return err({ code: 'not-found', message: 'Choose the file again: the page was loaded anew.' });
      const file = known.handle === undefined ? known.file : await known.handle.getFile().catch(() => known.file);
      const read = await table.readAll([{ ...known, file }]);
      const first = read.ok ? read.value[0] : undefined;
      if (!read.ok) return read;
      return first === undefined ? err({ code: 'failed', message: 'The file could not be read.' }) : ok(first);
    },
    readRelated: table.readRelated,
    saveFile: async (ref, text) => {
      const known = table.find(ref);
      const name = known?.file.name ?? 'document.plumb';
      try {
        if (known?.handle === undefined) {
          download(name, text);
          return ok({ ref: null, name, folder: null });
        }
        await writeTo(known.handle, text);
        return ok({ ref, name, folder: null });
      } catch (error) {
        return err(writeError(error, name));
      }
    },
    saveFileAs: (request, text) => saveAs(table, request, text),
    exportFile: (request, bytes) => saveAs(table, request, new Uint8Array(bytes)),
  };
}

/** The host in a browser tab: uploads and downloads, or file handles where the browser has them. */
export function createBrowserHost(): HostApi {
  let edited = false;
  window.addEventListener('beforeunload', (event) => {
    if (edited) event.preventDefault();
  });
  const nothing = (): (() => void) => () => undefined;
  return {
    info: describe(),
    ...fileMethods(createFileTable()),
    listRecentFiles: async () => [],
    forgetRecentFiles: async () => undefined,
    setMenu: async () => undefined,
    onMenuCommand: nothing,
    onOpenFile: nothing,
    ready: async () => undefined,
    setWindowState: async (state) => {
      document.title = state.title;
      edited = state.edited;
    },
    onCloseRequested: nothing,
    closeWindow: async () => undefined,
    openLink: async (url) => {
      if (!url.startsWith('https://')) return false;
      window.open(url, '_blank', 'noopener,noreferrer');
      return true;
    },
  };
}
