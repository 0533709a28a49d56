import type { HostError, HostFile } from '../../../../shared/ipc/host-api.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import { useSession } from '../session.ts';
import { openHostFiles } from './file-open.ts';
import { isImportable, notReadable, showImport } from './import-file.ts';

/** Whether a file may be a drawing of this program: by its name, or as JSON of any name. */
function maybeDrawing({ name, text }: HostFile): boolean {
  return /\.(plumb|json)$/i.test(name) || /^\s*\{/.test(text.slice(0, 200));
}

/** Take files that came without a question about their kind: drawings are opened, what an importer knows goes there at once, the rest is refused. */
export async function takeFiles(files: Result<readonly HostFile[], HostError>): Promise<void> {
  if (!files.ok) {
    useSession.getState().notify(files.error.message, { tone: 'error' });
    return;
  }
  const foreign = files.value.filter(isImportable);
  const drawings = files.value.filter((file) => !foreign.includes(file) && maybeDrawing(file));
  const other = files.value.find((file) => !foreign.includes(file) && !drawings.includes(file));
  if (other) useSession.getState().notify(notReadable(other.name), { tone: 'error' });
  if (drawings.length > 0) await openHostFiles({ ok: true, value: drawings });
  showImport(foreign);
}
