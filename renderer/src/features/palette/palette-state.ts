import { create } from 'zustand';
import { requestAddPart } from '../../document/add-request.ts';
import { withRecent } from './palette-list.ts';

/** What was typed and the parts used last; kept while the window is open. */
interface PaletteState {
  readonly text: string;
  readonly recent: readonly string[];
  setText(text: string): void;
  /** Add a part at the middle of the view; `name` for a plain box. */
  add(id: string, name?: string): void;
  /** Note a part that was dragged out. */
  remember(id: string): void;
}

export const usePalette = create<PaletteState>()((set) => {
  const remember = (id: string): void => set((state) => ({ recent: withRecent(state.recent, id) }));
  return {
    text: '',
    recent: [],
    setText: (text) => set({ text }),
    add: (id, name) => {
      requestAddPart(id, name);
      if (name === undefined) remember(id);
    },
    remember,
  };
});
