import type { FileKind, OpenRequest, SaveRequest } from '../../../shared/ipc/host-api.ts';
import type { ChosenFile } from './browser-files.ts';

interface PickerType {
  readonly description: string;
  readonly accept: Readonly<Record<string, readonly string[]>>;
}

/** The File System Access calls that Chromium has and other browsers do not; absent from TypeScript's own types. */
interface FilePickers {
  showOpenFilePicker(options: { multiple: boolean; types: readonly PickerType[] }): Promise<FileSystemFileHandle[]>;
  showSaveFilePicker(options: { suggestedName: string; types: readonly PickerType[] }): Promise<FileSystemFileHandle>;
}

/** The browser's file pickers, or null where a page can only upload and download. */
export function filePickers(scope: object = globalThis): FilePickers | null {
  return 'showOpenFilePicker' in scope && 'showSaveFilePicker' in scope ? (scope as FilePickers) : null;
}

function toTypes(kinds: readonly FileKind[]): PickerType[] {
  return kinds
    .filter((kind) => !kind.extensions.includes('*'))
    .map((kind) => ({
      description: kind.label,
      accept: { 'application/octet-stream': kind.extensions.map((extension) => `.${extension}`) },
    }));
}

function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

async function pickFiles(pickers: FilePickers, request: OpenRequest): Promise<ChosenFile[]> {
  try {
    const handles = await pickers.showOpenFilePicker({ multiple: request.multiple === true, types: toTypes(request.kinds) });
    return await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
  } catch (error) {
    if (isCancelled(error)) return [];
    throw error;
  }
}

function uploadFiles(request: OpenRequest): Promise<ChosenFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = request.multiple === true;
  const extensions = request.kinds.flatMap((kind) => kind.extensions);
  if (!extensions.includes('*')) input.accept = extensions.map((extension) => `.${extension}`).join(',');
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])].map((file) => ({ file }))));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** Ask for files, with handles to write them again where the browser has them. Cancelled: an empty list. */
export function chooseFiles(request: OpenRequest): Promise<ChosenFile[]> {
  const pickers = filePickers();
  return pickers === null ? uploadFiles(request) : pickFiles(pickers, request);
}

/** Ask where to save. Cancelled: null. Only where `filePickers()` is not null. */
export async function choosePlace(pickers: FilePickers, request: SaveRequest): Promise<FileSystemFileHandle | null> {
  try {
    return await pickers.showSaveFilePicker({ suggestedName: request.suggestedName, types: toTypes(request.kinds) });
  } catch (error) {
    if (isCancelled(error)) return null;
    throw error;
  }
}

/** Hand bytes to the browser's download list under a name. */
export function download(name: string, data: string | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([data], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
