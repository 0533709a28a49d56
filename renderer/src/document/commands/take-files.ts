import type { HostError, HostFile } from '../../../../shared/ipc/host-api.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import { useSession } from '../session.ts';
import { openHostFiles } from './file-open.ts';
import { isImportable, showImport } from './import-file.ts';

/** Take files that came without a question about their kind: drawings are opened, all others go to the importer at once. */
export async function takeFiles(files: Result<readonly HostFile[], HostError>): Promise<void> {
  if (!files.ok) {
    useSession.getState().notify(files.error.message, { tone: 'error' });
    return;
  }
  const foreign = files.value.filter(({ name }) => isImportable(name));
  const drawings = files.value.filter((file) => !foreign.includes(file));
  if (drawings.length > 0) await openHostFiles({ ok: true, value: drawings });
  showImport(foreign);
}
