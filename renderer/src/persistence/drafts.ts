import type { Design } from '../../../shared/model/design.ts';
import { comesBack, useWorkspace, type OpenDocument } from '../document/workspace.ts';
import { withDatabase, type BaseRow, type DraftRow } from './database.ts';
import { createThrottle } from './throttle.ts';

/** Longest time, in milliseconds, between a change and its draft being written. */
export const DRAFT_INTERVAL_MS = 250;

const LOCK_PREFIX = 'plumbline-page-';

/** A draft with what it is compared with. */
export interface FoundDraft {
  readonly draft: DraftRow;
  readonly base: BaseRow | null;
}

interface Written {
  readonly design: Design;
  readonly saved: Design | null;
}

async function write(doc: OpenDocument, before: Written | undefined, session: string, now: () => number): Promise<boolean> {
  const { id, title, file, design, opened, saved } = doc;
  const result = await withDatabase((database) =>
    database.transaction('rw', database.drafts, database.bases, async () => {
      if (!before || before.saved !== saved) await database.bases.put({ id, design: saved, ...(saved === null ? { opened } : {}) });
      await database.drafts.put({ id, title, file, design, session, updatedAt: now() });
    }),
  );
  return result.ok;
}

async function remove(id: string): Promise<boolean> {
  const result = await withDatabase((database) =>
    database.transaction('rw', database.drafts, database.bases, async () => {
      await database.drafts.delete(id);
      await database.bases.delete(id);
    }),
  );
  return result.ok;
}

/** Writes drafts of documents that must come back while they are open, and takes them away when they are saved or closed. */
export interface DraftKeeper {
  /** Begin to follow the open documents. */
  start(): void;
  /** Write what is waiting; resolves when the database has it. */
  flush(): Promise<void>;
  /** The draft of this document is known to be stored already, so that closing the document takes it away. */
  adopt(id: string): void;
}

/**
 * @param session names this page among others that share the storage
 * @param now milliseconds since 1970
 */
export function createDraftKeeper(session: string, now: () => number): DraftKeeper {
  const written = new Map<string, Written>();
  const stored = new Set<string>();

  async function keep(): Promise<void> {
    const { documents } = useWorkspace.getState();
    for (const doc of Object.values(documents)) {
      const before = written.get(doc.id);
      if (comesBack(doc)) {
        if (before?.design === doc.design && before.saved === doc.saved) continue;
        if (!(await write(doc, before, session, now))) continue;
        stored.add(doc.id);
        written.set(doc.id, { design: doc.design, saved: doc.saved });
      } else if (stored.has(doc.id) && (await remove(doc.id))) {
        stored.delete(doc.id);
        written.delete(doc.id);
      }
    }
    for (const id of stored) {
      if (useWorkspace.getState().documents[id] !== undefined || !(await remove(id))) continue;
      stored.delete(id);
      written.delete(id);
    }
  }

  const throttle = createThrottle(DRAFT_INTERVAL_MS, keep);
  return {
    start: () => {
      useWorkspace.subscribe((state, before) => {
        if (state.documents !== before.documents) throttle.ask();
      });
    },
    flush: () => {
      throttle.ask();
      return throttle.flush();
    },
    adopt: (id) => stored.add(id),
  };
}

async function livingPages(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name = '' }) => name).filter((name) => name.startsWith(LOCK_PREFIX)).map((name) => name.slice(LOCK_PREFIX.length)));
}

/** Tell other pages on the same storage that this one lives, until it is closed. */
export function announcePage(session: string): void {
  void navigator.locks?.request(LOCK_PREFIX + session, () => new Promise(() => undefined));
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Drafts that no living page is writing, oldest first: what was open when a page was closed or lost. */
export async function findLostDrafts(session: string): Promise<FoundDraft[]> {
  const all = await withDatabase((database) => database.drafts.toArray());
  if (!all.ok || all.value.length === 0) return [];
  const isFree = (living: ReadonlySet<string>) => (row: DraftRow): boolean => row.session !== session && !living.has(row.session);
  let living = await livingPages();
  if (!all.value.every(isFree(living))) {
    // after a reload the lock of the page before this one may take a moment to go
    await wait(300);
    living = await livingPages();
  }
  const free = all.value.filter(isFree(living)).sort((a, b) => a.updatedAt - b.updatedAt);
  const bases = await withDatabase((database) => database.bases.bulkGet(free.map(({ id }) => id)));
  return free.map((draft, index) => ({ draft, base: (bases.ok ? bases.value[index] : null) ?? null }));
}
