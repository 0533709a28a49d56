import { paperView } from '../../document/clipboard/paper-view.ts';
import { fragmentOf } from '../../document/clipboard/fragment.ts';
import { selectCopies } from '../../document/clipboard/actions.ts';
import { fragmentWords } from '../../document/clipboard/words.ts';
import type { Copies } from '../../document/clipboard/insert.ts';
import { duplicateObjects } from '../../document/edits/duplicate.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { edit } from '../../document/history.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { rectsOverlap, type Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { SNAP } from '../interaction/add-part.ts';
import { passengers } from '../model/scene.ts';
import { parseFlowId, type BoxKind, type FlowNode } from '../projection/flow-types.ts';
import type { NodeProjection } from '../projection/to-nodes.ts';
import { guideMarks, snapTo, stillBoxes, type StillBoxes } from './alignments.ts';
import { NO_MARKS, useDragMarks, type CopyInHand } from './drag-marks.ts';

interface Place { readonly x: number; readonly y: number }
type Places = ReadonlyMap<string, Place>;

/** How near an edge must come to another to align with it, screen px. */
const NEAR = 6;

const rectOf = (node: FlowNode): Rect => ({ left: node.position.x, top: node.position.y, right: node.position.x + (node.width ?? 0), bottom: node.position.y + (node.height ?? 0) });
const shifted = (rect: Rect, { x, y }: Place): Rect => ({ left: rect.left + x, top: rect.top + y, right: rect.right + x, bottom: rect.bottom + y });
const toGrid = (from: number, by: number): number => Math.round((from + by) / SNAP) * SNAP - from;

function nameOf(node: FlowNode): string {
  if (node.type === 'component') return node.data.node.name;
  return node.type === 'boundary' ? node.data.boundary.name : 'note';
}

/** The boxes that a drag may align with: what stands still and can be seen. Boundaries align with boundaries. */
function othersOf(nodes: NodeProjection, moving: Places): readonly Rect[] {
  const design = activeDocument()?.design;
  const taken = new Set(moving.keys());
  let boundaries = false;
  for (const flow of moving.keys()) {
    const { kind, id } = parseFlowId(flow);
    if (kind !== 'boundary' || !design) continue;
    boundaries = true;
    for (const rider of passengers(design, id, nodes)) taken.add(rider);
  }
  return nodes.nodes.filter((node) => !taken.has(node.id) && (boundaries || node.type !== 'boundary')).map(rectOf);
}

/** One drag, from the first step to the drop. */
interface Drag {
  readonly start: Places;
  readonly bounds: Rect;
  readonly others: readonly Rect[];
  readonly copying: boolean;
  delta: Place;
  seen: Rect | null;
  still: StillBoxes;
}

function begin(nodes: NodeProjection, moved: Places, copying: boolean): Drag | null {
  const start = new Map<string, Place>();
  const originals: Rect[] = [];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const flow of moved.keys()) {
    const node = nodes.byId.get(flow);
    if (!node) continue;
    start.set(flow, node.position);
    const rect = rectOf(node);
    originals.push(rect);
    [left, top, right, bottom] = [Math.min(left, rect.left), Math.min(top, rect.top), Math.max(right, rect.right), Math.max(bottom, rect.bottom)];
  }
  if (start.size === 0) return null;
  // what is copied stays where it is, and the copy may align with it
  const others = [...othersOf(nodes, moved), ...(copying ? originals : [])];
  return { start, bounds: { left, top, right, bottom }, others, copying, delta: { x: 0, y: 0 }, seen: null, still: stillBoxes([]) };
}

/** The boxes in view; prepared again only when the view has moved. */
function stillIn(drag: Drag): StillBoxes {
  const seen = paperView()?.seen() ?? null;
  const before = drag.seen;
  if (seen && before && seen.left === before.left && seen.top === before.top && seen.right === before.right && seen.bottom === before.bottom) return drag.still;
  drag.seen = seen;
  drag.still = stillBoxes(seen ? drag.others.filter((rect) => rectsOverlap(rect, seen)) : drag.others);
  return drag.still;
}

/** How far a drag goes: along one axis if wished, to a guide if one is near, else to the grid. */
function place(drag: Drag, moved: Places, axis: boolean): Place {
  const [first] = drag.start;
  const now = first && moved.get(first[0]);
  if (!first || !now) return drag.delta;
  const from = first[1];
  const raw = { x: now.x - from.x, y: now.y - from.y };
  const locked = axis ? (Math.abs(raw.x) >= Math.abs(raw.y) ? 'y' : 'x') : null;
  const free = { x: locked === 'x' ? 0 : raw.x, y: locked === 'y' ? 0 : raw.y };
  const snap = snapTo(shifted(drag.bounds, free), stillIn(drag), NEAR / (paperView()?.zoom() ?? 1));
  const along = (key: 'x' | 'y'): number => {
    if (locked === key) return 0;
    const correction = snap[key];
    return correction === null ? toGrid(from[key], free[key]) : free[key] + correction;
  };
  return { x: along('x'), y: along('y') };
}

