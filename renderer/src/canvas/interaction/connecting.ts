import type { Connection, FinalConnectionState } from '@xyflow/react';
import { connect } from '../../document/edits/add.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { useSession } from '../../document/session.ts';
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

/** A connection was started at a component's port. */
export function startConnecting(flow: string | null): void {
  useCanvasUi.getState().set({ connectingFrom: flow === null ? null : parseFlowId(flow).id, caption: null });
}

/** The thing under the pointer, as its canvas id. */
function thingUnder(event: MouseEvent | TouchEvent): string | null {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (!at) return null;
  const node = document.elementsFromPoint(at.clientX, at.clientY).find((element) => element.closest('.react-flow__node') !== null);
  return node?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
}

/**
 * The pointer was let go. A hand that is faster than the page lets go on a component that has not been drawn as a target
 * yet: what lies under the pointer counts. Says why when nothing was drawn.
 */
export function endConnecting(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  useCanvasUi.getState().set({ connectingFrom: null, caption: null });
  if (state.isValid || !state.fromNode) return;
  const source = state.fromNode.id;
  const target = thingUnder(event) ?? state.toNode?.id ?? null;
  const reason = target === null ? 'Nothing was drawn: end a connection on a component.' : refusalBetween({ source, target });
  if (reason === null && target !== null) addConnection({ source, target, sourceHandle: null, targetHandle: null });
  else if (reason !== null && target !== source) useSession.getState().notify(reason);
}
