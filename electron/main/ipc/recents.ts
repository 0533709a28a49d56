import type { Services } from '../services/index.ts';
import type { Handle } from './handle.ts';

/** `recents:*`: the list of documents opened or saved lately. */
export function registerRecentHandlers(handle: Handle, { files, recents }: Services): void {
  handle('recents:list', async () => {
    const known = await recents.list();
    files.allowReading(known.map((file) => file.ref));
    return known;
  });
  handle('recents:forget', (file) => recents.forget(file));
}
