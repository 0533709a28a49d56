import { useConnection, useStore } from '@xyflow/react';
import { useEffect } from 'react';
import { useConnectMode } from '../../document/connect-mode.ts';
import { activeDocument } from '../../document/workspace.ts';
import { forgetHand } from '../../evaluation/counterfactual.ts';
import { reconnectRefusal, refusalBetween } from '../interaction/connecting.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { flowId, parseFlowId } from '../projection/flow-types.ts';
import { considerConnection, considerEnd } from './consider.ts';

/** A connection that is pulled from a port, over what could be its end. */
function usePulled(): void {
  const held = useCanvasUi((state) => state.connectingFrom !== null);
  const pulled = useConnection((state) => (state.inProgress ? state.fromNode.id : null));
  const source = held ? pulled : null;
  const target = useConnection((state) => (state.inProgress && state.toNode && state.toNode.id !== state.fromNode.id ? state.toNode.id : null));
  const x = useConnection((state) => (state.inProgress && state.toNode ? Math.round(state.pointer.x) : 0));
  const y = useConnection((state) => (state.inProgress && state.toNode ? Math.round(state.pointer.y) : 0));
  useEffect(() => {
    if (source === null) return;
    if (target !== null && refusalBetween({ source, target }) === null) considerConnection({ x, y }, { from: parseFlowId(source).id, to: parseFlowId(target).id });
    else forgetHand();
  }, [source, target, x, y]);
  useEffect(() => (source === null ? undefined : forgetHand), [source]);
}

/** A connection that is drawn or carried by keys, over what could be its end. */
function useKeyed(): void {
  const model = useCanvasModel();
  const { from, moving, to } = useConnectMode();
  const [left, top, zoom] = useStore((state) => state.transform);
  useEffect(() => {
    const design = activeDocument()?.design;
    const box = to && model.box(to.id);
    if (!design || !from || !to || !box) return;
    const at = { x: box.x * zoom + left, y: (box.y + box.h) * zoom + top };
    if (moving) {
      if (reconnectRefusal(design, moving, to.id) === null) considerEnd(at, moving, to.id);
      else forgetHand();
    } else if (refusalBetween({ source: flowId(from.kind, from.id), target: flowId(to.kind, to.id) }) === null) considerConnection(at, { from: from.id, to: to.id });
    else forgetHand();
  }, [model, from, moving, to, left, top, zoom]);
  useEffect(() => (from === null ? undefined : forgetHand), [from]);
}

/** Asks what a connection in the hand would change. Draws nothing: the caption at the pointer says it. */
export function ConnectQuestion(): null {
  usePulled();
  useKeyed();
  return null;
}
