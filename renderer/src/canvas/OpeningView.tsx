import { useReactFlow, useStoreApi, type FitViewOptions, type Viewport } from '@xyflow/react';
import { useEffect } from 'react';
import { useSession } from '../document/session.ts';
import { useWorkspace } from '../document/workspace.ts';

/** How a whole drawing is fitted into the window. */
export const FIT = { padding: 0.12, maxZoom: 1 } as const;

/** Px between a card on the canvas and the drawing beside it. */
const BESIDE_CARD = 24;

/** The same, beside a card that stands on the left of the canvas (`data-canvas-card`) if there is one. */
export function fitBesideCards(): FitViewOptions {
  const card = document.querySelector<HTMLElement>('[data-canvas-card]');
  if (card === null) return FIT;
  const rest = `${FIT.padding * 100}%` as const;
  return { ...FIT, padding: { top: rest, right: rest, bottom: rest, left: `${card.offsetLeft + card.offsetWidth + BESIDE_CARD}px` } };
}

/** Until then after opening the window may still be finding its sizes: panels slide, a palette becomes a rail. */
const SETTLING_MS = 1000;

const remembered = new Map<string, Viewport>();

/** Where an open document was looked at when another one was shown in its place; undefined on its first showing. */
export function rememberedView(documentId: string): Viewport | undefined {
  return remembered.get(documentId);
}

function remember(documentId: string, view: Viewport): void {
  remembered.set(documentId, view);
  const { documents } = useWorkspace.getState();
  for (const id of [...remembered.keys()]) if (!Object.hasOwn(documents, id)) remembered.delete(id);
}

/** Fits the drawing to each size that the canvas takes while the window settles, until a hand or a command moves anything. */
function useFirstFit(wanted: boolean): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    if (!wanted) return undefined;
    let fitted = '';
    const fit = (): void => {
      const { width, height } = store.getState();
      const size = `${width} ${height}`;
      if (width === 0 || height === 0 || size === fitted) return;
      fitted = size;
      void flow.fitView(fitBesideCards());
    };
    const stop = (): void => stops.forEach((end) => end());
    const timer = setTimeout(stop, SETTLING_MS);
    const signal = new AbortController();
    for (const hand of ['pointerdown', 'wheel', 'keydown', 'dragover'] as const) window.addEventListener(hand, stop, { capture: true, passive: true, signal: signal.signal });
    const stops = [store.subscribe(fit), useSession.subscribe((state) => state.camera && stop()), () => clearTimeout(timer), () => signal.abort()];
    fit();
    return stop;
  }, [flow, store, wanted]);
}

/** Fits a drawing that is shown for the first time, and remembers where it was looked at when it goes out of sight. Draws nothing. */
export function OpeningView({ documentId, fit }: { readonly documentId: string; readonly fit: boolean }): null {
  const flow = useReactFlow();
  useFirstFit(fit);
  useEffect(() => () => remember(documentId, flow.getViewport()), [documentId, flow]);
  return null;
}
