import { useSession } from '../../document/session.ts';

/** Lines that are kept. */
const KEPT = 30;

/** Remember a line that was drawn, as the latest one. */
export function rememberLine(text: string): void {
  const line = text.trim();
  if (line === '') return;
  const { recentLines, set } = useSession.getState();
  set({ recentLines: [line, ...recentLines.filter((other) => other !== line)].slice(0, KEPT) });
}

/** A line from the memory: its place there, the latest one 0, and -1 for the empty field. */
export interface Recalled { readonly at: number; readonly text: string }

/**
 * Where Up (`1`, to an earlier line) or Down (`-1`, to a later one) leads from a recalled line or the empty field: past the
 * latest the field is empty again. Null at the ends.
 */
export function recall(lines: readonly string[], at: number, step: 1 | -1): Recalled | null {
  const next = at + step;
  const text = next === -1 ? '' : lines[next];
  return text === undefined ? null : { at: next, text };
}
