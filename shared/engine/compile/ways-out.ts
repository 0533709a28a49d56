/** The drawing as its walk looks things up: views by their ids, and what leaves a node. */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { EdgeFacts, NodeFacts } from '../types.ts';
import { carriesLoad } from './cycles.ts';

/** Views of the drawing by their ids. */
export interface FindView { readonly node: (id: string) => NodeView | undefined; readonly edge: (id: string) => EdgeView | undefined }

/** What travels a connection: no load, calls that its caller makes, or messages that are handed out. */
export const WAY = { none: 0, call: 1, message: 2 } as const;

/** `WAY` by connection, and by component 1 where it hands out messages. */
export interface WaysOut { readonly edges: Uint8Array; readonly messages: Uint8Array }

function isMessage({ kind }: EdgeView): boolean {
  return kind === 'consume' || kind === 'trigger' || kind === 'replicate';
}

/** Ways out of all nodes. */
export function waysOut(nodes: readonly NodeFacts[], edges: readonly EdgeFacts[]): WaysOut {
  const ways: WaysOut = { edges: new Uint8Array(edges.length), messages: new Uint8Array(nodes.length) };
  edges.forEach(({ view }, i) => {
    if (!carriesLoad(view)) return;
    ways.edges[i] = isMessage(view) ? WAY.message : WAY.call;
    if (isMessage(view)) ways.messages[view.from.index] = 1;
  });
  return ways;
}
