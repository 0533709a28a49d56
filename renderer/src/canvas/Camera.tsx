import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useSession, type SelectableKind } from '../document/session.ts';
import { takeAddRequest, useAddRequest } from '../document/add-request.ts';
import { useCanvasUi } from './canvas-ui.ts';
import { addPartAt } from './interaction/add-part.ts';
import { DOTS_FROM, levelOfDetail } from './level-of-detail.ts';
import { flowId } from './projection/flow-types.ts';

const MOTION_MS = 140;
const FIT = { padding: 0.12, maxZoom: 1 } as const;

function duration(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOTION_MS;
}

/** Canvas ids of the selection; a connection stands for its two ends. */
function selectedNodes(ends: (edge: string) => readonly string[]): { readonly id: string }[] {
  const { selection } = useSession.getState();
  const boxes = (['node', 'boundary', 'note'] as const satisfies readonly SelectableKind[]).flatMap((kind) => selection[kind].map((id) => flowId(kind, id)));
  return [...boxes, ...selection.edge.flatMap(ends)].map((id) => ({ id }));
}

/** Answers the session's camera requests. The camera moves only when a command asks for it. */
function useCameraRequests(): void {
  const flow = useReactFlow();
  const camera = useSession((state) => state.camera);
  useEffect(() => {
    if (!camera) return;
    const animate = { duration: duration() };
    const { to } = camera;
    if (to === 'in') void flow.zoomIn(animate);
    else if (to === 'out') void flow.zoomOut(animate);
    else if (to === '100') void flow.zoomTo(1, animate);
    else if (to === 'fit') void flow.fitView({ ...FIT, ...animate });
    else {
      const nodes = to === 'selection' ? selectedNodes((id) => [flow.getEdge(id)?.source ?? '', flow.getEdge(id)?.target ?? '']) : to.map((id) => ({ id: flowId('node', id) }));
      if (nodes.length > 0) void flow.fitView({ ...FIT, ...animate, nodes });
    }
    useSession.setState({ camera: null });
  }, [camera, flow]);
}

/** Adds a part that the palette asked for at the middle of the view. */
function useAddRequests(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const waiting = useAddRequest((state) => state.request);
  useEffect(() => {
    if (!waiting) return;
    const request = takeAddRequest();
    const bounds = store.getState().domNode?.getBoundingClientRect();
    if (request && bounds) addPartAt(request.part, flow.screenToFlowPosition({ x: bounds.left + bounds.width / 2, y: bounds.top + bounds.height / 2 }), request.name);
  }, [waiting, flow, store]);
}

/** Tells the drawing how near the eye is; text that keeps its size on screen reads `--unzoom`. */
function useLevelOfDetail(): void {
  const store = useStoreApi();
  useEffect(() => {
    let before: number | null = null;
    const follow = (): void => {
      const { transform, domNode } = store.getState();
      const zoom = transform[2];
      if (zoom === before) return;
      before = zoom;
      const ui = useCanvasUi.getState();
      const lod = levelOfDetail(zoom, ui.lod);
      const dots = zoom >= DOTS_FROM;
      if (lod !== ui.lod || dots !== ui.dots) ui.set({ lod, dots });
      if (lod === 'overview') domNode?.style.setProperty('--unzoom', String(1 / zoom));
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
}

/** Everything about the view that follows the stores. Draws nothing. */
export function Camera(): null {
  useCameraRequests();
  useAddRequests();
  useLevelOfDetail();
  return null;
}
