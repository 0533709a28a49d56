import type { PointerEvent as ReactPointerEvent } from 'react';

/** What a drag of one's own does: a step, its end at a place, or its end without any effect. */
export interface PointerDrag {
  readonly onStart?: () => void;
  readonly onMove: (event: PointerEvent) => void;
  readonly onDrop: (event: PointerEvent) => void;
  readonly onCancel: () => void;
}

/** Px that the pointer must go before a press becomes a drag. */
const THRESHOLD = 3;

/**
 * Follow the pointer that pressed an element until it is let go; call it in that element's pointerdown. Escape and
 * whatever else takes the pointer away cancel. A press without a way is no drag: nothing is called.
 */
export function followPointer(press: ReactPointerEvent, drag: PointerDrag): void {
  if (press.button !== 0) return;
  press.stopPropagation();
  // what was pressed may be drawn anew while it is dragged: the canvas around it stays
  const element = press.currentTarget.closest<HTMLElement>('[role="application"]');
  if (!element) return;
  const { cursor } = element.style;
  const dragCursor = getComputedStyle(press.currentTarget).cursor;
  let dragging = false;
  const stops = new AbortController();
  const end = (finish: () => void): void => {
    stops.abort();
    element.style.cursor = cursor;
    if (element.hasPointerCapture(press.pointerId)) element.releasePointerCapture(press.pointerId);
    if (dragging) finish();
  };
  const own = (event: Event): event is PointerEvent => event instanceof PointerEvent && event.pointerId === press.pointerId;
  const listen = (name: string, run: (event: PointerEvent) => void): void => element.addEventListener(name, (event) => own(event) && run(event), { signal: stops.signal });
  listen('pointermove', (event) => {
    if (!dragging && Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < THRESHOLD) return;
    if (!dragging) {
      // not with the press: clicks would then miss what was pressed
      element.setPointerCapture(press.pointerId);
      element.style.cursor = dragCursor;
      drag.onStart?.();
    }
    dragging = true;
    drag.onMove(event);
  });
  listen('pointerup', (event) => end(() => drag.onDrop(event)));
  listen('pointercancel', () => end(drag.onCancel));
  listen('lostpointercapture', () => end(drag.onCancel));
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !dragging) return;
    event.preventDefault();
    event.stopPropagation();
    end(drag.onCancel);
  }, { capture: true, signal: stops.signal });
}
