import type { PaperBox } from '../../../../shared/drawing/places.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { boundariesInside, boxOf } from './membership.ts';
import { moveObjects, type Moves } from './move.ts';

/** What is selected on the canvas. */
export interface Arranged { readonly node: readonly string[]; readonly boundary: readonly string[]; readonly note: readonly string[] }

/** Where things are aligned: at an edge, or at their centres (one under the other) or middles (beside each other). */
export type Alignment = 'left' | 'right' | 'top' | 'bottom' | 'centres' | 'middles';
export type Distribution = 'across' | 'down';

/** A selected thing with all that goes along. `fixed`: it is pinned, or holds something that is. */
interface Unit { readonly key: string; readonly box: PaperBox; readonly fixed: boolean; readonly riders: Arranged }

/** One direction of a box. */
interface Axis { readonly at: 'x' | 'y'; readonly size: 'w' | 'h' }

const ACROSS: Axis = { at: 'x', size: 'w' };
const DOWN: Axis = { at: 'y', size: 'h' };

/** The selected things that move on their own: what stands in a selected boundary goes with it. */
function unitsOf(design: Design, { node, boundary, note }: Arranged): readonly Unit[] {
  const inside = new Map(boundary.map((id) => [id, new Set([id, ...boundariesInside(design, id)])]));
  const held = (home: string | null | undefined, own = ''): boolean => home != null && boundary.some((id) => id !== own && inside.get(id)?.has(home));
  const pinned = (id: string): boolean => design.layout.nodes[id]?.pinned === true;
  const unit = (kind: 'node' | 'boundary' | 'note', id: string, riders: Arranged): Unit[] => {
    const box = boxOf(design, kind, id);
    return box ? [{ key: `${kind} ${id}`, box, fixed: riders.node.some(pinned), riders }] : [];
  };
  const within = <T extends { readonly id: string; readonly boundary?: string | null | undefined }>(things: Readonly<Record<string, T>>, around: ReadonlySet<string>): string[] =>
    Object.values(things).filter((thing) => thing.boundary != null && around.has(thing.boundary)).map((thing) => thing.id);
  return [
    ...boundary.filter((id) => Object.hasOwn(design.boundaries, id) && !held(design.boundaries[id]?.parent, id)).flatMap((id) => {
      const around = inside.get(id) ?? new Set();
      return unit('boundary', id, { node: within(design.nodes, around), boundary: [...around], note: within(design.notes, around) });
    }),
    ...node.filter((id) => Object.hasOwn(design.nodes, id) && !held(design.nodes[id]?.boundary)).flatMap((id) => unit('node', id, { node: [id], boundary: [], note: [] })),
    ...note.filter((id) => Object.hasOwn(design.notes, id) && !held(design.notes[id]?.boundary)).flatMap((id) => unit('note', id, { node: [], boundary: [], note: [id] })),
  ];
}

/** How many selected things would be arranged. */
export function countArranged(design: Design, selection: Arranged): number {
  return unitsOf(design, selection).length;
}

/** New places of units and their riders. */
function movesOf(design: Design, targets: ReadonlyMap<Unit, number>, { at }: Axis): Moves {
  const moves: Record<'node' | 'boundary' | 'note', Record<string, { x: number; y: number }>> = { node: {}, boundary: {}, note: {} };
  for (const [{ box, riders }, to] of targets) {
    if (to === box[at]) continue;
    for (const kind of ['node', 'boundary', 'note'] as const) {
      for (const id of riders[kind]) {
        const own = boxOf(design, kind, id);
        if (own) moves[kind][id] = { x: own.x, y: own.y, [at]: own[at] + to - box[at] };
      }
    }
  }
  return moves;
}

