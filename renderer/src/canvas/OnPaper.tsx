import { ViewportPortal } from '@xyflow/react';
import { useCallback, type ReactElement, type ReactNode, type ReactPortal } from 'react';
import { createPortal } from 'react-dom';
import { useCanvasUi } from './canvas-ui.ts';

/**
 * The place for things that lie on the paper but belong to no box: labels, bounds. One portal for all of them: React
 * Flow's own looks for its place in the whole page after every change, once for each use.
 */
export function PaperLayer(): ReactElement {
  const set = useCanvasUi((state) => state.set);
  const take = useCallback((layer: HTMLDivElement | null) => set({ layer }), [set]);
  return <ViewportPortal><div ref={take} /></ViewportPortal>;
}

/** Draws its children on the paper, in canvas units. */
export function OnPaper({ children }: { readonly children: ReactNode }): ReactPortal | null {
  const layer = useCanvasUi((state) => state.layer);
  return layer && createPortal(children, layer);
}
