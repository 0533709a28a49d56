import type { KeyboardEvent } from 'react';
import { useSession } from '../../document/session.ts';
import { activeDocument } from '../../document/workspace.ts';
import { useCanvasUi, type Thing } from '../canvas-ui.ts';
import { onPathKey } from '../path/path-keys.ts';
import { onlySelected } from './selection.ts';

/** Start typing the name of a thing in its own place. Connections have no name. */
export function startEditing(thing: Thing | null): boolean {
  const doc = activeDocument();
  if (!thing || thing.kind === 'edge' || !doc || doc.readOnly !== null || useSession.getState().mode === 'review') return false;
  if (useCanvasUi.getState().lod !== 'full' && thing.kind !== 'note') return false;
  useCanvasUi.getState().set({ editing: thing, caption: null });
  return true;
}

/** Bare keys of the canvas: rename in place, and letting go. Everything else is a command. */
export function onCanvasKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (target !== event.currentTarget) return;
  if (!event.shiftKey && onPathKey(event.key)) {
    event.preventDefault();
    return;
  }
  if ((event.key === 'Enter' || event.key === 'F2') && startEditing(onlySelected(useSession.getState().selection))) event.preventDefault();
  if (event.key === 'Escape' && useSession.getState().focusedFindings.length > 0) {
    event.preventDefault();
    useSession.getState().set({ focusedFindings: [] });
  } else if (event.key === 'Escape' && Object.values(useSession.getState().selection).some((ids) => ids.length > 0)) {
    event.preventDefault();
    useSession.getState().select({});
  } else if (event.key === 'Escape' && useSession.getState().selectedJourney !== null) {
    event.preventDefault();
    useSession.getState().set({ selectedJourney: null });
  }
}
