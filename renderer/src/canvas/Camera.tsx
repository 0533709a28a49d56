import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { takeAddRequest, useAddRequest } from '../document/add-request.ts';
import { resolvePart } from '../document/parts.ts';
import { useSession, type SelectableKind } from '../document/session.ts';
import { useWorkspace } from '../document/workspace.ts';
import { useCanvasUi } from './canvas-ui.ts';
import { addPartAtCorner } from './interaction/add-part.ts';
import { exists, nearestLeft } from './interaction/focus-after-removal.ts';
import { freePlace } from './interaction/free-place.ts';
import { DOTS_FROM, levelOfDetail } from './level-of-detail.ts';
import { fitBesideCards } from './OpeningView.tsx';
import { useCanvasModel } from './model/canvas-model.ts';
import { measureName } from './model/measure-text.ts';
import { widthForName } from '../../../shared/drawing/names.ts';
import { flowId } from './projection/flow-types.ts';
import type { NodeProjection } from './projection/to-nodes.ts';
import { outerRect, type Rect, type RouteBox } from '../../../shared/drawing/routing/geometry.ts';

const MOTION_MS = 140;
/** A part that came to stand within this distance of the window's edge counts as out of view, screen px. */
const VIEW_MARGIN = 24;

function duration(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOTION_MS;
}

/** Canvas ids of the selection; a connection stands for its two ends. */
function selectedNodes(ends: (edge: string) => readonly string[]): { readonly id: string }[] {
  const { selection } = useSession.getState();
  const boxes = (['node', 'boundary', 'note'] as const satisfies readonly SelectableKind[]).flatMap((kind) => selection[kind].map((id) => flowId(kind, id)));
  return [...boxes, ...selection.edge.flatMap(ends)].map((id) => ({ id }));
}

/** Whether a box is wholly inside the window; one that is not drawn counts as seen. */
function inView({ transform: [left, top, zoom], width, height }: { readonly transform: readonly [number, number, number]; readonly width: number; readonly height: number }, box: RouteBox | undefined): boolean {
  if (!box) return true;
  const [x, y] = [box.x * zoom + left, box.y * zoom + top];
  return x >= 0 && y >= 0 && x + box.w * zoom <= width && y + box.h * zoom <= height;
}

/** Answers the session's camera requests. The camera moves only when a command asks for it. */
function useCameraRequests(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const model = useCanvasModel();
  const camera = useSession((state) => state.camera);
  useEffect(() => {
    if (!camera) return;
    const animate = { duration: duration() };
    const { to } = camera;
    if (to === 'in') void flow.zoomIn(animate);
    else if (to === 'out') void flow.zoomOut(animate);
    else if (to === '100') void flow.zoomTo(1, animate);
    else if (to === 'fit') void flow.fitView({ ...fitBesideCards(), ...animate });
    else {
      const ids = to === 'selection' ? [] : 'reveal' in to ? to.reveal : to;
      const nodes = to === 'selection' ? selectedNodes((id) => [flow.getEdge(id)?.source ?? '', flow.getEdge(id)?.target ?? '']) : ids.map((id) => ({ id: flowId('node', id) }));
      const seen = typeof to === 'object' && 'reveal' in to && ids.every((id) => inView(store.getState(), model.box(id)));
      if (nodes.length > 0 && !seen) void flow.fitView({ ...fitBesideCards(), ...animate, nodes });
    }
    useSession.setState({ camera: null });
  }, [camera, flow, store, model]);
}

/** Everything that a new component must keep away from, and the last selected component. */
function surroundings(view: NodeProjection, box: (id: string) => RouteBox | undefined): { readonly taken: readonly Rect[]; readonly beside: Rect | null } {
  const taken = view.nodes.flatMap((node) => {
    if (node.type === 'boundary') return [];
    const known = node.type === 'component' ? box(node.data.node.id) : undefined;
    return [known ? outerRect(known) : { left: node.position.x, top: node.position.y, right: node.position.x + (node.width ?? 0), bottom: node.position.y + (node.height ?? 0) }];
  });
  const last = box(useSession.getState().selection.node.at(-1) ?? '');
  return { taken, beside: last ? { ...outerRect(last), top: last.y } : null };
}

/** Adds a part that the palette asked for: right of the selected component, else near the middle of the view, never on another one. */
function useAddRequests(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const model = useCanvasModel();
  const waiting = useAddRequest((state) => state.request);
  useEffect(() => {
    if (!waiting) return;
    const request = takeAddRequest();
    const bounds = store.getState().domNode?.getBoundingClientRect();
    if (!request || !bounds) return;
    const corner = flow.screenToFlowPosition({ x: bounds.left + VIEW_MARGIN, y: bounds.top + VIEW_MARGIN }, { snapToGrid: false });
    const far = flow.screenToFlowPosition({ x: bounds.right - VIEW_MARGIN, y: bounds.bottom - VIEW_MARGIN }, { snapToGrid: false });
    const view = { left: corner.x, top: corner.y, right: far.x, bottom: far.y };
    const width = widthForName(request.name ?? resolvePart(request.part)?.title ?? '', measureName);
    const { at, seen } = freePlace({ ...surroundings(model.view().nodes, (id) => model.box(id)), width, view });
    const added = addPartAtCorner(request.part, at, request.name);
    if (added !== null && !seen) useSession.getState().moveCamera('fit');
  }, [waiting, flow, store, model]);
}

/** The thing that keys act on goes to the nearest one left when it is removed, so that a keyboard never loses its place. */
function useFocusAfterRemoval(): void {
  useEffect(
    () =>
      useWorkspace.subscribe((state, before) => {
        if (state.activeId === null || state.activeId !== before.activeId) return;
        const [now, then] = [state.documents[state.activeId]?.design, before.documents[state.activeId]?.design];
        const { focused, set } = useCanvasUi.getState();
        if (!focused || !now || !then || now === then || exists(now, focused)) return;
        set({ focused: nearestLeft(then, now, focused) });
      }),
    [],
  );
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
  useFocusAfterRemoval();
  useLevelOfDetail();
  return null;
}
