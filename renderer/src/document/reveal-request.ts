import { create } from 'zustand';
import type { SelectableKind } from './session.ts';

/** A thing of the drawing that somebody wants to see. */
export interface Revealed { readonly kind: SelectableKind; readonly id: string }

/** A wish to see things, answered by the canvas, which alone knows what is on screen. */
export const useRevealRequest = create<{ readonly things: readonly Revealed[] | null }>()(() => ({ things: null }));

/** Bring things into view. The camera keeps its zoom, and stays where it is when they can be seen already. */
export function requestReveal(things: readonly Revealed[]): void {
  useRevealRequest.setState({ things });
}

/** Take the waiting wish, once. */
export function takeRevealRequest(): readonly Revealed[] | null {
  const { things } = useRevealRequest.getState();
  if (things) useRevealRequest.setState({ things: null });
  return things;
}
