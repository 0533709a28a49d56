import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { providePaperView } from '../document/clipboard/paper-view.ts';

/** Tells commands what can be seen and where the pointer is. Draws nothing. */
export function PaperViewSource(): null {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const canvas = store.getState().domNode;
    const signal = new AbortController();
    let at: { readonly x: number; readonly y: number } | null = null;
    const follow = (event: PointerEvent): void => void (at = { x: event.clientX, y: event.clientY });
    canvas?.addEventListener('pointermove', follow, { passive: true, signal: signal.signal });
    canvas?.addEventListener('pointerleave', () => void (at = null), { signal: signal.signal });
    const stop = providePaperView({
      seen: () => {
        const { transform: [x, y, zoom], width, height } = store.getState();
        return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
      },
      pointer: () => at && flow.screenToFlowPosition(at, { snapToGrid: false }),
      zoom: () => store.getState().transform[2],
    });
    return () => {
      stop();
      signal.abort();
    };
  }, [flow, store]);
  return null;
}
