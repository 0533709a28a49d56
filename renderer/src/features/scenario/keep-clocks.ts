import { z } from '../../../../shared/lib/zod.ts';
import { useSession } from '../../document/session.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { withDatabase } from '../../persistence/database.ts';
import { useClocks, type Clock } from './clock-store.ts';
import { lastMode } from './note-switches.ts';

/** Key of the setting that holds the clocks of this machine. */
const KEY = 'interviewClocks';

/** Clocks that are remembered: those of the documents that were opened last. */
const MOST = 20;

const finite = z.number().finite().min(0);
const stored = z.array(z.object({ document: z.string(), minutes: finite, spentMs: finite, since: finite.nullable() }));

/** Clocks as they are stored, those of open documents last. */
function rows(clocks: Readonly<Record<string, Clock>>): readonly (Clock & { readonly document: string })[] {
  const { documents } = useWorkspace.getState();
  const all = Object.entries(clocks).map(([document, clock]) => ({ document, ...clock }));
  return all.sort((a, b) => Number(documents[a.document] !== undefined) - Number(documents[b.document] !== undefined)).slice(-MOST);
}

async function readClocks(): Promise<void> {
  const row = await withDatabase((database) => database.settings.get(KEY));
  const found = stored.safeParse(row.ok ? row.value?.value : undefined);
  if (!found.success) return;
  const clocks = Object.fromEntries(found.data.map(({ document, ...clock }) => [document, clock]));
  // one that was started in the meantime counts
  useClocks.setState((state) => ({ clocks: { ...clocks, ...state.clocks } }));
  useClocks.getState().look();
}

/** A task that comes back with the page stands on the whiteboard if it stood there: nobody has asked for its numbers. False while nothing is open. */
function resume(): boolean {
  const { activeId, documents } = useWorkspace.getState();
  if (activeId === null) return false;
  if (useClocks.getState().clocks[activeId] !== undefined && lastMode(documents[activeId]?.design) === 'whiteboard') useSession.getState().set({ mode: 'whiteboard' });
  return true;
}

/** Does that for the first document that is open. */
function resumeFirst(): void {
  if (resume()) return;
  const stop = useWorkspace.subscribe(() => void (resume() && stop()));
}

/**
 * Bring the clocks back when the page starts and remember every change until the returned function is called: on this machine,
 * in no document. A running one has run on while the page was away, as an interview does.
 */
export function keepClocks(): () => void {
  const write = (): Promise<unknown> => withDatabase((database) => database.settings.put({ key: KEY, value: rows(useClocks.getState().clocks) }));
  // the first clock of a page may have been started before anybody keeps them
  const read = readClocks().then(resumeFirst).then(() => (Object.keys(useClocks.getState().clocks).length > 0 ? write() : undefined));
  return useClocks.subscribe(({ clocks }, before) => {
    if (clocks !== before.clocks) void read.then(write);
  });
}
