import { BOUNDARY } from '../../../../shared/drawing/boundary-figures.ts';
import type { PaperBox } from '../../../../shared/drawing/places.ts';
import type { Boundary, Design } from '../../../../shared/model/design.ts';
import { ancestorsOf } from '../../../../shared/model/graph-queries.ts';
import { boundaryAt, boundariesInside, boxOf, contentsOf, type Contents } from './membership.ts';
import { kindsAround, kindsInside, nestingProblem, parentAt } from './nesting.ts';
import { removeObjects, type ObjectSet } from './remove.ts';

type Kind = Boundary['kind'];
const KINDS = ['node', 'boundary', 'note'] as const;
const { side, top, step, least } = BOUNDARY;

const down = (value: number): number => Math.floor(value / step) * step;
const up = (value: number): number => Math.ceil(value / step) * step;

/** The box that things need around them, with a boundary's padding; null when none of them has a place. */
function roomFor(design: Design, things: ObjectSet): PaperBox | null {
  const boxes = KINDS.flatMap((kind) => (things[kind] ?? []).flatMap((id) => boxOf(design, kind, id) ?? []));
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map((box) => box.x)) - side;
  const high = Math.min(...boxes.map((box) => box.y)) - top;
  const right = Math.max(...boxes.map((box) => box.x + box.w)) + side;
  const bottom = Math.max(...boxes.map((box) => box.y + box.h)) + side;
  return { x: left, y: high, w: right - left, h: bottom - high };
}

/** The smallest box on the grid that holds another one and is at least as large as a boundary may be. */
function snapped({ x, y, w, h }: PaperBox): PaperBox {
  const [left, high] = [down(x), down(y)];
  return { x: left, y: high, w: Math.max(least.w, up(x + w) - left), h: Math.max(least.h, up(y + h) - high) };
}

/** A box grown in whole steps until it holds another one; the same object when it does already. */
function grown(box: PaperBox, needed: PaperBox): PaperBox {
  const more = (missing: number): number => up(Math.max(0, missing));
  const [left, high] = [more(box.x - needed.x), more(box.y - needed.y)];
  const right = more(needed.x + needed.w - (box.x + box.w));
  const bottom = more(needed.y + needed.h - (box.y + box.h));
  if (left + high + right + bottom === 0) return box;
  return { x: box.x - left, y: box.y - high, w: box.w + left + right, h: box.h + high + bottom };
}

function setBox(draft: Design, id: string, box: PaperBox): void {
  const before = draft.layout.boundaries[id];
  if (before && before.x === box.x && before.y === box.y && before.w === box.w && before.h === box.h) return;
  draft.layout.boundaries[id] = { ...before, ...box };
}

/** Grow boundaries, and those around them, in steps of 8 until all of their contents stand inside with padding. Never shrinks one. */
export function growBoundaries(draft: Design, ids: Iterable<string | null | undefined>): void {
  for (const start of new Set(ids)) {
    if (start == null || !Object.hasOwn(draft.boundaries, start)) continue;
    for (const id of [start, ...ancestorsOf(draft, start)]) {
      const box = boxOf(draft, 'boundary', id);
      const needed = roomFor(draft, contentsOf(draft, id));
      if (box && needed) setBox(draft, id, grown(box, needed));
    }
  }
}

/** Close a boundary around its contents; an empty one becomes as small as one may be. */
export function shrinkToFit(draft: Design, id: string): void {
  const box = boxOf(draft, 'boundary', id);
  const needed = roomFor(draft, contentsOf(draft, id));
  if (box) setBox(draft, id, needed ? snapped(needed) : { x: box.x, y: box.y, ...least });
}

/** The corner of a boundary that a hand moves. */
export interface Corner { readonly x: 'left' | 'right'; readonly y: 'top' | 'bottom' }

