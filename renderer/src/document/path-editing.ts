import { create } from 'zustand';

interface PathEditing {
  /** Id of the journey whose way is being clicked on the canvas, or null. */
  readonly journey: string | null;
  /** Connections taken with their numbers, while a way is being edited: what the canvas marks. */
  readonly numbers: ReadonlyMap<string, number> | null;
  set(change: Partial<Omit<PathEditing, 'set'>>): void;
}

/** Whether a journey's way is being edited on the canvas: never saved, never undone. */
export const usePathEditing = create<PathEditing>()((set) => ({ journey: null, numbers: null, set: (change) => set(change) }));

/** End editing a way. */
export function stopPathEditing(): void {
  usePathEditing.getState().set({ journey: null, numbers: null });
}
