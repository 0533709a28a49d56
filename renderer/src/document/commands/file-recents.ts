import { create } from 'zustand';
import { keepInLibrary, listLibrary, readFromLibrary, removeFromLibrary } from '../../persistence/library.ts';
import { useSession } from '../session.ts';
import { fileServices } from './file-services.ts';

/** A document opened or saved lately. */
export interface RecentDocument {
  /** Names it: a file's reference, or the id of a document kept in this browser. */
  readonly key: string;
  readonly place: 'file' | 'library';
  readonly title: string;
  /** Its folder, or where else it is kept, in words. */
  readonly where: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
}

/** How many are listed. */
const LIMIT = 8;

/** Recent documents, newest first, and where documents live when that is not the user's disk, as a sentence. */
export const useRecents = create<{ readonly entries: readonly RecentDocument[]; readonly storage: string | null }>()(() => ({ entries: [], storage: null }));

/** Read the list again; after opening, saving and forgetting. */
export async function refreshRecents(): Promise<void> {
  const { host } = fileServices();
  const files = await host.listRecentFiles();
  const kept = await listLibrary(LIMIT);
  const entries: RecentDocument[] = [
    ...files.map(({ ref, name, folder, openedAt }) => ({ key: ref, place: 'file' as const, title: name.replace(/\.plumb$/i, ''), where: folder, openedAt })),
    ...kept.map(({ id, title, openedAt }) => ({ key: id, place: 'library' as const, title, where: 'Kept in this browser', openedAt })),
  ];
  useRecents.setState({ entries: entries.sort((a, b) => b.openedAt - a.openedAt).slice(0, LIMIT), storage: host.info.skin === 'browser' ? host.info.storage : null });
}

/** Take a document off the list. A file stays where it is; one kept in this browser is removed, with a way back. */
export async function forgetRecent(recent: RecentDocument): Promise<void> {
  if (recent.place === 'file') {
    await fileServices().host.forgetRecentFiles(recent.key);
    return refreshRecents();
  }
  const row = await readFromLibrary(recent.key);
  const removed = await removeFromLibrary(recent.key);
  await refreshRecents();
  if (row === null || !removed.ok) return;
  const undo = async (): Promise<void> => {
    await keepInLibrary(row);
    await refreshRecents();
  };
  useSession.getState().notify(`${row.title} was removed from this browser.`, { action: { label: 'Undo', run: () => void undo() } });
}