function copiesInHand(drag: Drag, nodes: NodeProjection): readonly CopyInHand[] {
  return [...drag.start.keys()].flatMap((flow) => {
    const node = nodes.byId.get(flow);
    return node ? [{ key: flow, name: nameOf(node), rect: shifted(rectOf(node), drag.delta) }] : [];
  });
}

/** What a drag holds, by kind. */
function heldIn({ start }: Drag): Readonly<Record<BoxKind, readonly string[]>> {
  const objects: Record<BoxKind, string[]> = { node: [], boundary: [], note: [] };
  for (const flow of start.keys()) {
    const { kind, id } = parseFlowId(flow);
    objects[kind].push(id);
  }
  return objects;
}

/** The drawing with the copies that are in the hand. */
function tryCopies(drag: Drag): Design | null {
  const design = activeDocument()?.design;
  if (!design || (drag.delta.x === 0 && drag.delta.y === 0)) return null;
  return edit(design, 'Copy', (draft) => void duplicateObjects(draft, heldIn(drag), createObjectIds(design), drag.delta))?.design ?? null;
}

/** Put copies of what was dragged where it was let go, as one step, and select them. */
function dropCopies(drag: Drag): void {
  const { delta } = drag;
  const doc = activeDocument();
  if (!doc || (delta.x === 0 && delta.y === 0)) return;
  const objects = heldIn(drag);
  let copies: Copies = new Map();
  useWorkspace.getState().commit(`Copy ${fragmentWords(fragmentOf(doc.design, objects))}`, (draft) => {
    copies = duplicateObjects(draft, objects, createObjectIds(doc.design), delta);
  });
  selectCopies(copies);
  const id = copies.get(objects.node[0] ?? '');
  if (id !== undefined) useCanvasUi.getState().set({ focused: { kind: 'node', id } });
}

/** The model of a drawing, as far as a drag needs it. */
export interface DragTarget {
  readonly view: () => { readonly nodes: NodeProjection };
  drag(moved: Places): void;
  tryDrop(): Design | null;
  drop(): void;
  /** Everything stands where it stood before the drag. */
  putBack(): void;
}

/** Guides a drag: grid, guides, one axis, copies. The places that it gets are those of the bare pointer. */
export interface DragHand {
  /** Keys that are held: `copy` counts as it is at the press, `axis` at every step. */
  hold(keys: { readonly copy?: boolean; readonly axis?: boolean }): void;
  step(moved: Places): void;
  /** The drawing as it would be if the hand let go now; null while it holds nothing. */
  tryDrop(): Design | null;
  drop(): void;
  /** Let go without effect: until the drop no step counts. False when nothing is held. */
  cancel(): boolean;
  /** Whether the drag that goes on was cancelled. */
  cancelled(): boolean;
}

/** The hand that drags in one drawing. */
export function createDragHand(target: DragTarget): DragHand {
  const held = { copy: false, axis: false };
  let drag: Drag | null = null;
  let cancelled = false;
  return {
    hold: (keys) => void Object.assign(held, keys),
    step: (moved) => {
      if (cancelled) return;
      drag ??= begin(target.view().nodes, moved, held.copy);
      if (!drag) return;
      const delta = place(drag, moved, held.axis);
      if (delta.x === drag.delta.x && delta.y === drag.delta.y) return;
      drag.delta = delta;
      const marks = guideMarks(shifted(drag.bounds, delta), stillIn(drag));
      useDragMarks.setState({ ...marks, copies: drag.copying ? copiesInHand(drag, target.view().nodes) : [] });
      if (!drag.copying) target.drag(new Map([...drag.start].map(([flow, from]) => [flow, { x: from.x + delta.x, y: from.y + delta.y }])));
    },
    tryDrop: () => (drag?.copying ? tryCopies(drag) : target.tryDrop()),
    drop: () => {
      const ended = drag;
      const wasCancelled = cancelled;
      drag = null;
      cancelled = false;
      useDragMarks.setState(NO_MARKS);
      if (wasCancelled) return;
      if (ended?.copying) dropCopies(ended);
      else target.drop();
    },
    cancel: () => {
      if (!drag) return false;
      drag = null;
      cancelled = true;
      useDragMarks.setState(NO_MARKS);
      target.putBack();
      return true;
    },
    cancelled: () => cancelled,
  };
}
