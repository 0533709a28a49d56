import path from 'node:path';
import { createAtomicSaver } from './atomic-save.ts';
import { createFileService, type FileService } from './files.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createRecents, type Recents } from './recents.ts';
import { createRelatedReader, type RelatedReader } from './related.ts';

/** What the IPC handlers work with. None of it knows Electron. */
export interface Services {
  readonly files: FileService;
  readonly recents: Recents;
  readonly related: RelatedReader;
  readonly inbox: Inbox;
  /** Remove what interrupted saves of earlier runs left behind. */
  sweep(): Promise<number>;
}

/** Wire the services together. `userData` is the app's own folder. */
export function createServices(userData: string): Services {
  const saver = createAtomicSaver();
  const recents = createRecents(path.join(userData, 'recents.json'), saver);
  const files = createFileService(saver);
  return {
    files,
    recents,
    related: createRelatedReader(),
    inbox: createInbox(),
    sweep: async () => {
      const known = await recents.list();
      files.allowReading(known.map((file) => file.ref));
      return saver.sweep([userData, ...known.map((file) => file.folder)]);
    },
  };
}
