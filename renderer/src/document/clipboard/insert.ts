import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import type { IdGenerator } from '../../../../shared/model/ids.ts';
import { growBoundaries } from '../edits/boundaries.ts';
import { boundariesAt, boundaryAt } from '../edits/membership.ts';
import { kindsAround, kindsInside, nestingProblem } from '../edits/nesting.ts';
import { plain } from './fragment.ts';
import { nameGiver } from './name-giver.ts';

/** Ids of the copies by the id of the original. */
export type Copies = ReadonlyMap<string, string>;

/** How copies are put down. */
export interface Insertion {
  /** How far every copy stands from its original, canvas units. */
  readonly offset: { readonly x: number; readonly y: number };
  /** Whether data comes along with its home; data that the drawing has already, by name, never comes twice. */
  readonly data: boolean;
}

interface Work {
  readonly draft: Design;
  readonly source: Design;
  readonly ids: IdGenerator;
  readonly offset: { readonly x: number; readonly y: number };
  readonly copies: Map<string, string>;
  /** The boundaries as they were, as plain data: a draft is slow to search. */
  readonly before: Design;
}

interface Box { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

/** The innermost larger boundary that holds a box's centre and allows it: a copy that overlaps its original must not move into that. */
function boundaryAround({ before, source }: Work, id: string, box: Box): string | null {
  const kinds = kindsInside(source, id);
  const around = boundariesAt(before, box.x + box.w / 2, box.y + box.h / 2).filter((outer) => {
    const { w, h } = before.layout.boundaries[outer] ?? box;
    return w * h > box.w * box.h && nestingProblem(kinds, kindsAround(before, outer)) === null;
  });
  return around[0] ?? null;
}

function insertBoundaries(work: Work): void {
  const { draft, source, ids, offset, copies, before } = work;
  const name = nameGiver(Object.values(before.boundaries).map((boundary) => boundary.name));
  for (const id of Object.keys(source.boundaries)) copies.set(id, ids('b'));
  for (const boundary of Object.values(source.boundaries)) {
    const id = copies.get(boundary.id) ?? boundary.id;
    const box = source.layout.boundaries[boundary.id];
    const placed = box && { ...plain(box), x: box.x + offset.x, y: box.y + offset.y };
    const inner = boundary.parent == null ? undefined : copies.get(boundary.parent);
    draft.boundaries[id] = { ...plain(boundary), id, name: name(boundary.name), parent: inner ?? (placed ? boundaryAround(work, boundary.id, placed) : null) };
    if (placed) draft.layout.boundaries[id] = placed;
  }
}

/** The boundary of a copy: the copy of the original's, else the one at its place. */
function homeOf({ copies, before }: Work, own: string | null | undefined, middle: { readonly x: number; readonly y: number }): string | null {
  const copied = own == null ? undefined : copies.get(own);
  return copied ?? boundaryAt(before, middle.x, middle.y);
}

function insertNodes(work: Work): void {
  const { draft, source, ids, offset, copies } = work;
  const name = nameGiver(Object.values(draft.nodes).map((node) => node.name));
  Object.values(source.nodes).forEach((node) => {
    const id = ids('n');
    const place = source.layout.nodes[node.id] ?? { x: 0, y: 0 };
    const at = { ...plain(place), x: place.x + offset.x, y: place.y + offset.y };
    const boundary = homeOf(work, node.boundary, { x: at.x + (at.w ?? COMPONENT_WIDTH) / 2, y: at.y + COMPONENT_HEIGHT / 2 });
    draft.nodes[id] = { ...plain(node), id, name: name(node.name), ...(boundary !== null || node.boundary != null ? { boundary } : {}) };
    draft.layout.nodes[id] = at;
    copies.set(node.id, id);
  });
}

function insertNotes(work: Work): void {
  const { draft, source, ids, offset, copies } = work;
  for (const note of Object.values(source.notes)) {
    const box = source.layout.notes[note.id];
    if (!box) continue;
    const id = ids('t');
    const placed = { ...plain(box), x: box.x + offset.x, y: box.y + offset.y };
    const boundary = homeOf(work, note.boundary, { x: placed.x + placed.w / 2, y: placed.y + placed.h / 2 });
    draft.notes[id] = { ...plain(note), id, ...(boundary !== null || note.boundary != null ? { boundary } : {}) };
    draft.layout.notes[id] = placed;
    copies.set(note.id, id);
  }
}

/** Data of the same name is the same data: it is not made a second time, and connections mean the one that is there. */
function insertData({ draft, source, ids, copies }: Work): void {
  const known = new Map(Object.values(draft.entities).map((entity) => [entity.name.trim().toLowerCase(), entity.id]));
  for (const entity of Object.values(source.entities)) {
    const home = copies.get(entity.home);
    const there = known.get(entity.name.trim().toLowerCase());
    if (there !== undefined) copies.set(entity.id, there);
    if (there !== undefined || home === undefined) continue;
    const id = ids('d');
    draft.entities[id] = { ...plain(entity), id, home };
    copies.set(entity.id, id);
  }
}

function insertEdges({ draft, source, ids, offset, copies }: Work): void {
  for (const edge of Object.values(source.edges)) {
    const [from, to] = [copies.get(edge.from), copies.get(edge.to)];
    if (from === undefined || to === undefined) continue;
    const id = ids('e');
    const made = { ...plain(edge), id, from, to };
    const data = typeof made.params.entity === 'string' ? copies.get(made.params.entity) : undefined;
    if (data !== undefined) made.params = { ...made.params, entity: data };
    draft.edges[id] = made;
    const route = source.layout.edges[edge.id];
    if (route) draft.layout.edges[id] = { ...plain(route), points: route.points.map((point) => ({ ...plain(point), x: point.x + offset.x, y: point.y + offset.y })) };
    copies.set(edge.id, id);
  }
}

/**
 * Put copies of all that stands in `source` into a drawing: new ids, names that are free, the boundary at the new
 * place, which grows to keep them. Journeys are left as they are. Returns the ids of the copies of boundaries, components, notes and connections.
 */
export function insertCopies(draft: Design, source: Design, ids: IdGenerator, { offset, data }: Insertion): Copies {
  const nothing = emptyDesign();
  const before = { ...nothing, boundaries: plain(draft.boundaries), layout: { ...nothing.layout, boundaries: plain(draft.layout.boundaries) } };
  const work: Work = { draft, source, ids, offset, copies: new Map(), before };
  insertBoundaries(work);
  insertNodes(work);
  insertNotes(work);
  growBoundaries(draft, [...work.copies.values()].map((id) => draft.nodes[id]?.boundary ?? draft.notes[id]?.boundary ?? draft.boundaries[id]?.parent));
  const placed = new Map(work.copies);
  if (data) insertData(work);
  insertEdges(work);
  for (const id of Object.keys(source.edges)) {
    const copy = work.copies.get(id);
    if (copy !== undefined) placed.set(id, copy);
  }
  return placed;
}
