import type { Design } from '../../../../shared/model/design.ts';
import { boundaryAt, boundaryForComponent } from './membership.ts';

/** New top left corners by id, canvas units. Ids that are not in the document are ignored. */
export interface Moves {
  readonly node?: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly boundary?: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly note?: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

const isFinitePoint = (at: { readonly x: number; readonly y: number }): boolean => Number.isFinite(at.x) && Number.isFinite(at.y);

function moveNodes(draft: Design, moves: NonNullable<Moves['node']>, carried: ReadonlySet<string>): void {
  for (const [id, at] of Object.entries(moves)) {
    const node = draft.nodes[id];
    if (!node || !isFinitePoint(at)) continue;
    const place = draft.layout.nodes[id] ?? { x: at.x, y: at.y };
    draft.layout.nodes[id] = { ...place, x: at.x, y: at.y };
    if (node.boundary != null && carried.has(node.boundary)) continue;
    const boundary = boundaryForComponent(draft, { ...at, ...(place.w === undefined ? {} : { w: place.w }) });
    if (boundary !== (node.boundary ?? null)) node.boundary = boundary;
  }
}

/**
 * Move things to new places. A component then belongs to the innermost drawn boundary under its centre, except when
 * its boundary was moved with it; without drawn boundaries nothing but the layout changes.
 */
export function moveObjects(draft: Design, moves: Moves): void {
  const carried = new Set(Object.keys(moves.boundary ?? {}));
  for (const [id, at] of Object.entries(moves.boundary ?? {})) {
    const box = draft.layout.boundaries[id];
    if (box && isFinitePoint(at)) [box.x, box.y] = [at.x, at.y];
  }
  for (const [id, at] of Object.entries(moves.note ?? {})) {
    const box = draft.layout.notes[id];
    const note = draft.notes[id];
    if (!box || !note || !isFinitePoint(at)) continue;
    [box.x, box.y] = [at.x, at.y];
    const boundary = boundaryAt(draft, at.x + box.w / 2, at.y + box.h / 2);
    if (boundary !== (note.boundary ?? null)) note.boundary = boundary;
  }
  moveNodes(draft, moves.node ?? {}, carried);
}
