/** The drawing as its walk looks things up: views by their ids, and what leaves a node. */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { EdgeFacts, NodeFacts } from '../types.ts';
import { carriesLoad } from './cycles.ts';

/** Views of the drawing by their ids. */
export interface FindView { readonly node: (id: string) => NodeView | undefined; readonly edge: (id: string) => EdgeView | undefined }

/** Connections out of one node that carry load: messages that it hands out, and calls. */
export interface WaysOut { readonly live: readonly EdgeFacts[]; readonly messages: readonly EdgeFacts[]; readonly calls: readonly EdgeFacts[] }

const NO_EDGES: readonly EdgeFacts[] = [];
const NO_WAYS: WaysOut = { live: NO_EDGES, messages: NO_EDGES, calls: NO_EDGES };

function isMessage({ view: { kind } }: EdgeFacts): boolean {
  return kind === 'consume' || kind === 'trigger' || kind === 'replicate';
}

/** Ways out of a node, from the facts of all connections. */
export function waysOut({ view }: NodeFacts, edges: readonly EdgeFacts[]): WaysOut {
  const live: EdgeFacts[] = [];
  for (const edge of view.out) if (carriesLoad(edge)) live.push(edges[edge.index] as EdgeFacts);
  if (live.length === 0) return NO_WAYS;
  return live.some(isMessage) ? { live, messages: live.filter(isMessage), calls: live.filter((facts) => !isMessage(facts)) } : { live, messages: NO_EDGES, calls: live };
}
