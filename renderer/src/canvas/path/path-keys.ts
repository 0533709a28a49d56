import { drawnPath, togglePathEdge } from '../../document/path-actions.ts';
import { stopPathEditing, usePathEditing } from '../../document/path-editing.ts';
import { useCanvasUi } from '../canvas-ui.ts';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function walk(journey: string, by: 1 | -1): void {
  const edges = [...new Set(drawnPath(journey)?.rows.map((row) => row.edge))];
  if (edges.length === 0) return;
  const { focused, set } = useCanvasUi.getState();
  const at = focused?.kind === 'edge' ? edges.indexOf(focused.id) : -1;
  const next = at < 0 ? (by > 0 ? 0 : edges.length - 1) : (at + by + edges.length) % edges.length;
  set({ focused: { kind: 'edge', id: edges[next] ?? '' }, keys: true });
}

/** Keys while a journey's way is edited: arrows walk its connections, Space takes one in or leaves it out, Enter and Escape end. */
export function onPathKey(key: string): boolean {
  const { journey } = usePathEditing.getState();
  if (journey === null) return false;
  const step = STEPS[key];
  const { focused } = useCanvasUi.getState();
  if (step !== undefined) walk(journey, step);
  else if (key === ' ' && focused?.kind === 'edge') togglePathEdge(journey, focused.id);
  else if (key === 'Escape' || key === 'Enter') stopPathEditing();
  else return key === ' ';
  return true;
}

/** A press on a connection while a way is edited. False when none is. */
export function pressPathEdge(edge: string): boolean {
  const { journey } = usePathEditing.getState();
  if (journey === null) return false;
  useCanvasUi.getState().set({ focused: { kind: 'edge', id: edge } });
  togglePathEdge(journey, edge);
  return true;
}
