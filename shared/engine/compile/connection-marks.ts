/** What connections make of the components at their ends, found in one pass over all of them: most components need no second look. */
import type { EdgeView } from '../../contracts/graph-view.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { EdgeDraft } from './edges.ts';

/** Bits of a component. */
export const MARK = {
  /** It limits itself on one of its connections (a connection pool, a bulkhead). */
  limits: 1,
  /** A call from here blocks the event loop. */
  blocks: 2,
  /** Somebody calls it and waits; one of those sends each request to one of several. */
  called: 4,
  dealtTo: 8,
  /** A copy of it is kept, or it is one. */
  copied: 16,
  /** It has a region that it prefers. */
  prefers: 32,
} as const;

/** A call whose answer is waited for, by its kind. */
export function isLive({ idleReason, kind }: EdgeView): boolean {
  return idleReason === null && (kind === 'http' || kind === 'db' || kind === 'ws' || kind === 'cache');
}

/** A live copy between two stores of one type. */
export function copiesStore({ kind, idleReason, from, to }: EdgeView): boolean {
  return kind === 'replicate' && idleReason === null && from.node.type === to.node.type;
}

/** Its caller limits itself on it. */
export function isLimited({ idleReason, kind, params: { values }, to }: EdgeView): boolean {
  if (idleReason !== null) return false;
  return values.bulkhead_slots !== null || (kind === 'db' && to.behavior.role === 'relational' && values.pool_size + values.max_overflow > 0);
}

/** Marks of so many components, when it is known which connections close cycles. */
export function markConnections(nodes: number, edges: readonly EdgeDraft[]): Numbers {
  const marks = wholes(nodes);
  for (let i = 0; i < edges.length; i++) {
    const edge = edges[i] as EdgeView;
    const { from, to, idleReason, params: { values } } = edge;
    let start = 0;
    let end = 0;
    if (isLimited(edge)) start |= MARK.limits;
    if (idleReason === null && values.blocking_driver) start |= MARK.blocks;
    if (values.geo_policy === 'failover') start |= MARK.prefers;
    if (isLive(edge)) end |= from.behavior.routing === 'split' ? MARK.called | MARK.dealtTo : MARK.called;
    if (copiesStore(edge)) {
      start |= MARK.copied;
      end |= MARK.copied;
    }
    if (start !== 0) marks[from.index] = (marks[from.index] as number) | start;
    if (end !== 0) marks[to.index] = (marks[to.index] as number) | end;
  }
  return marks;
}
