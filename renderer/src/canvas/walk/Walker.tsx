import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useState, type ReactElement } from 'react';
import { takeRevealRequest, useRevealRequest, type Revealed } from '../../document/reveal-request.ts';
import { useSession, type SelectableKind } from '../../document/session.ts';
import { outerRect, type Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { useCanvasUi, type Thing } from '../canvas-ui.ts';
import { onlySelected } from '../interaction/selection.ts';
import type { CanvasModel } from '../model/canvas-model.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { flowId } from '../projection/flow-types.ts';
import { panInto } from './pan.ts';

const MOTION_MS = 140;

type Selection = Readonly<Record<SelectableKind, readonly string[]>>;

/** Where a thing is drawn, canvas units; null while it is not. A connection is as large as its line. */
function rectOf(model: CanvasModel, { kind, id }: Revealed): Rect | null {
  if (kind === 'edge') {
    const points = model.routes.get(id);
    if (!points || points.length === 0) return null;
    const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  }
  const box = kind === 'node' ? model.box(id) : undefined;
  if (box) return outerRect(box);
  const flow = model.view().nodes.byId.get(flowId(kind, id));
  return flow ? { left: flow.position.x, top: flow.position.y, right: flow.position.x + (flow.width ?? 0), bottom: flow.position.y + (flow.height ?? 0) } : null;
}

function around(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null;
  return {
    left: Math.min(...rects.map((rect) => rect.left)), top: Math.min(...rects.map((rect) => rect.top)),
    right: Math.max(...rects.map((rect) => rect.right)), bottom: Math.max(...rects.map((rect) => rect.bottom)),
  };
}

/** Answers wishes to see things: pans as little as needed, at the zoom that somebody chose. */
function useReveal(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const model = useCanvasModel();
  const waiting = useRevealRequest((state) => state.things);
  useEffect(() => {
    if (!waiting) return;
    const rect = around((takeRevealRequest() ?? []).flatMap((thing) => rectOf(model, thing) ?? []));
    const { width, height, transform: [x, y, zoom] } = store.getState();
    const to = rect && width > 0 ? panInto(rect, { x, y, zoom, width, height }) : null;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (to) void flow.setViewport({ ...to, zoom }, { duration: still ? 0 : MOTION_MS });
  }, [waiting, flow, store, model]);
}

/** The first of several things, none of which was selected before: what was pasted, found or taken out of a boundary. */
function firstOfOthers(selection: Selection, before: Selection): Thing | null {
  const kinds = ['node', 'boundary', 'note', 'edge'] as const;
  if (kinds.some((kind) => selection[kind].some((id) => before[kind].includes(id)))) return null;
  const kind = kinds.find((each) => selection[each].length > 0);
  const id = kind && selection[kind][0];
  return kind !== undefined && id !== undefined ? { kind, id } : null;
}

/** Keys stand where somebody selected a thing elsewhere: in the outline, in a finding, in what was looked for. */
function useFollowSelection(): void {
  useEffect(
    () =>
      useSession.subscribe(({ selection }, before) => {
        if (selection === before.selection) return;
        const { focused, set } = useCanvasUi.getState();
        const next = onlySelected(selection) ?? firstOfOthers(selection, before.selection);
        const there = focused !== null && selection[focused.kind].includes(focused.id);
        if (next && !there) set({ focused: next });
      }),
    [],
  );
}

/** Said the first time that keys reach the drawing in this window. */
const HINT = 'Arrows walk, letters draw, F6 leaves';
let hinted = false;

function useHint(): string {
  const keys = useCanvasUi((state) => state.keys);
  const [hint, setHint] = useState('');
  useEffect(() => {
    if (!keys || hinted) return;
    hinted = true;
    setHint(HINT);
  }, [keys]);
  return hint;
}

/** What walking by keys needs of the view: the camera that follows, the place of the keys, the hint. Draws nothing to see. */
export function Walker(): ReactElement {
  useReveal();
  useFollowSelection();
  return <VisuallyHidden live="polite">{useHint()}</VisuallyHidden>;
}
