import { useReactFlow, useStore } from '@xyflow/react';
import { memo, useMemo, useRef, useSyncExternalStore, type PointerEvent, type ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useSession } from '../../document/session.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { designPx } from '../../ui/interface-size.ts';
import type { Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { useCanvasModel, type CanvasModel } from '../model/canvas-model.ts';
import type { NodeProjection } from '../projection/to-nodes.ts';
import { around, exceeds, fromMap, hasRoom, MAP, mapScale, onMap, pathOf, type MapScale } from './minimap-geometry.ts';
import styles from './Minimap.module.css';

/** Boxes by what they are drawn as: heat steps 1 to 7, 0 for a component without heat, boundaries and notes. */
type Solids = ReadonlyMap<number | 'boundary' | 'note', readonly Rect[]>;

function solidsOf(nodes: NodeProjection, model: CanvasModel, plain: boolean): Solids {
  const solids = new Map<number | 'boundary' | 'note', Rect[]>();
  for (const node of nodes.nodes) {
    const { x, y } = node.position;
    const kind = node.type === 'component' ? (plain ? 0 : (model.feed.heat.get(node.data.node.id)?.step ?? 0)) : node.type;
    const rect = { left: x, top: y, right: x + (node.width ?? 0), bottom: y + (node.height ?? 0) };
    const same = solids.get(kind);
    if (same) same.push(rect);
    else solids.set(kind, [rect]);
  }
  return solids;
}

const HEAT = [1, 2, 3, 4, 5, 6, 7] as const;

/** Drawn again only when the drawing or its heat changes, or the view leaves the drawing and the scale with it. */
const Solids = memo(function Solids({ solids, scale }: { readonly solids: Solids; readonly scale: MapScale }): ReactElement {
  const path = (kind: number | 'boundary' | 'note'): string => pathOf(solids.get(kind) ?? [], scale);
  return (
    <>
      <path className={styles.boundary} d={path('boundary')} />
      <path className={styles.note} d={path('note')} />
      <path className={styles.component} d={path(0)} />
      {HEAT.map((step) => solids.has(step) && <path key={step} d={path(step)} style={{ fill: `var(--heat-${step})` }} />)}
    </>
  );
});

interface Press { readonly pointer: number; readonly scale: MapScale; readonly byX: number; readonly byY: number }

/** A press moves the view there; a press on the view's own rectangle takes it in the hand. */
function useMapPointer(scale: MapScale, seen: Rect): { readonly onPointerDown: (event: PointerEvent<SVGSVGElement>) => void; readonly onPointerMove: (event: PointerEvent<SVGSVGElement>) => void; readonly onPointerUp: () => void; readonly onPointerCancel: () => void } {
  const flow = useReactFlow();
  const press = useRef<Press | null>(null);
  const placeOf = (event: PointerEvent<SVGSVGElement>, of: MapScale): { readonly x: number; readonly y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return fromMap(((event.clientX - box.left) * MAP.width) / box.width, ((event.clientY - box.top) * MAP.height) / box.height, of);
  };
  const look = (at: { readonly x: number; readonly y: number }): void => void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  const end = (): void => void (press.current = null);
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = placeOf(event, scale);
      const middle = { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 };
      const inside = at.x >= seen.left && at.x <= seen.right && at.y >= seen.top && at.y <= seen.bottom;
      // the map may shift while the view moves; the hand keeps to the map as it was at the press
      press.current = { pointer: event.pointerId, scale, byX: inside ? middle.x - at.x : 0, byY: inside ? middle.y - at.y : 0 };
      if (!inside) look(at);
    },
    onPointerMove: (event) => {
      const held = press.current;
      if (held?.pointer !== event.pointerId) return;
      const at = placeOf(event, held.scale);
      look({ x: at.x + held.byX, y: at.y + held.byY });
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

interface MapProps { readonly solids: Solids; readonly drawing: Rect; readonly seen: Rect }

function MapSheet({ solids, drawing, seen }: MapProps): ReactElement {
  const { left, top, right, bottom } = around([drawing, seen]) ?? drawing;
  const scale = useMemo(() => mapScale({ left, top, right, bottom }), [left, top, right, bottom]);
  const pointer = useMapPointer(scale, seen);
  const view = onMap(seen, scale);
  return (
    <svg className={styles.map} role="img" aria-label="Map of the drawing; fit and find move the view by keyboard" style={{ width: designPx(MAP.width), height: designPx(MAP.height) }} viewBox={`0 0 ${MAP.width} ${MAP.height}`} {...pointer}>
      <Solids solids={solids} scale={scale} />
      <rect className={styles.view} x={view.x} y={view.y} width={view.w} height={view.h} />
    </svg>
  );
}

/** The whole drawing as solids, bottom right, from the time it exceeds the view by half (ui 2). Hidden by a command. */
export function Minimap(): ReactElement | null {
  const wanted = useSession((state) => state.minimap);
  return wanted ? <LiveMinimap /> : null;
}

function LiveMinimap(): ReactElement | null {
  const model = useCanvasModel();
  const nodes = useSyncExternalStore(model.subscribe, model.standing);
  const plain = useSession((state) => state.mode === 'whiteboard');
  const evaluation = useEvaluation((state) => state.current);
  const seen = useStore(useShallow(({ transform: [x, y, zoom], width, height }): Rect => ({ left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom })));
  const room = useStore(({ width, height }) => hasRoom(width, height));
  // heat is read from the feed, which follows the evaluation
  const solids = useMemo(() => solidsOf(nodes, model, plain || evaluation === null), [nodes, model, plain, evaluation]);
  const drawing = useMemo(() => around([...solids.values()].flat()), [solids]);
  return room && drawing && exceeds(drawing, seen) ? <MapSheet solids={solids} drawing={drawing} seen={seen} /> : null;
}
