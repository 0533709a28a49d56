import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { Moves } from '../../document/edits/move.ts';
import { parseFlowId } from './flow-types.ts';

/** A place on the paper, canvas units. */
interface Place { readonly x: number; readonly y: number }

/** What React Flow's changes mean to this program; measuring and adding are not its business. */
export interface ChangeMeaning {
  /** New places of dragged things, by canvas id. */
  readonly moves: ReadonlyMap<string, Place>;
  /** Canvas ids (or connection ids) that were selected or deselected. */
  readonly select: ReadonlyMap<string, boolean>;
}

/** Read a batch of changes. Non-finite positions are dropped. */
export function fromChanges(changes: readonly (NodeChange | EdgeChange)[]): ChangeMeaning {
  const moves = new Map<string, Place>();
  const select = new Map<string, boolean>();
  for (const change of changes) {
    if (change.type === 'select') select.set(change.id, change.selected);
    if (change.type !== 'position' || !change.position) continue;
    const { x, y } = change.position;
    if (Number.isFinite(x) && Number.isFinite(y)) moves.set(change.id, { x, y });
  }
  return { moves, select };
}

/** Final places as the edit takes them. */
export function toMoves(places: ReadonlyMap<string, Place>): Moves {
  const moves: Record<'node' | 'boundary' | 'note', Record<string, Place>> = { node: {}, boundary: {}, note: {} };
  for (const [flow, place] of places) {
    const { kind, id } = parseFlowId(flow);
    moves[kind][id] = { x: place.x, y: place.y };
  }
  return moves;
}
