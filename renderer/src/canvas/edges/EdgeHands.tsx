import { useReactFlow, useStore } from '@xyflow/react';
import type { PointerEvent as ReactPointerEvent, ReactElement } from 'react';
import { holdRoute, resetRoutes } from '../../document/edits/edges.ts';
import { edgeName } from '../../document/edge-name.ts';
import { usePathEditing } from '../../document/path-editing.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { forgetHand } from '../../evaluation/counterfactual.ts';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { considerEnd, onCanvas } from '../counterfactual/consider.ts';
import { moveEnd, reconnectRefusal, thingUnder } from '../interaction/connecting.ts';
import { followPointer } from '../interaction/pointer-drag.ts';
import { onlySelected } from '../interaction/selection.ts';
import { useCanvasModel, type CanvasModel } from '../model/canvas-model.ts';
import { OnPaper } from '../OnPaper.tsx';
import { parseFlowId } from '../projection/flow-types.ts';
import type { Point, Polyline } from '../../../../shared/drawing/routing/geometry.ts';
import { pullSegment } from '../../../../shared/drawing/routing/held.ts';
import { pointAlong } from '../../../../shared/drawing/routing/path.ts';
import { draftRoute } from './draft-route.ts';
import styles from './EdgeHands.module.css';

interface HandsProps { readonly id: string; readonly points: Polyline }
type ToPaper = (at: Point) => Point;

/** Whether a connection can be taken in the hand: it alone is selected, in a drawing that can be changed. */
function useInHand(id: string): boolean {
  const alone = useSession((state) => isThing(onlySelected(state.selection), 'edge', id));
  const editable = useStore((state) => state.nodesConnectable);
  const far = useCanvasUi((state) => state.lod === 'overview');
  const path = usePathEditing((state) => state.journey !== null);
  return alone && editable && !far && !path;
}

/** Words at the pointer, in the canvas's own coordinates. */
function sayAt(event: PointerEvent, text: string | null): void {
  const canvas = (event.target as Element).closest('[role="application"]')?.getBoundingClientRect();
  const { caption, set } = useCanvasUi.getState();
  if (text !== null) set({ caption: { text, tone: 'refusal', x: event.clientX - (canvas?.left ?? 0), y: event.clientY - (canvas?.top ?? 0) } });
  else if (caption) set({ caption: null });
}

/** Drag an end of a connection to another component. On empty paper it returns to where it was. */
function dragEnd(press: ReactPointerEvent, model: CanvasModel, edge: string, end: 'from' | 'to', toPaper: ToPaper): void {
  const { set } = useCanvasUi.getState();
  const hand = { edge, end } as const;
  const letGo = (): void => {
    forgetHand();
    set({ reconnecting: null, hovered: null, caption: null });
    model.releaseRoutes();
  };
  const targetAt = (event: PointerEvent): string | null => {
    const under = thingUnder(event);
    return under === null || parseFlowId(under).kind === 'note' ? null : parseFlowId(under).id;
  };
  followPointer(press, {
    onStart: () => set({ reconnecting: hand, hovered: null }),
    onMove: (event) => {
      const design = activeDocument()?.design;
      const line = model.routeEdge(edge);
      const fixed = line && model.box(end === 'to' ? line.from : line.to);
      if (!design || !line || !fixed) return;
      const target = targetAt(event);
      const reason = target === null ? null : reconnectRefusal(design, hand, target);
      set({ hovered: target === null ? null : { kind: 'node', id: target } });
      sayAt(event, reason);
      if (target !== null && reason === null) {
        considerEnd(onCanvas(event), hand, target);
        model.tryRoute({ id: edge, from: line.from, to: line.to, [end]: target });
        return;
      }
      forgetHand();
      const draft = draftRoute(fixed, toPaper({ x: event.clientX, y: event.clientY }), end);
      if (draft) model.showRoute(edge, draft);
    },
    onDrop: (event) => {
      const target = targetAt(event);
      if (target !== null) moveEnd(hand, target);
      letGo();
    },
    onCancel: letGo,
  });
}

/** Drag a piece of a connection sideways: its route is held there. */
function dragPiece(press: ReactPointerEvent, model: CanvasModel, edge: string, index: number, toPaper: ToPaper): void {
  const route = model.routes.get(edge);
  const line = model.routeEdge(edge);
  const [a, b] = [route?.[index], route?.[index + 1]];
  if (!route || !line || !a || !b) return;
  const horizontal = a.y === b.y;
  const start = toPaper({ x: press.clientX, y: press.clientY });
  let bends: Polyline | null = null;
  const pull = (event: PointerEvent): void => {
    const now = toPaper({ x: event.clientX, y: event.clientY });
    bends = pullSegment(route, index, horizontal ? a.y + now.y - start.y : a.x + now.x - start.x);
    const { held: _before, ...free } = line;
    model.tryRoute(bends.length > 0 ? { ...free, held: bends } : free);
  };
  followPointer(press, {
    onMove: pull,
    onDrop: (event) => {
      pull(event);
      const design = activeDocument()?.design;
      if (design && bends) {
        const held = bends;
        useWorkspace.getState().commit(`Route ${edgeName(design, edge)}`, (draft) => holdRoute(draft, edge, held));
      }
      model.releaseRoutes();
    },
    onCancel: () => model.releaseRoutes(),
  });
}

/** Let a connection whose route is held find its own way again. */
function reset(id: string): void {
  const design = activeDocument()?.design;
  if (design && Object.hasOwn(design.layout.edges, id)) useWorkspace.getState().commit(`Reset route of ${edgeName(design, id)}`, (draft) => resetRoutes(draft, [id]));
}

const ENDS = ['from', 'to'] as const;

/** Half of what a port takes to be hit, canvas units, and the whole of what a handle takes, px: neither may lie on the other. */
const PORT_REACH = 10;
const HANDLE = 20;

/** What the hand takes a selected connection by: both ends, and every piece between them (ui 3.4). */
export function EdgeHands({ id, points }: HandsProps): ReactElement | null {
  const model = useCanvasModel();
  const { screenToFlowPosition } = useReactFlow();
  const toPaper: ToPaper = (at) => screenToFlowPosition(at, { snapToGrid: false });
  const unzoom = useStore((state) => 1 / state.transform[2]);
  const inHand = useInHand(id);
  const line = model.routeEdge(id);
  if (!inHand || !line) return null;
  const fromTip = PORT_REACH + (HANDLE / 2) * unzoom;
  const tips = { from: pointAlong(points, fromTip), to: pointAlong([...points].reverse(), fromTip) };
  const pieces = line.from === line.to ? [] : points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
  return (
    <>
      {pieces.map(({ from, to }, index) => (
        <path
          key={index}
          d={`M${from.x} ${from.y}L${to.x} ${to.y}`}
          className={`nopan ${styles.piece}`}
          data-piece={from.y === to.y ? 'horizontal' : 'vertical'}
          onPointerDown={(event) => dragPiece(event, model, id, index, toPaper)}
          onDoubleClick={() => reset(id)}
        />
      ))}
      <OnPaper>
        {ENDS.map((end) => {
          const at = tips[end];
          return <div key={end} className={`nopan nodrag ${styles.end}`} data-end={end} style={{ transform: `translate(${at.x}px, ${at.y}px) scale(${unzoom})` }} onPointerDown={(event) => dragEnd(event, model, id, end, toPaper)} aria-hidden />;
        })}
      </OnPaper>
    </>
  );
}
