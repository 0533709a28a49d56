import type { Design } from '../../../../shared/model/design.ts';
import { addNode } from '../../document/edits/add.ts';
import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import { edgeName } from '../../document/edge-name.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { edit } from '../../document/history.ts';
import { resolvePart } from '../../document/parts.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { fitsInto, splice } from './splicing.ts';

/** Distance between grid points that things snap to, canvas units. */
export const SNAP = 8;

const snap = (value: number): number => Math.round(value / SNAP) * SNAP;

/** Why a part does not fit into a connection when it is put on its line: told after it was added beside it. */
const DOES_NOT_FIT = 'It stands on its own: nothing may call it there, or it may not call what is behind.';

/**
 * Add a component of a type or preset with its top left corner at a point of the paper, select it, and return its id.
 * Null when the part is not known or the drawing is read-only; a notice says why. With `into` it is put into that
 * connection in the same step, if it fits.
 */
export function addPartAtCorner(part: string, corner: { readonly x: number; readonly y: number }, wantedName?: string, into?: string): string | null {
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
  const { type } = found.component;
  const params = found.preset?.params ?? {};
  const fits = into !== undefined && fitsInto(doc.design, into, { id, type, name, params });
  const added = useWorkspace.getState().commit(fits ? `Add ${name} into ${edgeName(doc.design, into)}` : `Add ${name}`, (draft) => {
    addNode(draft, { id, type, name, at, params });
    if (fits) splice(draft, into, id);
  });
  if (!added) {
    session.notify(doc.readOnly ?? 'Nothing was added.', { tone: 'error' });
    return null;
  }
  if (into !== undefined && !fits) session.notify(DOES_NOT_FIT);
  session.select({ node: [id] });
  useCanvasUi.getState().set({ focused: { kind: 'node', id } });
  return id;
}

/** The drawing with a part that is not added: with its middle at a point, between the ends of a connection if it fits there. Null where it could not be. */
export function tryPartAt(part: string, middle: { readonly x: number; readonly y: number }, into?: string): Design | null {
  const doc = activeDocument();
  const found = resolvePart(part);
  if (!doc || !found || doc.readOnly !== null) return null;
  const id = createObjectIds(doc.design)('n');
  const node = { id, type: found.component.type, name: found.title, params: found.preset?.params ?? {} };
  return edit(doc.design, 'Try', (draft) => {
    addNode(draft, { ...node, at: cornerOf(middle) });
    if (into !== undefined && fitsInto(doc.design, into, node)) splice(draft, into, id);
  })?.design ?? null;
}

/** Step to the side while another component stands on the wanted place, canvas units. */
const SIDESTEP = 24;

/** Top left corner, on the grid, of a component whose middle is at a point. */
export function cornerOf(middle: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number } {
  return { x: snap(middle.x - COMPONENT_WIDTH / 2), y: snap(middle.y - COMPONENT_HEIGHT / 2) };
}

/** Add a component with its middle where somebody dropped it; exactly on top of another one it steps aside. */
export function addPartAt(part: string, middle: { readonly x: number; readonly y: number }, into?: string): string | null {
  const at = { ...cornerOf(middle) };
  const taken = Object.values(activeDocument()?.design.layout.nodes ?? {});
  while (taken.some((place) => Math.abs(place.x - at.x) < SIDESTEP && Math.abs(place.y - at.y) < SIDESTEP)) [at.x, at.y] = [at.x + SIDESTEP, at.y + SIDESTEP];
  return addPartAtCorner(part, at, undefined, into);
}
