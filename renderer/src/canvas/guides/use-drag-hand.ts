import { useEffect, useState } from 'react';
import { isMac } from '../../ui/chord.ts';
import { createDragHand, type DragHand, type DragTarget } from './drag-hand.ts';

/** A hand that knows which keys are held: Ctrl (on macOS Option) at the press copies, Shift keeps to one axis. */
export function useDragHand(target: DragTarget): DragHand {
  const [hand] = useState(() => createDragHand(target));
  useEffect(() => {
    const stop = new AbortController();
    const options = { capture: true, passive: true, signal: stop.signal };
    window.addEventListener('pointerdown', (event) => hand.hold({ copy: isMac() ? event.altKey : event.ctrlKey, axis: false }), options);
    window.addEventListener('pointermove', (event) => hand.hold({ axis: event.shiftKey }), options);
    return () => stop.abort();
  }, [hand]);
  return hand;
}
