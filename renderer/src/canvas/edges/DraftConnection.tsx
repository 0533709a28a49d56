import type { ConnectionLineComponentProps } from '@xyflow/react';
import type { ReactElement } from 'react';
import { useCanvasUi } from '../canvas-ui.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { parseFlowId, type FlowNode } from '../projection/flow-types.ts';
import { headPlace, pathData } from '../../../../shared/drawing/routing/path.ts';
import { draftRoute, routeBetween } from './draft-route.ts';
import styles from './ConnectionEdge.module.css';

/** The connection while it is being drawn: it takes the route that it would have, without avoidance. */
export function DraftConnection({ fromNode, toNode, toX, toY, connectionStatus }: ConnectionLineComponentProps<FlowNode>): ReactElement | null {
  const model = useCanvasModel();
  const held = useCanvasUi((state) => state.connectingFrom !== null);
  const from = model.box(parseFlowId(fromNode.id).id);
  if (!from || !held) return null;
  const target = connectionStatus === 'valid' && toNode ? model.box(parseFlowId(toNode.id).id) : undefined;
  const points = target && target !== from ? routeBetween(from, target) : draftRoute(from, { x: toX, y: toY });
  if (!points) return null;
  const place = headPlace(points);
  return (
    <g>
      <path d={pathData(points, 8)} className={styles.draft} />
      <path className={styles.draftHead} transform={`translate(${place.x} ${place.y}) rotate(${place.angle})`} d="M-9 -4.200L0 0L-9 4.200z" />
    </g>
  );
}
