import { useSession } from '../../document/session.ts';
import type { PaletteEntry } from './entries.ts';

/** How many are remembered. */
const LIMIT = 5;

/** Remember that an entry was run; across starts, with the other settings. */
export function markUsed(id: string): void {
  const { recentCommands, set } = useSession.getState();
  set({ recentCommands: [id, ...recentCommands.filter((other) => other !== id)].slice(0, LIMIT) });
}

/** Heading of what was run lately. */
export const LATELY_USED = 'Recently used';

/** What was run lately goes first, the latest at the top; everything else keeps its place. */
export function latelyUsedFirst(entries: readonly PaletteEntry[], ids: readonly string[]): readonly PaletteEntry[] {
  const used = ids.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  return [...used, ...entries.filter(({ id }) => !ids.includes(id))];
}
