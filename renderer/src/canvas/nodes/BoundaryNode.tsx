import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { BOUNDARY_LINES, boundaryMark } from '../../../../shared/drawing/boundary-figures.ts';
import type { Boundary } from '../../../../shared/model/design.ts';
import { ResizeCorners } from '../boundaries/ResizeCorners.tsx';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { useDimmedBoundary } from '../highlight/highlight.ts';
import { parseFlowId, TARGET_HANDLE, type BoundaryFlowNode } from '../projection/flow-types.ts';
import { BoundaryHead } from './BoundaryHead.tsx';
import { HandleMarks } from './NodePorts.tsx';
import { RenameField } from './RenameField.tsx';
import styles from './BoundaryNode.module.css';

/** Strips along the border that can be gripped: the floor between them belongs to the paper. */
const GRIPS = ['top', 'right', 'bottom', 'left'] as const;

/** Border, the mark of its kind, and the floor. */
function Outline({ kind, w, h }: { readonly kind: Boundary['kind']; readonly w: number; readonly h: number }): ReactElement {
  const { width, dash } = BOUNDARY_LINES[kind];
  const mark = boundaryMark(kind, { w, h });
  return (
    <svg className={styles.outline} width={w} height={h} aria-hidden>
      <rect className={styles.line} x={width / 2} y={width / 2} width={w - width} height={h - width} rx={6 - width / 2} strokeWidth={width} strokeDasharray={dash ?? undefined} />
      {mark && <path className={styles.mark} d={mark.d} strokeWidth={mark.width} />}
    </svg>
  );
}

function Container({ id: flow, data, selected, draggable, positionAbsoluteX, positionAbsoluteY }: NodeProps<BoundaryFlowNode>): ReactElement {
  const { id } = parseFlowId(flow);
  const { boundary, depth, count, w, h } = data;
  const lod = useCanvasUi((state) => state.lod);
  const editing = useCanvasUi((state) => isThing(state.editing, 'boundary', id));
  const focused = useCanvasUi((state) => isThing(state.focused, 'boundary', id));
  const into = useCanvasUi((state) => state.into === id);
  const connecting = useCanvasUi((state) => state.connectingFrom !== null && state.connectingFrom !== id);
  const dimmed = useDimmedBoundary(id);
  return (
    <div
      id={`boundary-${id}`}
      className={styles.boundary}
      role="group"
      aria-roledescription={boundary.kind}
      aria-label={`${boundary.name}, ${count} ${count === 1 ? 'component' : 'components'}`}
      data-kind={boundary.kind}
      data-depth={Math.min(depth, 4)}
      data-lod={lod}
      data-selected={selected || undefined}
      data-focused={focused || undefined}
      data-dimmed={dimmed || undefined}
      data-into={into || undefined}
      data-connecting={connecting || undefined}
    >
      <HandleMarks />
      <Outline kind={boundary.kind} w={w} h={h} />
      {GRIPS.map((side) => <div key={side} className={`boundary-handle ${styles.grip}`} data-side={side} />)}
      <div className={`boundary-handle ${styles.header}`}>
        {editing && <RenameField kind="boundary" id={id} value={boundary.name} className={styles.rename} />}
        {connecting && <Handle id={TARGET_HANDLE} type="target" position={Position.Left} className={styles.entry} isConnectableStart={false} />}
      </div>
      <BoundaryHead boundary={boundary} depth={Math.min(depth, 4)} x={positionAbsoluteX} y={positionAbsoluteY} w={w} editing={editing} dimmed={dimmed} />
      {draggable && !connecting && <ResizeCorners id={id} />}
    </div>
  );
}

/** A region, zone, cluster or group (ui 3.3). Its floor is paper: only header and border take the pointer. */
export const BoundaryNode = memo(Container);
