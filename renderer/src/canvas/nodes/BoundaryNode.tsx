import type { NodeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import type { Boundary } from '../../../../shared/model/design.ts';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { useDimmedBoundary } from '../highlight/highlight.ts';
import { parseFlowId, type BoundaryFlowNode } from '../projection/flow-types.ts';
import { HandleMarks } from './NodePorts.tsx';
import { RenameField } from './RenameField.tsx';
import styles from './BoundaryNode.module.css';

const KIND_WORD: Readonly<Record<Boundary['kind'], string>> = { region: 'region', zone: 'zone', cluster: 'cluster', group: 'group' };

/** Strips along the border that can be gripped: the floor between them belongs to the paper. */
const GRIPS = ['top', 'right', 'bottom', 'left'] as const;

function Container({ id: flow, data, selected }: NodeProps<BoundaryFlowNode>): ReactElement {
  const { id } = parseFlowId(flow);
  const { boundary, depth, count } = data;
  const lod = useCanvasUi((state) => state.lod);
  const editing = useCanvasUi((state) => isThing(state.editing, 'boundary', id));
  const focused = useCanvasUi((state) => isThing(state.focused, 'boundary', id));
  const dimmed = useDimmedBoundary(id);
  const word = KIND_WORD[boundary.kind];
  return (
    <div
      id={`boundary-${id}`}
      className={styles.boundary}
      role="group"
      aria-roledescription={word}
      aria-label={`${boundary.name}, ${count} ${count === 1 ? 'component' : 'components'}`}
      data-kind={boundary.kind}
      data-depth={Math.min(depth, 4)}
      data-lod={lod}
      data-selected={selected || undefined}
      data-focused={focused || undefined}
      data-dimmed={dimmed || undefined}
    >
      <HandleMarks />
      {GRIPS.map((side) => <div key={side} className={`boundary-handle ${styles.grip}`} data-side={side} />)}
      <div className={`boundary-handle ${styles.header}`}>
        {editing ? <RenameField kind="boundary" id={id} value={boundary.name} className={styles.rename} /> : <span className={styles.name} aria-hidden>{boundary.name}</span>}
      </div>
    </div>
  );
}

/** A region, zone, cluster or group. Its floor is paper: only header and border take the pointer. */
export const BoundaryNode = memo(Container);
