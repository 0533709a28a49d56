import type { Edge, Node } from '@xyflow/react';
import { useEffect, useMemo, useRef, type MouseEvent } from 'react';
import { useCanvasUi } from '../canvas-ui.ts';
import { parseFlowId, type FlowNode } from '../projection/flow-types.ts';
import { startEditing } from './keys.ts';
import { selectOnly } from './selection.ts';

/** Milliseconds after which the whole of a cut name is shown. */
const NAME_DELAY_MS = 400;

interface PointerHandlers {
  readonly onNodeMouseEnter: (event: MouseEvent, node: Node) => void;
  readonly onNodeMouseLeave: () => void;
  readonly onNodeClick: (event: MouseEvent, node: Node) => void;
  readonly onNodeDoubleClick: (event: MouseEvent, node: Node) => void;
  readonly onNodeDragStart: (event: globalThis.MouseEvent | TouchEvent) => void;
  readonly onMoveStart: () => void;
  readonly onEdgeMouseEnter: (event: MouseEvent, edge: Edge) => void;
  readonly onEdgeMouseLeave: () => void;
}

/** Where a caption about a component stands: at its lower left, in the canvas's own coordinates. */
function below(event: MouseEvent): { readonly x: number; readonly y: number } {
  const element = event.currentTarget as HTMLElement;
  const box = element.getBoundingClientRect();
  const canvas = element.closest('[role="application"]')?.getBoundingClientRect();
  return { x: box.left - (canvas?.left ?? 0) - 16, y: box.bottom - (canvas?.top ?? 0) - 8 };
}

/** Let the canvas take the pointer until it is let go, so that a drag hovers nothing that it passes over. */
function shieldDrag(event: globalThis.MouseEvent | TouchEvent): void {
  const canvas = (event.target as Element).closest('[role="application"]');
  if (!canvas) return;
  canvas.setAttribute('data-dragging', '');
  const { set } = useCanvasUi.getState();
  const end = new AbortController();
  const letGo = (): void => {
    end.abort();
    canvas.removeAttribute('data-dragging');
  };
  set({ hovered: null });
  for (const over of ['pointerup', 'pointercancel', 'mouseup', 'blur'] as const) window.addEventListener(over, letGo, { capture: true, signal: end.signal });
}

/** Hovering, the whole name of a component whose name is cut, and renaming by double-click. */
export function usePointerHandlers(): PointerHandlers {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current !== null && clearTimeout(timer.current)), []);
  return useMemo(() => {
    const { set } = useCanvasUi.getState();
    const hide = (): void => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      if (useCanvasUi.getState().caption) set({ caption: null });
    };
    return {
      onNodeMouseEnter: (event, flow) => {
        const node = flow as FlowNode;
        set({ hovered: parseFlowId(node.id) });
        if (node.type !== 'component' || node.data.shown === node.data.node.name) return;
        const place = below(event);
        timer.current = setTimeout(() => set({ caption: { text: node.data.node.name, tone: 'plain', ...place } }), NAME_DELAY_MS);
      },
      onNodeMouseLeave: () => {
        hide();
        set({ hovered: null });
      },
      // a plain click on one of several selected things means that one; a drag would have meant all
      onNodeClick: (event, node) => void (event.shiftKey || selectOnly(parseFlowId(node.id))),
      onNodeDoubleClick: (_event, node) => void startEditing(parseFlowId(node.id)),
      onNodeDragStart: (event) => {
        hide();
        shieldDrag(event);
      },
      onMoveStart: hide,
      onEdgeMouseEnter: (_event, edge) => set({ hovered: { kind: 'edge', id: edge.id } }),
      onEdgeMouseLeave: () => set({ hovered: null }),
    };
  }, []);
}
