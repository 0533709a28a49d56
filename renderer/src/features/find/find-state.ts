import { requestAddPart } from '../../document/add-request.ts';
import type { Hit } from '../../document/find-things.ts';
import { focusCanvas } from '../../document/focus-canvas.ts';
import { requestReveal, type Revealed } from '../../document/reveal-request.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';

/** The type of a plain box with its own numbers. */
const PLAIN_BOX = 'custom';

/** The hit after (1) or before (-1) one, round and round; from none the first or the last. Null without hits. */
export function nextHit(count: number, at: number | null, step: 1 | -1): number | null {
  if (count === 0) return null;
  if (at === null || at >= count) return step === 1 ? 0 : count - 1;
  return (at + step + count) % count;
}

/** What a hit shows on the canvas: itself, and for a journey the components it passes. */
function shownBy(hit: Hit): readonly Revealed[] {
  if (hit.kind !== 'journey') return [{ kind: hit.kind, id: hit.id }];
  return (useEvaluation.getState().base?.journeys[hit.id]?.nodes ?? []).map((id) => ({ kind: 'node', id }));
}

/** Select a hit and bring it into view. A journey is traced. */
export function showHit(hit: Hit): void {
  const { select, set } = useSession.getState();
  if (hit.kind === 'journey') {
    select({});
    set({ selectedJourney: hit.id });
  } else select({ [hit.kind]: [hit.id] });
  requestReveal(shownBy(hit));
}

/** Close the field. The focus returns to where it was; after visiting a hit, to the drawing. */
export function closeFind(opener: HTMLElement | null, visited: boolean): void {
  useSession.getState().set({ find: null });
  if (!visited && opener !== null && opener !== document.body && opener.isConnected) opener.focus({ preventScroll: true });
  else focusCanvas();
}

/** Add a plain box with the name that was looked for in vain. */
export function addPlainBox(name: string): void {
  requestAddPart(PLAIN_BOX, name);
  closeFind(null, true);
}

/** Whether a box could be added now. */
export function canAdd(): boolean {
  const doc = activeDocument();
  return doc !== undefined && doc.readOnly === null && useSession.getState().mode !== 'review';
}
