import { create } from 'zustand';
import { requestAddPart } from '../../document/add-request.ts';
import { runCommand } from '../../document/commands/index.ts';
import { useSession } from '../../document/session.ts';
import { boundaryKind, withRecent } from './palette-list.ts';

/** What was typed; kept while the window is open. */
interface PaletteState {
  readonly text: string;
  /** A row is in the hand: no card of a row stands in its way. */
  readonly dragging: boolean;
  setText(text: string): void;
  setDragging(dragging: boolean): void;
}

export const usePalette = create<PaletteState>()((set) => ({ text: '', dragging: false, setText: (text) => set({ text }), setDragging: (dragging) => set({ dragging }) }));

/** Note what was added or dragged out; across starts, with the other settings. */
export function rememberItem(id: string): void {
  const { recentParts, set } = useSession.getState();
  set({ recentParts: withRecent(recentParts, id) });
}

/** Add a part at the middle of the view, `name` for a plain box, or a boundary where there is room. */
export function addItem(id: string, name?: string): void {
  const kind = boundaryKind(id);
  if (kind === null) requestAddPart(id, name);
  else runCommand(`insert.${kind}`);
  if (name === undefined) rememberItem(id);
}
