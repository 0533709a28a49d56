import { dialog } from 'electron';
import path from 'node:path';
import type { FileKind, HostError, SavedFile, SaveRequest } from '../../../shared/ipc/host-api.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import { DOCUMENT_EXTENSION } from '../services/files.ts';
import type { Services } from '../services/index.ts';
import type { MainWindow } from '../window.ts';
import type { Handle } from './handle.ts';

function toFilters(kinds: readonly FileKind[]): { name: string; extensions: string[] }[] {
  return kinds.map((kind) => ({ name: kind.label, extensions: [...kind.extensions] }));
}

function isDocument(file: string): boolean {
  return path.extname(file).toLowerCase() === DOCUMENT_EXTENSION;
}

async function askAndWrite(
  services: Services,
  window: MainWindow,
  request: SaveRequest,
  data: string | Uint8Array,
): Promise<Result<SavedFile | null, HostError>> {
  const answer = await dialog.showSaveDialog(window.browser, {
    title: request.title,
    defaultPath: path.basename(request.suggestedName),
    filters: toFilters(request.kinds),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (answer.canceled || answer.filePath === undefined || answer.filePath === '') return ok(null);
  const extension = request.kinds[0]?.extensions[0];
  const file = path.extname(answer.filePath) === '' && extension !== undefined ? `${answer.filePath}.${extension}` : answer.filePath;
  services.files.allowWriting(file);
  return services.files.write(file, data);
}

/** `files:*`: dialogs, reading and writing. Paths are checked by the file service, not here. */
export function registerFileHandlers(handle: Handle, services: Services, window: MainWindow): void {
  const { files, recents, related } = services;
  const remember = async (file: string): Promise<void> => {
    related.restart(path.resolve(file));
    if (isDocument(file)) await recents.add(file);
  };

  handle('files:open', async (request) => {
    const answer = await dialog.showOpenDialog(window.browser, {
      title: request.title,
      filters: toFilters(request.kinds),
      properties: request.multiple === true ? ['openFile', 'multiSelections'] : ['openFile'],
    });
    if (answer.canceled) return ok([]);
    files.allowReading(answer.filePaths);
    const result = await files.readAll(answer.filePaths);
    if (result.ok) for (const file of answer.filePaths) await remember(file);
    return result;
  });

  handle('files:read-dropped', async (paths) => {
    const chosen = paths.filter((file) => path.isAbsolute(file));
    files.allowReading(chosen);
    const result = await files.readAll(chosen);
    if (result.ok) for (const file of chosen) await remember(file);
    return result;
  });

  handle('files:reopen', async (file) => {
    const result = await files.read(file);
    if (result.ok) await remember(file);
    return result;
  });

  handle('files:read-related', (file, paths) => {
    if (files.mayRead(file)) return related.read(path.resolve(file), paths);
    return { files: {}, notFollowed: paths.map((relative) => ({ path: relative, reason: 'outside the chosen folder' })) };
  });

  handle('files:save', async (file, text) => {
    if (!path.isAbsolute(file)) return err({ code: 'not-allowed', message: 'Save the document under a name first.' });
    const result = await files.write(file, text);
    if (result.ok) await remember(file);
    return result;
  });

  handle('files:save-as', async (request, text) => {
    const result = await askAndWrite(services, window, request, text);
    if (result.ok && result.value?.ref) await remember(result.value.ref);
    return result;
  });

  handle('files:export', (request, bytes) => askAndWrite(services, window, request, bytes));
}
