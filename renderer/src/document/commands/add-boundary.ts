import { BOUNDARY } from '../../../../shared/drawing/boundary-figures.ts';
import type { Boundary, Design } from '../../../../shared/model/design.ts';
import { paperView } from '../clipboard/paper-view.ts';
import { requestEditing } from '../edit-request.ts';
import { addBoundary, dropBoundary, groupObjects, groupProblem, newBoundaryName } from '../edits/boundaries.ts';
import { freeBox } from '../edits/free-box.ts';
import { createObjectIds } from '../edits/object-ids.ts';
import { requestReveal } from '../reveal-request.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand, type Command } from './command.ts';

type Kind = Boundary['kind'];

/** Whether a boundary of that kind goes around the selection, stands free, or cannot be drawn and why. */
function intent(design: Design, kind: Kind): 'around' | 'free' | { readonly problem: string } {
  const { selection } = useSession.getState();
  const { node, note, boundary } = selection;
  if (node.length + note.length + boundary.length === 0) return 'free';
  const problem = groupProblem(design, selection, kind);
  if (problem === null) return 'around';
  // a selected boundary that cannot be inside the new one was not meant to be: the last one drawn is still selected
  return node.length + note.length === 0 ? 'free' : { problem };
}

function finish(id: string): void {
  useSession.getState().select({ boundary: [id] });
  requestReveal([{ kind: 'boundary', id }]);
  requestEditing({ kind: 'boundary', id });
}

/** Draw a boundary around what is selected, as one step, and ask for its name in its own place. */
export function drawAround(kind: Kind): void {
  const design = activeDocument()?.design;
  if (!design) return;
  const { selection } = useSession.getState();
  const id = createObjectIds(design)('b');
  const name = newBoundaryName(design, kind);
  if (useWorkspace.getState().commit(`Group into ${name}`, (draft) => groupObjects(draft, { id, kind, name }, selection))) finish(id);
}

function drawFree(kind: Kind): void {
  const design = activeDocument()?.design;
  if (!design) return;
  const id = createObjectIds(design)('b');
  const name = newBoundaryName(design, kind);
  const box = freeBox(design, BOUNDARY.fresh, kind, paperView()?.seen() ?? null);
  if (useWorkspace.getState().commit(`Add ${name}`, (draft) => addBoundary(draft, { id, kind, name, box }))) finish(id);
}

/** Draw a boundary with its middle where somebody dropped it, around what stands there, and ask for its name in its own place. */
export function drawBoundaryAt(kind: Kind, middle: { readonly x: number; readonly y: number }): void {
  const refused = drawingRefusal();
  const design = activeDocument()?.design;
  if (!design || refused !== null) return useSession.getState().notify(refused ?? 'There is no drawing to add to.');
  const id = createObjectIds(design)('b');
  const name = newBoundaryName(design, kind);
  const { w, h } = BOUNDARY.fresh;
  const snap = (value: number): number => Math.round(value / BOUNDARY.step) * BOUNDARY.step;
  const box = { x: snap(middle.x - w / 2), y: snap(middle.y - h / 2), w, h };
  if (useWorkspace.getState().commit(`Add ${name}`, (draft) => dropBoundary(draft, { id, kind, name, box }))) finish(id);
}

/** Other words for each kind, as a search takes them. */
export const BOUNDARY_WORDS: Readonly<Record<Kind, readonly string[]>> = {
  region: ['boundary', 'data centre', 'area'],
  zone: ['boundary', 'availability zone', 'az'],
  cluster: ['boundary', 'kubernetes', 'namespace'],
  group: ['boundary', 'box', 'frame'],
};

function addCommand(kind: Kind): Command {
  return defineCommand({
    id: `insert.${kind}`,
    label: `Add ${kind}`,
    menu: 'insert',
    synonyms: BOUNDARY_WORDS[kind],
    enabled: () => {
      const refused = drawingRefusal();
      if (refused !== null) return refused;
      const design = activeDocument()?.design;
      const wanted = design ? intent(design, kind) : 'free';
      return typeof wanted === 'object' ? wanted.problem : true;
    },
    perform: () => {
      const design = activeDocument()?.design;
      if (design && intent(design, kind) === 'around') drawAround(kind);
      else drawFree(kind);
    },
  });
}

/** Draw a boundary of each kind: around what is selected, else where there is room in the view. */
export const addBoundaries: readonly Command[] = (['region', 'zone', 'cluster', 'group'] as const).map(addCommand);
