import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RecentFile } from '../../../shared/ipc/host-api.ts';
import { stableStringify } from '../../../shared/lib/stable-json.ts';
import { z } from '../../../shared/lib/zod.ts';
import type { AtomicSaver } from './atomic-save.ts';

const schema = z.object({
  version: z.literal(1),
  files: z.array(z.object({ ref: z.string(), openedAt: z.number() })),
});

/** How many recent documents are remembered. */
export const RECENTS_LIMIT = 20;

/** Documents opened or saved lately, kept in one small file. A damaged file counts as an empty list. */
export interface Recents {
  list(): Promise<readonly RecentFile[]>;
  add(file: string): Promise<void>;
  /** Forget one file, or all with null. */
  forget(file: string | null): Promise<void>;
}

type Entry = z.infer<typeof schema>['files'][number];

/** Keep the list in `store`. `now` gives milliseconds since 1970. Losing the list is never an error to the user. */
export function createRecents(store: string, saver: AtomicSaver, now: () => number = Date.now): Recents {
  let loaded: Promise<readonly Entry[]> | null = null;

  const load = (): Promise<readonly Entry[]> =>
    (loaded ??= readFile(store, 'utf8')
      .then((text) => schema.parse(JSON.parse(text)).files)
      .catch(() => []));

  async function change(edit: (files: readonly Entry[]) => readonly Entry[]): Promise<void> {
    const next = load().then(edit);
    loaded = next;
    await saver.save(store, stableStringify({ version: 1, files: await next })).catch(() => undefined);
  }

  return {
    list: async () =>
      (await load()).map(({ ref, openedAt }) => ({
        ref,
        name: path.basename(ref),
        folder: path.dirname(ref),
        openedAt,
      })),
    add: (file) =>
      change((files) => [{ ref: file, openedAt: now() }, ...files.filter((entry) => entry.ref !== file)].slice(0, RECENTS_LIMIT)),
    forget: (file) => change((files) => (file === null ? [] : files.filter((entry) => entry.ref !== file))),
  };
}
