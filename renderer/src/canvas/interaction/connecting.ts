import type { Connection, FinalConnectionState } from '@xyflow/react';
import type { Design } from '../../../../shared/model/design.ts';
import { connect } from '../../document/edits/add.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { reconnect } from '../../document/edits/set.ts';
import { useSession } from '../../document/session.ts';
import { openQuickAdd } from '../../document/typed-path/open.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { refusal } from '../connect-rules.ts';
import { parseFlowId } from '../projection/flow-types.ts';

interface Ends { readonly source: string | null; readonly target: string | null }

/** Why a connection between two canvas ids cannot be drawn; null when it can. */
export function refusalBetween(ends: Ends): string | null {
  const design = activeDocument()?.design;
  if (!design || ends.source === null || ends.target === null) return 'There is nothing to connect to here.';
  return refusal(design, parseFlowId(ends.source).id, parseFlowId(ends.target).id);
}

/** An end of a connection that is in the hand. */
export type EndInHand = { readonly edge: string; readonly end: 'from' | 'to' };

/** Why an end of a connection cannot go to another thing; null when it can. */
export function reconnectRefusal(design: Design, { edge: id, end }: EndInHand, to: string): string | null {
  const edge = design.edges[id];
  if (!edge) return 'This connection is gone.';
  if (edge[end] === to) return null;
  return end === 'to' ? refusal(design, edge.from, to, edge.kind) : refusal(design, to, edge.to, edge.kind);
}

/** How a connection in the hand sees a component: `source` is where it hangs on; undefined while none is. */
export function connectState(hand: { readonly connectingFrom: string | null; readonly reconnecting: EndInHand | null }, id: string): 'source' | 'possible' | 'refused' | undefined {
  const { connectingFrom: from, reconnecting } = hand;
  const design = activeDocument()?.design;
  if (reconnecting && design) {
    const edge = design.edges[reconnecting.edge];
    if (edge?.[reconnecting.end === 'to' ? 'from' : 'to'] === id) return 'source';
    return reconnectRefusal(design, reconnecting, id) === null ? 'possible' : 'refused';
  }
  if (from === null) return undefined;
  if (from === id) return 'source';
  return design && refusal(design, from, id) === null ? 'possible' : 'refused';
}

/** Draw a connection that was pulled from one component to another, and select it. */
export function addConnection(connection: Connection): void {
  const doc = activeDocument();
  if (!doc || refusalBetween(connection) !== null) return;
  const [from, to] = [parseFlowId(connection.source).id, parseFlowId(connection.target).id];
  const id = createObjectIds(doc.design)('e');
  const name = (node: string): string => doc.design.nodes[node]?.name ?? 'component';
  if (!useWorkspace.getState().commit(`Connect ${name(from)} to ${name(to)}`, (draft) => connect(draft, { id, from, to }))) return;
  useSession.getState().select({ edge: [id] });
  useCanvasUi.getState().set({ focused: { kind: 'edge', id } });
}

/** Attach an end of a connection to another thing, as one step. False when that is where it is, or not possible. */
export function moveEnd(hand: EndInHand, to: string): boolean {
  const design = activeDocument()?.design;
  const edge = design?.edges[hand.edge];
  if (!design || !edge || edge[hand.end] === to || reconnectRefusal(design, hand, to) !== null) return false;
  const name = (id: string): string => design.nodes[id]?.name ?? design.boundaries[id]?.name ?? 'nothing';
  const step = hand.end === 'to' ? `Connect ${name(edge.from)} to ${name(to)} instead of ${name(edge.to)}` : `Connect ${name(to)} instead of ${name(edge.from)} to ${name(edge.to)}`;
  return useWorkspace.getState().commit(step, (draft) => reconnect(draft, hand.edge, { [hand.end]: to }));
}

let keys: AbortController | null = null;

/** A connection was started at a component's port. Escape lets go of it: what the pointer does until it is let go means nothing any more. */
export function startConnecting(flow: string | null): void {
  const { set } = useCanvasUi.getState();
  set({ connectingFrom: flow === null ? null : parseFlowId(flow).id, caption: null });
  keys?.abort();
  keys = new AbortController();
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    keys?.abort();
    set({ connectingFrom: null, caption: null });
  };
  window.addEventListener('keydown', onKey, { capture: true, signal: keys.signal });
}

/** The connection in the hand was let go on something that takes it. */
export function takeConnection(connection: Connection): void {
  if (useCanvasUi.getState().connectingFrom !== null) addConnection(connection);
}

/** Where a pointer is in the window. */
interface ClientPlace { readonly clientX: number; readonly clientY: number }

/** The thing under the pointer, as its canvas id. */
export function thingUnder(at: ClientPlace): string | null {
  const node = document.elementsFromPoint(at.clientX, at.clientY).find((element) => element.closest('.react-flow__node') !== null);
  return node?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
}

/** Whether the pointer is over the paper, and not over a panel that happens to lie there. */
function onPaper(at: ClientPlace): boolean {
  return document.elementFromPoint(at.clientX, at.clientY)?.closest('.react-flow__pane, .react-flow__edge, .react-flow__node') != null;
}

/**
 * The pointer was let go. A hand that is faster than the page lets go on a component that has not been drawn as a target
 * yet: what lies under the pointer counts. On empty paper the typed path opens and goes on from there; elsewhere it says
 * why nothing was drawn. `toPaper` turns window coordinates into those of the paper.
 */
export function endConnecting(event: MouseEvent | TouchEvent, state: FinalConnectionState, toPaper: (at: { readonly x: number; readonly y: number }) => { readonly x: number; readonly y: number }): void {
  const { connectingFrom, set } = useCanvasUi.getState();
  keys?.abort();
  set({ connectingFrom: null, caption: null });
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (connectingFrom === null || state.isValid || !state.fromNode || !at) return;
  const source = state.fromNode.id;
  const target = thingUnder(at) ?? state.toNode?.id ?? null;
  if (target === null) {
    const { kind, id } = parseFlowId(source);
    if (onPaper(at) && kind !== 'note') openQuickAdd({ text: '', from: { kind, id }, at: toPaper({ x: at.clientX, y: at.clientY }) });
    return;
  }
  const reason = refusalBetween({ source, target });
  if (reason === null) addConnection({ source, target, sourceHandle: null, targetHandle: null });
  else if (target !== source) useSession.getState().notify(reason);
}