/** A box with one corner at a point: on the grid, no smaller than its contents and than a boundary may be. The opposite corner stays. */
export function boxWithCorner(design: Design, id: string, box: PaperBox, corner: Corner, at: { readonly x: number; readonly y: number }): PaperBox {
  const needed = roomFor(design, contentsOf(design, id));
  const [right, bottom] = [box.x + box.w, box.y + box.h];
  const snap = (value: number): number => Math.round(value / step) * step;
  let [left, high, far, low] = [box.x, box.y, right, bottom];
  if (corner.x === 'left') left = Math.min(snap(at.x), right - least.w, needed ? down(needed.x) : Infinity);
  else far = Math.max(snap(at.x), left + least.w, needed ? up(needed.x + needed.w) : -Infinity);
  if (corner.y === 'top') high = Math.min(snap(at.y), bottom - least.h, needed ? down(needed.y) : Infinity);
  else low = Math.max(snap(at.y), high + least.h, needed ? up(needed.y + needed.h) : -Infinity);
  return { x: left, y: high, w: far - left, h: low - high };
}

const centre = ({ x, y, w, h }: PaperBox): { readonly x: number; readonly y: number } => ({ x: x + w / 2, y: y + h / 2 });

function covers(box: PaperBox, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

/** What a box now covers and did not before belongs to the boundary, if it is the innermost one there. */
function takeIn(draft: Design, id: string, before: PaperBox): void {
  const around = new Set([id, ...ancestorsOf(draft, id)]);
  const fresh = (box: PaperBox | null): boolean => box !== null && !covers(before, centre(box)) && boundaryAt(draft, centre(box).x, centre(box).y) === id;
  for (const node of Object.values(draft.nodes)) if (node.boundary !== id && fresh(boxOf(draft, 'node', node.id))) node.boundary = id;
  for (const note of Object.values(draft.notes)) if (note.boundary !== id && fresh(boxOf(draft, 'note', note.id))) note.boundary = id;
  for (const other of Object.values(draft.boundaries)) {
    const box = boxOf(draft, 'boundary', other.id);
    if (around.has(other.id) || !box || !covers(draft.layout.boundaries[id] ?? before, centre(box)) || covers(before, centre(box))) continue;
    const { x, y } = centre(box);
    if (parentAt(draft, other.id, x, y).parent === id && other.parent !== id) other.parent = id;
  }
}

/** Give a boundary the box that a hand drew, from `before`; what comes to stand in it belongs to it. Boundaries around it grow. */
export function resizeBoundary(draft: Design, id: string, box: PaperBox, before: PaperBox): void {
  if (!Object.hasOwn(draft.boundaries, id)) return;
  setBox(draft, id, box);
  takeIn(draft, id, before);
  growBoundaries(draft, [id]);
}

/** The selected things that are not inside another selected one: those that a new boundary takes in. */
function outermost(design: Design, things: ObjectSet): Contents {
  const selected = new Set((things.boundary ?? []).filter((id) => Object.hasOwn(design.boundaries, id)));
  const carried = (start: string | null | undefined): boolean => start != null && (selected.has(start) || ancestorsOf(design, start).some((id) => selected.has(id)));
  return {
    node: (things.node ?? []).filter((id) => design.nodes[id] && !carried(design.nodes[id].boundary)),
    boundary: [...selected].filter((id) => !carried(design.boundaries[id]?.parent)),
    note: (things.note ?? []).filter((id) => design.notes[id] && !carried(design.notes[id].boundary)),
  };
}

function homesOf(design: Design, things: Contents): readonly (string | null)[] {
  return [
    ...things.node.map((id) => design.nodes[id]?.boundary ?? null),
    ...things.boundary.map((id) => design.boundaries[id]?.parent ?? null),
    ...things.note.map((id) => design.notes[id]?.boundary ?? null),
  ];
}

/** The innermost boundary that holds all of these; null for the paper. */
function commonHome(design: Design, homes: readonly (string | null)[]): string | null {
  const chains = homes.map((home) => (home === null ? [] : [home, ...ancestorsOf(design, home)]));
  return chains[0]?.find((id) => chains.every((chain) => chain.includes(id))) ?? null;
}

/** Why these things cannot be grouped into a boundary of that kind, as a sentence; null when they can. */
export function groupProblem(design: Design, things: ObjectSet, kind: Kind): string | null {
  const taken = outermost(design, things);
  if (taken.node.length + taken.boundary.length + taken.note.length === 0) return 'Select components, notes or boundaries to group them.';
  const around = kindsAround(design, commonHome(design, homesOf(design, taken)));
  const inside = taken.boundary.flatMap((id) => kindsInside(design, id));
  return nestingProblem([kind], around) ?? nestingProblem(inside, [kind]);
}

/** Draw a boundary around things and move them into it; it stands in the innermost boundary that held them all, which grows. */
export function groupObjects(draft: Design, input: { readonly id: string; readonly kind: Kind; readonly name: string }, things: ObjectSet): void {
  const { id, kind, name } = input;
  const taken = outermost(draft, things);
  const room = roomFor(draft, taken);
  if (!room) return;
  const parent = commonHome(draft, homesOf(draft, taken));
  draft.boundaries[id] = { id, kind, name, ...(parent === null ? {} : { parent }) };
  setBox(draft, id, snapped(room));
  for (const each of taken.node) if (draft.nodes[each]) draft.nodes[each].boundary = id;
  for (const each of taken.boundary) if (draft.boundaries[each]) draft.boundaries[each].parent = id;
  for (const each of taken.note) if (draft.notes[each]) draft.notes[each].boundary = id;
  growBoundaries(draft, [id]);
}

/** Draw an empty boundary; it stands in the innermost boundary under its centre that allows its kind. */
export function addBoundary(draft: Design, input: { readonly id: string; readonly kind: Kind; readonly name: string; readonly box: PaperBox }): void {
  const { id, kind, name, box } = input;
  draft.boundaries[id] = { id, kind, name };
  const { parent } = parentAt(draft, id, centre(box).x, centre(box).y);
  if (parent !== null) draft.boundaries[id] = { id, kind, name, parent };
  setBox(draft, id, box);
  growBoundaries(draft, [id]);
}

/** Draw a boundary over what stands there: all whose middle it covers belongs to it, unless a boundary further inside holds it. */
export function dropBoundary(draft: Design, input: { readonly id: string; readonly kind: Kind; readonly name: string; readonly box: PaperBox }): void {
  addBoundary(draft, input);
  takeIn(draft, input.id, { ...input.box, w: -1, h: -1 });
  growBoundaries(draft, [input.id]);
}

/** Take boundaries away; what stood in each stays in its place and belongs to the one around it. */
export function ungroup(draft: Design, ids: readonly string[]): void {
  const homes = ids.map((id) => draft.boundaries[id]?.parent);
  removeObjects(draft, { boundary: ids });
  growBoundaries(draft, homes);
}

/** What the boundaries hold directly: what is selected after they were taken away. */
export function heldBy(design: Design, ids: readonly string[]): Contents {
  const all = ids.map((id) => contentsOf(design, id));
  const gone = new Set(ids);
  return { node: all.flatMap((each) => each.node), boundary: all.flatMap((each) => each.boundary).filter((id) => !gone.has(id)), note: all.flatMap((each) => each.note) };
}

/** How many components stand in a boundary, at any depth. */
export function componentsInside(design: Design, id: string): number {
  const inside = new Set([id, ...boundariesInside(design, id)]);
  return Object.values(design.nodes).filter((node) => node.boundary != null && inside.has(node.boundary)).length;
}

const WORDS: Readonly<Record<Kind, string>> = { region: 'Region', zone: 'Zone', cluster: 'Cluster', group: 'Group' };

/** A name that no boundary has yet: "Zone a", "Zone b"; "Region", "Region 2". */
export function newBoundaryName(design: Design, kind: Kind): string {
  const taken = new Set(Object.values(design.boundaries).map(({ name }) => name.trim().toLowerCase()));
  const word = WORDS[kind];
  const letters = kind === 'zone' ? Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${word} ${letter}`) : [word];
  const free = letters.find((name) => !taken.has(name.toLowerCase()));
  if (free !== undefined) return free;
  let number = letters.length + 1;
  while (taken.has(`${word} ${number}`.toLowerCase())) number += 1;
  return `${word} ${number}`;
}
