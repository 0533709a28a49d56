/** The drawing as its walk looks things up: views by their ids, and what travels each connection. */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { EdgeDraft } from './edges.ts';

/** Views of the drawing by their ids. */
export interface FindView { readonly node: (id: string) => NodeView | undefined; readonly edge: (id: string) => EdgeView | undefined }

/** What travels a connection: no load, calls that its caller makes, or messages that are handed out. */
export const WAY = { none: 0, call: 1, message: 2 } as const;

/** `WAY` by connection. One that is found to close a cycle becomes `none`. */
export type WaysOut = Numbers;

/** How a walk passes through the drawing: node indices with callers before callees, and what travels each connection. */
export interface Passages { readonly order: Numbers; readonly ways: WaysOut }

/** Copies between stores, traces, look-ups and migrations carry no load. */
function wayOf({ kind, idleReason, to }: EdgeDraft): number {
  if (idleReason !== null) return WAY.none;
  switch (kind) {
    case 'http': case 'db': case 'cache': case 'publish': case 'ws': return WAY.call;
    case 'consume': case 'trigger': return WAY.message;
    case 'replicate': return to.behavior.role === 'broker' || to.behavior.role === 'topic' ? WAY.message : WAY.none;
    default: return WAY.none;
  }
}

/** What travels each connection of a drawing. */
export function waysOut(edges: readonly EdgeDraft[]): WaysOut {
  const ways = wholes(edges.length);
  for (let i = 0; i < edges.length; i++) ways[i] = wayOf(edges[i] as EdgeDraft);
  return ways;
}
