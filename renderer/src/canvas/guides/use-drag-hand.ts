import { useEffect, useState } from 'react';
import { forgetHand } from '../../evaluation/counterfactual.ts';
import { isMac } from '../../ui/chord.ts';
import { endDragHome } from '../boundaries/drag-home.ts';
import { createDragHand, type DragHand, type DragTarget } from './drag-hand.ts';

/** A hand that knows which keys are held: Ctrl (on macOS Option) at the press copies, Shift keeps to one axis, Escape puts everything back. */
export function useDragHand(target: DragTarget): DragHand {
  const [hand] = useState(() => createDragHand(target));
  useEffect(() => {
    const stop = new AbortController();
    const options = { capture: true, passive: true, signal: stop.signal };
    window.addEventListener('pointerdown', (event) => hand.hold({ copy: isMac() ? event.altKey : event.ctrlKey, axis: false }), options);
    window.addEventListener('pointermove', (event) => hand.hold({ axis: event.shiftKey }), options);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !hand.cancel()) return;
      event.preventDefault();
      event.stopPropagation();
      forgetHand();
      endDragHome(true);
    };
    window.addEventListener('keydown', onKey, { capture: true, signal: stop.signal });
    return () => stop.abort();
  }, [hand]);
  return hand;
}
