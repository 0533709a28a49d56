import type { ConnectionLineComponentProps } from '@xyflow/react';
import type { ReactElement } from 'react';
import { useCanvasModel } from '../model/canvas-model.ts';
import { parseFlowId, type FlowNode } from '../projection/flow-types.ts';
import type { RouteBox } from '../../../../shared/drawing/routing/geometry.ts';
import { headPlace, pathData } from '../../../../shared/drawing/routing/path.ts';
import { assignPorts } from '../../../../shared/drawing/routing/ports.ts';
import { plainRoute } from '../../../../shared/drawing/routing/shapes.ts';
import styles from './ConnectionEdge.module.css';

/** The pointer as something that a line can end at. */
function pointerBox(x: number, y: number): RouteBox {
  return { id: 'pointer', x: x - 1, y: y - 1, w: 2, h: 2, plates: 0, tab: 0, obstacle: false };
}

/** The connection while it is being drawn: it takes the route that it would have, without avoidance. */
export function DraftConnection({ fromNode, toNode, toX, toY, connectionStatus }: ConnectionLineComponentProps<FlowNode>): ReactElement | null {
  const model = useCanvasModel();
  const from = model.box(parseFlowId(fromNode.id).id);
  if (!from) return null;
  const target = connectionStatus === 'valid' && toNode ? model.box(parseFlowId(toNode.id).id) : undefined;
  const to = target && target !== from ? target : pointerBox(toX, toY);
  const ends = assignPorts(new Map([[from.id, from], [to.id, to]]), [{ id: 'draft', from: from.id, to: to.id }]).get('draft');
  if (!ends) return null;
  const points = plainRoute(target ? ends : { from: ends.from, to: { ...ends.to, x: toX, y: toY } });
  const place = headPlace(points);
  return (
    <g>
      <path d={pathData(points, 8)} className={styles.draft} />
      <path className={styles.draftHead} transform={`translate(${place.x} ${place.y}) rotate(${place.angle})`} d="M-9 -4.200L0 0L-9 4.200z" />
    </g>
  );
}
