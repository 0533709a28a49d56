import { useEffect } from 'react';
import { paste } from '../document/clipboard/actions.ts';
import { clippingOf, forgetCopied, isAsked, putOnClipboard } from '../document/clipboard/clipboard-events.ts';
import { placeOf } from '../document/commands/place.ts';
import { activeDocument } from '../document/workspace.ts';

/**
 * Whether a clipboard event means the drawing: a document is open, the canvas has the focus (the event's own target
 * follows marked text, not the focus) and no text is marked anywhere.
 */
function meansDrawing(): boolean {
  if (activeDocument() === undefined) return false;
  if (isAsked()) return true;
  if (placeOf(document.activeElement)?.canvas !== true) return false;
  const marked = document.getSelection();
  return marked === null || marked.isCollapsed || marked.toString() === '';
}

function onCopy(event: ClipboardEvent): void {
  if (event.defaultPrevented || event.clipboardData === null) return;
  if (!meansDrawing()) {
    forgetCopied();
    return;
  }
  if (putOnClipboard(event.clipboardData, event.type === 'cut')) event.preventDefault();
}

function onPaste(event: ClipboardEvent): void {
  if (event.defaultPrevented || event.clipboardData === null || !meansDrawing()) return;
  event.preventDefault();
  paste(clippingOf(event.clipboardData));
}

/** Chromium allows copying without marked text only when somebody answers this. */
function onBefore(event: Event): void {
  if (meansDrawing()) event.preventDefault();
}

/** Copy, cut and paste of the drawing, by the events of the page: it may not touch the clipboard in any other way. */
export function useClipboard(): void {
  useEffect(() => {
    const signal = new AbortController();
    const options = { signal: signal.signal };
    window.addEventListener('copy', onCopy, options);
    window.addEventListener('cut', onCopy, options);
    window.addEventListener('paste', onPaste, options);
    for (const type of ['beforecopy', 'beforecut', 'beforepaste']) window.addEventListener(type, onBefore, options);
    window.addEventListener('blur', forgetCopied, options);
    return () => signal.abort();
  }, []);
}
