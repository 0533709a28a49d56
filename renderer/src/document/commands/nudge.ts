import { placeOf } from '../../../../shared/drawing/places.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { boundariesInside } from '../edits/membership.ts';
import { moveObjects, type Moves } from '../edits/move.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand, type Command } from './command.ts';

/** One step of the grid, canvas units. */
const STEP = 8;

type Selection = ReturnType<typeof useSession.getState>['selection'];

/** Boxes that move with a selection: the selected ones, and all that stands in a selected boundary. */
function moving(design: Design, selection: Selection): { readonly node: readonly string[]; readonly boundary: readonly string[]; readonly note: readonly string[] } {
  const boundary = new Set(selection.boundary.flatMap((id) => [id, ...boundariesInside(design, id)]));
  const inside = (thing: { readonly id: string; readonly boundary?: string | null | undefined }): boolean => thing.boundary != null && boundary.has(thing.boundary);
  return {
    node: Object.values(design.nodes).filter((node) => selection.node.includes(node.id) || inside(node)).map((node) => node.id),
    boundary: [...boundary],
    note: Object.values(design.notes).filter((note) => selection.note.includes(note.id) || inside(note)).map((note) => note.id),
  };
}

/** The places of a selection after a step. */
function moved(design: Design, selection: Selection, dx: number, dy: number): Moves {
  const { node, boundary, note } = moving(design, selection);
  const { layout } = design;
  const order = Object.keys(design.nodes);
  const step = (at: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number } => ({ x: at.x + dx, y: at.y + dy });
  const boxes = (ids: readonly string[], places: Readonly<Record<string, { readonly x: number; readonly y: number }>>): Moves['note'] =>
    Object.fromEntries(ids.flatMap((id) => (places[id] ? [[id, step(places[id])]] : [])));
  return {
    node: Object.fromEntries(node.map((id) => [id, step(placeOf(layout.nodes[id], order.indexOf(id)))])),
    boundary: boxes(boundary, layout.boundaries),
    note: boxes(note, layout.notes),
  };
}

/** What the last step moved: another selection is another run, with an undo step of its own. */
let last: Selection | null = null;

function nudge(dx: number, dy: number): void {
  const doc = activeDocument();
  const { selection } = useSession.getState();
  if (!doc) return;
  const { commit, settle } = useWorkspace.getState();
  if (selection !== last) settle();
  last = selection;
  const moves = moved(doc.design, selection, dx, dy);
  const ids = [...selection.boundary, ...selection.node, ...selection.note];
  const [only] = ids.length === 1 ? ids : [];
  const name = only === undefined ? `${ids.length} things` : (doc.design.boundaries[only]?.name ?? doc.design.nodes[only]?.name ?? 'note');
  commit(`Nudge ${name}`, (draft) => moveObjects(draft, moves), 'merge');
}

function enabled(): true | string {
  const refused = drawingRefusal();
  if (refused !== null) return refused;
  const { node, boundary, note } = useSession.getState().selection;
  return node.length + boundary.length + note.length > 0 ? true : 'Select something to nudge it.';
}

const WAYS = [
  ['left', 'ArrowLeft', -STEP, 0],
  ['right', 'ArrowRight', STEP, 0],
  ['up', 'ArrowUp', 0, -STEP],
  ['down', 'ArrowDown', 0, STEP],
] as const;

/** Move what is selected by one step of the grid. A run of steps is one undo step. */
export const nudges: readonly Command[] = WAYS.map(([way, key, dx, dy]) =>
  defineCommand({ id: `arrange.nudge-${way}`, label: `Nudge ${way}`, menu: 'arrange', shortcuts: [`Alt+${key}`], shownShortcuts: () => [useSession.getState().arrowKeys === 'nudge' ? key : `Alt+${key}`], scope: 'canvas', synonyms: ['move'], enabled, perform: () => nudge(dx, dy) }),
);
