import { chooseImporter, importerOf, IMPORTERS, readableFormats } from '../../../../shared/interchange/importers.ts';
import type { FileKind, HostError, HostFile } from '../../../../shared/ipc/host-api.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { fileServices } from './file-services.ts';

/** What the import dialog is opened with (`session.dialog.name` is `import`). */
export interface ImportRequest {
  /** Chosen together, in the order in which they are merged. */
  readonly files: readonly HostFile[];
}

/** All formats at once, and each by itself. */
const IMPORTED_KINDS: readonly FileKind[] = [
  { label: 'Files to import', extensions: [...new Set(IMPORTERS.flatMap(({ extensions }) => extensions))] },
  ...IMPORTERS.map(({ title, extensions }) => ({ label: title, extensions })),
];

/** Whether a file is for one of the importers: by its text, else by its name. */
export function isImportable(file: Pick<HostFile, 'name' | 'text'>): boolean {
  return importerOf(file) !== null;
}

/** The sentence about a file that is neither a drawing nor for an importer. */
export function notReadable(name: string): string {
  return `${name} cannot be read. Plumbline opens .plumb drawings and imports ${readableFormats()}.`;
}

function isRequest(data: unknown): data is ImportRequest {
  return typeof data === 'object' && data !== null && 'files' in data;
}

/** Files that join an import under way: one of the same name is replaced, others are merged after. */
function joined(before: readonly HostFile[], files: readonly HostFile[]): readonly HostFile[] {
  const names = new Set(files.map(({ name }) => name));
  return [...before.filter(({ name }) => !names.has(name)), ...files];
}

/** Show what these files would become. Files that come while the import dialog is open join the ones in it. */
export function showImport(files: readonly HostFile[]): void {
  const { dialog, notify, set } = useSession.getState();
  if (files.length === 0) return;
  if (dialog !== null && dialog.name !== 'import') {
    notify('Answer the open question first, then import again.', { tone: 'error' });
    return;
  }
  const before = isRequest(dialog?.data) ? dialog.data.files : [];
  const together = joined(before, files);
  const chosen = chooseImporter(together);
  if (before.length > 0 && !chosen.ok) {
    // what is being corrected must not go for files that cannot join it
    notify(chosen.error.message, { tone: 'error' });
    return;
  }
  const data: ImportRequest = { files: together };
  set({ dialog: { name: 'import', data } });
}

/** Import what the host handed over, or say why it could not. */
export function importHostFiles(files: Result<readonly HostFile[], HostError>): void {
  if (files.ok) showImport(files.value);
  else useSession.getState().notify(files.error.message, { tone: 'error' });
}

/** Ask for files of another format and show what they would become. */
export async function chooseAndImport(): Promise<void> {
  importHostFiles(await fileServices().host.openFiles({ title: 'Import files', kinds: IMPORTED_KINDS, multiple: true }));
}

/** Import files of another format: File > Import. */
export const importFile = defineCommand({
  id: 'file.import',
  label: 'Import files…',
  menu: 'file',
  shortcuts: ['Mod+Shift+O'],
  synonyms: ['read', 'convert', ...IMPORTERS.flatMap(({ title, extensions }) => [...title.toLowerCase().split(' '), ...extensions])],
  perform: chooseAndImport,
});
