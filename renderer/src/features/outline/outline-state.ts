import { create } from 'zustand';
import type { OutlineView } from './outline-tree.ts';

interface OutlineState {
  readonly view: OutlineView;
  /** Keys of lines that are folded. */
  readonly closed: ReadonlySet<string>;
  show(view: OutlineView): void;
  fold(key: string, closed: boolean): void;
}

/** How the outline is listed and what of it is folded; kept while the window is open. */
export const useOutline = create<OutlineState>()((set) => ({
  view: 'boundary',
  closed: new Set(),
  show: (view) => set({ view }),
  fold: (key, fold) =>
    set((state) => {
      const closed = new Set(state.closed);
      if (fold) closed.add(key);
      else closed.delete(key);
      return { closed };
    }),
}));
