import { COMPONENT_HEIGHT } from '../../drawing/component-facts.ts';
import { namesOf } from '../../drawing/names.ts';
import { boundaryBox, noteBox, placeOf } from '../../drawing/places.ts';
import { nameWidth } from '../../drawing/text-width.ts';
import type { Design } from '../../model/design.ts';
import type { Rect } from './geometry.ts';

/** The parts of a design that decide how it is laid out. */
export type Drawing = Pick<Design, 'nodes' | 'edges' | 'boundaries' | 'notes' | 'layout'>;

/** Things by kind. */
export interface Chosen {
  readonly node: readonly string[];
  readonly boundary: readonly string[];
  readonly note: readonly string[];
}

/** A component or a note: its box now, the boundary around it, and whether it may be moved. */
export interface Leaf {
  readonly key: string;
  readonly kind: 'node' | 'note';
  readonly id: string;
  readonly rect: Rect;
  readonly placed: boolean;
  readonly parent: string | null;
  readonly moves: boolean;
}

/**
 * A boundary. `free`: it moves with all it holds. `anchored`: it closes around something pinned and may change its size.
 * `fixed`: it stays as it is.
 */
export interface Frame {
  readonly id: string;
  readonly rect: Rect | null;
  readonly parent: string | null;
  readonly depth: number;
  readonly state: 'free' | 'anchored' | 'fixed';
}

/** A drawing as the layout sees it. Leaves and frames are in the order of their ids: the order of a file decides nothing. */
export interface Paper {
  readonly leaves: readonly Leaf[];
  readonly frames: ReadonlyMap<string, Frame>;
}

/** The name of a thing among all kinds. */
export function keyOf(kind: 'node' | 'boundary' | 'note', id: string): string {
  return `${kind} ${id}`;
}

type Parents = ReadonlyMap<string, string | null>;

/** The boundaries around each boundary, without circles and without those that are not drawn and do not move. */
function parentsOf({ boundaries, layout }: Drawing, chosen: ReadonlySet<string>): Parents {
  const drawn = (id: string): boolean => boundaryBox(layout, id) !== null || chosen.has(id);
  const parents = new Map<string, string | null>();
  for (const id of Object.keys(boundaries)) {
    const seen = new Set([id]);
    let parent = boundaries[id]?.parent ?? null;
    while (parent !== null && Object.hasOwn(boundaries, parent) && !seen.has(parent) && !drawn(parent)) {
      seen.add(parent);
      parent = boundaries[parent]?.parent ?? null;
    }
    const known = parent !== null && Object.hasOwn(boundaries, parent) && !seen.has(parent);
    parents.set(id, known ? parent : null);
  }
  for (const id of parents.keys()) if (chain(id, parents).length > parents.size) parents.set(id, null);
  return parents;
}

/** A boundary and those around it, innermost first; longer than there are boundaries when they go in a circle. */
function chain(id: string | null, parents: Parents): readonly string[] {
  const ids: string[] = [];
  for (let at = id; at !== null && ids.length <= parents.size; at = parents.get(at) ?? null) ids.push(at);
  return ids;
}

function leavesOf(design: Drawing, chosen: { readonly node: ReadonlySet<string>; readonly note: ReadonlySet<string> }, home: (boundary: string | null | undefined) => string | null, held: (parent: string | null) => boolean): Leaf[] {
  const { layout } = design;
  const names = namesOf({ ...design } as Design, nameWidth);
  const leaves: Leaf[] = [];
  Object.values(design.nodes).forEach(({ id, boundary }, index) => {
    const place = layout.nodes[id];
    const parent = home(boundary);
    const moves = (chosen.node.has(id) || held(parent)) && place?.pinned !== true;
    leaves.push({ key: keyOf('node', id), kind: 'node', id, parent, moves, placed: place !== undefined, rect: { ...placeOf(place, index), w: names.get(id)?.width ?? 184, h: COMPONENT_HEIGHT } });
  });
  Object.values(design.notes).forEach(({ id, boundary, text }, index) => {
    const parent = home(boundary);
    leaves.push({ key: keyOf('note', id), kind: 'note', id, parent, moves: chosen.note.has(id) || held(parent), placed: layout.notes[id] !== undefined, rect: noteBox(layout, id, index, text) });
  });
  return leaves.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Read a drawing. What is chosen moves, a boundary with all it holds; everything moves when nothing is chosen by name; what is pinned never does. */
export function readPaper(design: Drawing, chosen: Chosen | null): Paper {
  const { node, boundary, note } = chosen ?? { node: Object.keys(design.nodes), boundary: Object.keys(design.boundaries), note: Object.keys(design.notes) };
  const named = new Set(boundary);
  const parents = parentsOf(design, named);
  const held = (parent: string | null): boolean => chain(parent, parents).some((id) => named.has(id));
  const home = (id: string | null | undefined): string | null => {
    if (id == null || !parents.has(id)) return null;
    return boundaryBox(design.layout, id) !== null || held(id) ? id : (parents.get(id) ?? null);
  };
  const leaves = leavesOf(design, { node: new Set(node), note: new Set(note) }, home, held);
  const anchors = new Set(leaves.filter(({ moves }) => !moves).flatMap(({ parent }) => chain(parent, parents)));
  const frames = new Map<string, Frame>();
  for (const id of [...parents.keys()].sort()) {
    const state = !held(id) ? 'fixed' : anchors.has(id) ? 'anchored' : 'free';
    const rect = boundaryBox(design.layout, id);
    if (rect !== null || state !== 'fixed') frames.set(id, { id, rect, parent: parents.get(id) ?? null, depth: chain(id, parents).length, state });
  }
  return { leaves, frames };
}
