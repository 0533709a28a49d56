import type { Design } from '../../../../shared/model/design.ts';
import { growBoundaries } from './boundaries.ts';
import { carryRoutes } from './edges.ts';
import { boundaryAt, boxOf } from './membership.ts';
import { parentAt } from './nesting.ts';

/** New top left corners by id, canvas units. Ids that are not in the document are ignored. */
export interface Moves {
  readonly node?: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly boundary?: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly note?: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

const KINDS = ['boundary', 'note', 'node'] as const;
type Moved = (typeof KINDS)[number];

const isFinitePoint = (at: { readonly x: number; readonly y: number }): boolean => Number.isFinite(at.x) && Number.isFinite(at.y);

function place(draft: Design, kind: Moved, id: string, at: { readonly x: number; readonly y: number }): boolean {
  if (!isFinitePoint(at)) return false;
  if (kind === 'node') {
    if (!draft.nodes[id]) return false;
    draft.layout.nodes[id] = { ...draft.layout.nodes[id], x: at.x, y: at.y };
    return true;
  }
  const [thing, box] = kind === 'boundary' ? [draft.boundaries[id], draft.layout.boundaries[id]] : [draft.notes[id], draft.layout.notes[id]];
  if (!thing || !box) return false;
  [box.x, box.y] = [at.x, at.y];
  return true;
}

/** The boundary that a thing is in; null for the paper. */
export function homeOf(design: Design, kind: Moved, id: string): string | null {
  if (kind === 'boundary') return design.boundaries[id]?.parent ?? null;
  return (kind === 'node' ? design.nodes : design.notes)[id]?.boundary ?? null;
}

/**
 * Where a thing belongs when its top left corner is let go at a point: the innermost boundary that holds its centre and
 * allows it. `refused` says why it is not the innermost one.
 */
export function homeAt(design: Design, kind: Moved, id: string, at: { readonly x: number; readonly y: number }): { readonly parent: string | null; readonly refused: string | null } {
  const box = boxOf(design, kind, id);
  const [x, y] = [at.x + (box?.w ?? 0) / 2, at.y + (box?.h ?? 0) / 2];
  return kind === 'boundary' ? parentAt(design, id, x, y) : { parent: boundaryAt(design, x, y), refused: null };
}

function settle(draft: Design, kind: Moved, id: string, home: string | null): void {
  if (kind === 'boundary') {
    if (draft.boundaries[id]) draft.boundaries[id].parent = home;
    return;
  }
  const thing = (kind === 'node' ? draft.nodes : draft.notes)[id];
  if (thing) thing.boundary = home;
}

/**
 * Move things to new places. Each then belongs to the innermost boundary that holds its centre, except when its own
 * boundary was moved with it; boundaries grow to keep what is in them. A boundary without a drawn box keeps its contents.
 */
export function moveObjects(draft: Design, moves: Moves): void {
  const carried = new Set(Object.keys(moves.boundary ?? {}));
  carryRoutes(draft, { ...moves.boundary, ...moves.node });
  const moved = KINDS.flatMap((kind) => Object.entries(moves[kind] ?? {}).flatMap(([id, at]) => (place(draft, kind, id, at) ? [{ kind, id, at }] : [])));
  for (const { kind, id, at } of moved) {
    const home = homeOf(draft, kind, id);
    if (home !== null && (carried.has(home) || !draft.layout.boundaries[home])) continue;
    const { parent } = homeAt(draft, kind, id, at);
    if (parent !== home) settle(draft, kind, id, parent);
  }
  growBoundaries(draft, moved.map(({ kind, id }) => homeOf(draft, kind, id)));
}
