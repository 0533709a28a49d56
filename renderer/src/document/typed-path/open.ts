import { flushSync } from 'react-dom';
import { useSession } from '../session.ts';
import { activeDocument } from '../workspace.ts';

/** Where a typed path starts when that is not what is selected, and where on the paper (canvas units) a line was dropped. */
export interface QuickAddStart {
  readonly text?: string;
  readonly from?: { readonly kind: 'node' | 'boundary'; readonly id: string };
  readonly at?: { readonly x: number; readonly y: number };
}

/** Why nothing can be drawn now, as a sentence; null when it can. */
export function drawingRefusal(): string | null {
  const doc = activeDocument();
  if (doc === undefined) return 'No drawing is open.';
  if (doc.readOnly !== null) return doc.readOnly;
  return useSession.getState().mode === 'review' ? 'Review changes nothing. Switch to Whiteboard or Evaluate to draw.' : null;
}

/**
 * Open the typed path and give its field the focus before this returns: called while a key goes down, the key's own
 * character, or the composition that it begins, lands in the field. Says why and returns false where nothing can be drawn.
 */
export function openQuickAdd({ text = '', from, at }: QuickAddStart = {}): boolean {
  const refused = drawingRefusal();
  if (refused !== null) {
    useSession.getState().notify(refused);
    return false;
  }
  flushSync(() => useSession.getState().set({ quickAdd: { text, ...(from ? { from } : {}), ...(at ? { at } : {}) } }));
  return true;
}
