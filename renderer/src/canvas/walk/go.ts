import type { Design } from '../../../../shared/model/design.ts';
import { requestReveal } from '../../document/reveal-request.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument } from '../../document/workspace.ts';
import { useCanvasUi, type Thing } from '../canvas-ui.ts';
import { exists } from '../interaction/focus-after-removal.ts';
import { selectOnly } from '../interaction/selection.ts';
import { endOfEdge, nextEdge, walkFrom, walkIn, walkOut, walkStart } from './scene-walk.ts';
import type { Direction } from './walk.ts';

/** The thing that keys act on, as long as it is drawn. */
export function standingOn(design: Design): Thing | null {
  const { focused } = useCanvasUi.getState();
  return focused && exists(design, focused) ? focused : null;
}

/** Stand on a thing and select it; `extend` adds it to the selection. The camera follows only out of view. */
export function goTo(thing: Thing | null, extend = false): void {
  if (thing === null) return;
  const { selection, select } = useSession.getState();
  if (!extend) selectOnly(thing);
  else if (!selection[thing.kind].includes(thing.id)) select({ ...selection, [thing.kind]: [...selection[thing.kind], thing.id] });
  useCanvasUi.getState().set({ focused: thing, keys: true });
  requestReveal([thing]);
}

const EDGE_STEPS: Readonly<Record<Direction, 1 | -1 | 'from' | 'to'>> = { up: -1, down: 1, left: 'from', right: 'to' };

/** From a connection: right to where it leads, left to where it begins, up and down to its siblings. */
function fromEdge(design: Design, edge: Thing, direction: Direction): Thing | null {
  const step = EDGE_STEPS[direction];
  return typeof step === 'string' ? endOfEdge(design, edge.id, step) : nextEdge(design, edge, 'out', step);
}

/** An arrow: walk to the neighbour, or to the top left where keys stand nowhere yet. With `extend` it joins the selection. */
export function walk(direction: Direction, extend: boolean): void {
  const design = activeDocument()?.design;
  if (!design) return;
  const at = standingOn(design);
  if (at === null) goTo(walkStart(design));
  else goTo(at.kind === 'edge' ? fromEdge(design, at, direction) : walkFrom(design, at, direction), extend);
}

/** Ctrl with an arrow: right and left to the next connection that leaves or arrives, down into a boundary, up out of it. */
export function jump(direction: Direction): void {
  const design = activeDocument()?.design;
  const at = design ? standingOn(design) : null;
  if (!design || !at) return;
  if (direction === 'right') goTo(nextEdge(design, at, 'out'));
  else if (direction === 'left') goTo(nextEdge(design, at, 'in'));
  else goTo(direction === 'down' ? walkIn(design, at) : walkOut(design, at));
}

/** Enter on a connection leads to its far end. False where keys stand on something else. */
export function followEdge(): boolean {
  const design = activeDocument()?.design;
  const at = design ? standingOn(design) : null;
  if (!design || at?.kind !== 'edge') return false;
  goTo(endOfEdge(design, at.id, 'to'));
  return true;
}
