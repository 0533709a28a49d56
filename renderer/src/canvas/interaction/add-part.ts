import { addNode } from '../../document/edits/add.ts';
import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { resolvePart } from '../../document/parts.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';

/** Distance between grid points that things snap to, canvas units. */
export const SNAP = 8;

const snap = (value: number): number => Math.round(value / SNAP) * SNAP;

/**
 * Add a component of a type or preset with its top left corner at a point of the paper, select it, and return its id.
 * Null when the part is not known or the drawing is read-only; a notice says why.
 */
export function addPartAtCorner(part: string, corner: { readonly x: number; readonly y: number }, wantedName?: string): string | null {
  const doc = activeDocument();
  const found = resolvePart(part);
  const session = useSession.getState();
  if (!doc || !found) {
    session.notify(found ? 'There is no drawing to add to.' : `No component is called "${part}".`, { tone: 'error' });
    return null;
  }
  const id = createObjectIds(doc.design)('n');
  const at = { x: snap(corner.x), y: snap(corner.y) };
  const name = wantedName ?? found.title;
  const added = useWorkspace.getState().commit(`Add ${name}`, (draft) => addNode(draft, { id, type: found.component.type, name, at, ...(found.preset ? { params: found.preset.params } : {}) }));
  if (!added) {
    session.notify(doc.readOnly ?? 'Nothing was added.', { tone: 'error' });
    return null;
  }
  session.select({ node: [id] });
  useCanvasUi.getState().set({ focused: { kind: 'node', id } });
  return id;
}

/** Step to the side while another component stands on the wanted place, canvas units. */
const SIDESTEP = 24;

/** Add a component with its middle where somebody dropped it; exactly on top of another one it steps aside. */
export function addPartAt(part: string, middle: { readonly x: number; readonly y: number }): string | null {
  const at = { x: snap(middle.x - COMPONENT_WIDTH / 2), y: snap(middle.y - COMPONENT_HEIGHT / 2) };
  const taken = Object.values(activeDocument()?.design.layout.nodes ?? {});
  while (taken.some((place) => Math.abs(place.x - at.x) < SIDESTEP && Math.abs(place.y - at.y) < SIDESTEP)) [at.x, at.y] = [at.x + SIDESTEP, at.y + SIDESTEP];
  return addPartAtCorner(part, at);
}
