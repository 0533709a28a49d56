import { applyArrangement } from '../document/edits/layout.ts';
import { useSession } from '../document/session.ts';
import { activeDocument, useWorkspace, type OpenDocument } from '../document/workspace.ts';
import type { Arrangement } from '../../../shared/interchange/layout/arrange.ts';
import { readPaper, type Chosen } from '../../../shared/interchange/layout/paper.ts';
import type { Design } from '../../../shared/model/design.ts';
import { createLayoutClient, type LayoutClient } from '../workers/layout-client.ts';

/** Milliseconds after which a layout is said to be under way. */
const TELL_AFTER_MS = 400;

const client: LayoutClient = createLayoutClient();

/** Whether a layout is under way. It is one of the drawing in front as it is now: any change ends it. */
let running = false;

/** What is selected, a connection standing for its two ends; null when nothing is, for the whole drawing. */
function chosenOf(design: Design): Chosen | null {
  const { node, boundary, note, edge } = useSession.getState().selection;
  const ends = edge.flatMap((id) => (design.edges[id] ? [design.edges[id].from, design.edges[id].to] : []));
  const of = (ids: readonly string[], things: object): string[] => [...new Set([...ids, ...ends])].filter((id) => Object.hasOwn(things, id));
  const chosen = { node: of(node, design.nodes), boundary: of(boundary, design.boundaries), note: note.filter((id) => Object.hasOwn(design.notes, id)) };
  return chosen.node.length + chosen.boundary.length + chosen.note.length === 0 ? null : chosen;
}

function parts(count: number): string {
  return count === 1 ? '1 component' : `${count} components`;
}

/** Say when it takes a moment, and listen for what gives it up: Escape, a change of the drawing, another drawing. */
function watch({ id, design }: OpenDocument, count: number): () => void {
  const { notify } = useSession.getState();
  const stop = (words: string): void => {
    client.cancel();
    end();
    notify(words);
  };
  const cancel = (): void => stop('The layout was stopped. Nothing was moved.');
  const timer = setTimeout(() => notify(`Laying out ${parts(count)}`, { action: { label: 'Stop', run: cancel } }), TELL_AFTER_MS);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  };
  window.addEventListener('keydown', onKeyDown, true);
  const unsubscribe = useWorkspace.subscribe((state) => {
    if (state.activeId !== id || state.documents[id]?.design !== design) stop('The drawing changed, so its layout was stopped.');
  });
  const end = (): void => {
    clearTimeout(timer);
    unsubscribe();
    window.removeEventListener('keydown', onKeyDown, true);
    running = false;
  };
  return end;
}

function crowdedWords(design: Design, crowded: readonly string[]): string {
  const names = crowded.map((id) => design.boundaries[id]?.name ?? id);
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : (names[0] ?? '');
  return `${list} ${names.length > 1 ? 'are' : 'is'} too small for a layout of what stands inside. Select ${names.length > 1 ? 'them' : 'it'} as well, or make room.`;
}

function land(design: Design, change: Arrangement): void {
  const { notify, moveCamera } = useSession.getState();
  const crowded = change.crowded.length > 0 ? crowdedWords(design, change.crowded) : null;
  const changed = useWorkspace.getState().commit('Tidy layout', (draft) => applyArrangement(draft, change));
  if (!changed) {
    notify(crowded ?? 'The layout is tidy already.');
    return;
  }
  const moved = Object.keys(change.nodes);
  const words = moved.length === 0 ? 'Layout tidied.' : `Layout of ${parts(moved.length)} tidied.`;
  notify(crowded === null ? words : `${words} ${crowded}`, { action: { label: 'Undo', run: () => useWorkspace.getState().undo() } });
  if (moved.length > 0) moveCamera({ reveal: moved });
}

/**
 * Lay out what is selected, else everything, as one undo step. Computed in a worker; the answer counts only for the
 * drawing as it was asked about. The camera moves only when the result is out of view.
 */
export function tidyLayout(): void {
  const doc = activeDocument();
  if (doc === undefined || running) return;
  const { design } = doc;
  const chosen = chosenOf(design);
  const count = readPaper(design, chosen).leaves.filter(({ kind, moves }) => kind === 'node' && moves).length;
  running = true;
  const end = watch(doc, count);
  client.arrange(design, chosen, (result) => {
    end();
    if (result.ok) land(design, result.value);
    else useSession.getState().notify(result.error.message, { tone: 'error' });
  });
}