function alignedTargets(units: readonly Unit[], alignment: Alignment, { at, size }: Axis): ReadonlyMap<Unit, number> {
  const fixed = units.filter((unit) => unit.fixed);
  // what cannot move is what the others go by
  const guides = (fixed.length > 0 ? fixed : units).map(({ box }) => box);
  const start = Math.min(...guides.map((box) => box[at]));
  const end = Math.max(...guides.map((box) => box[at] + box[size]));
  const widest = Math.max(...guides.map((box) => box[size]));
  // the widest thing comes to stand on a whole number, so that aligning again moves nothing
  const middle = fixed.length > 0 ? (start + end) / 2 : Math.round((start + end - widest) / 2) + widest / 2;
  const target = (box: PaperBox): number => {
    if (alignment === 'left' || alignment === 'top') return start;
    return alignment === 'right' || alignment === 'bottom' ? end - box[size] : middle - box[size] / 2;
  };
  return new Map(units.filter((unit) => !unit.fixed).map((unit) => [unit, target(unit.box)]));
}

/** Align the selected things; pinned ones stay, and the others go by them. Aligning again changes nothing. */
export function alignObjects(draft: Design, selection: Arranged, alignment: Alignment): void {
  const units = unitsOf(draft, selection);
  if (units.length < 2) return;
  const axis = alignment === 'left' || alignment === 'right' || alignment === 'centres' ? ACROSS : DOWN;
  moveObjects(draft, movesOf(draft, alignedTargets(units, alignment, axis), axis));
}

/** Equal gaps in a stretch between two ends; an end is a pinned thing, or the edge that the outermost thing stands at. Null without room. */
function spread(units: readonly Unit[], from: { readonly at: number; readonly edge: boolean }, to: { readonly at: number; readonly edge: boolean }, { size }: Axis): readonly (readonly [Unit, number])[] | null {
  const gaps = units.length - 1 + (from.edge ? 0 : 1) + (to.edge ? 0 : 1);
  const free = to.at - from.at - units.reduce((sum, { box }) => sum + box[size], 0);
  if (free < 0) return null;
  const gap = gaps === 0 ? 0 : free / gaps;
  let next = from.at + (from.edge ? 0 : gap);
  return units.map((unit, index) => {
    const first = from.edge && index === 0;
    const last = to.edge && index === units.length - 1;
    const place = first ? from.at : last ? to.at - unit.box[size] : Math.round(next);
    next += unit.box[size] + gap;
    return [unit, place] as const;
  });
}

function distributedTargets(units: readonly Unit[], axis: Axis): ReadonlyMap<Unit, number> | null {
  const { at, size } = axis;
  const centre = ({ box }: Unit): number => box[at] + box[size] / 2;
  const ordered = [...units].sort((a, b) => centre(a) - centre(b) || (a.key < b.key ? -1 : 1));
  const targets = new Map<Unit, number>();
  let from = { at: Math.min(...units.map(({ box }) => box[at])), edge: true };
  let stretch: Unit[] = [];
  const close = (to: { at: number; edge: boolean }): boolean => {
    const places = stretch.length === 0 ? [] : spread(stretch, from, to, axis);
    for (const [unit, place] of places ?? []) targets.set(unit, place);
    stretch = [];
    return places !== null;
  };
  let roomy = true;
  for (const unit of ordered) {
    if (!unit.fixed) {
      stretch.push(unit);
      continue;
    }
    roomy = close({ at: unit.box[at], edge: false }) && roomy;
    from = { at: unit.box[at] + unit.box[size], edge: false };
  }
  roomy = close({ at: Math.max(...units.map(({ box }) => box[at] + box[size])), edge: true }) && roomy;
  return roomy ? targets : null;
}

/**
 * Give the selected things equal gaps between the outermost two; pinned ones stay, and the gaps between them are shared
 * out. Returns false, with nothing changed, where there is no room. Distributing again changes nothing.
 */
export function distributeObjects(draft: Design, selection: Arranged, way: Distribution): boolean {
  const units = unitsOf(draft, selection);
  if (units.length < 3) return false;
  const axis = way === 'across' ? ACROSS : DOWN;
  const targets = distributedTargets(units, axis);
  if (targets === null) return false;
  moveObjects(draft, movesOf(draft, targets, axis));
  return true;
}
