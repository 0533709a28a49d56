import { useEffect } from 'react';
import { takeEditRequest, useEditRequest } from '../../document/edit-request.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { startEditing } from '../interaction/keys.ts';

/** Milliseconds after which a menu that a command came from is no longer waited for. */
const MENU_CLOSES_MS = 1000;

/** Frames without a menu after which its focus has been given back. */
const QUIET_FRAMES = 4;

/** What takes the focus while it is open and gives it back to its opener when it closes. */
const TAKES_FOCUS = '[role="menu"], [role="dialog"], [role="listbox"]';

/**
 * Run at once when the canvas has the focus, else when nothing is open any more that would take it back: a field that
 * has the focus earlier would lose it again, and with it its words. Returns how to stop waiting.
 */
function whenMenusAreGone(run: () => void): () => void {
  const began = performance.now();
  let quiet = 0;
  let frame = 0;
  const look = (): void => {
    quiet = document.querySelector(TAKES_FOCUS) === null ? quiet + 1 : 0;
    if (quiet > QUIET_FRAMES || performance.now() - began > MENU_CLOSES_MS) run();
    else frame = requestAnimationFrame(look);
  };
  if (document.activeElement?.closest('[role="application"]')) run();
  else frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}

/** Answers wishes to type a name or a note in its own place. Draws nothing. */
export function EditRequests(): null {
  const waiting = useEditRequest((state) => state.thing);
  useEffect(() => {
    if (!waiting) return undefined;
    const begin = (): void => {
      const thing = takeEditRequest();
      if (!thing) return;
      useCanvasUi.getState().set({ focused: thing });
      startEditing(thing);
    };
    return whenMenusAreGone(begin);
  }, [waiting]);
  return null;
}
