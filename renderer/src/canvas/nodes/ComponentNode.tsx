import type { NodeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { COMPONENT_HEIGHT, platesOf } from '../../../../shared/drawing/component-facts.ts';
import { useSession } from '../../document/session.ts';
import { useNamed } from '../../document/typed-path/named.ts';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { GhostMark, useNodeGhost } from '../ghosts/GhostMark.tsx';
import { useFoundNodes } from '../highlight/found-nodes.ts';
import { useDimmedNode } from '../highlight/highlight.ts';
import { connectState } from '../interaction/connecting.ts';
import { useKeyed } from '../keyed-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { parseFlowId, type ComponentFlowNode } from '../projection/flow-types.ts';
import { CompactBody } from './CompactBody.tsx';
import { FullBody } from './FullBody.tsx';
import { OverviewBody } from './OverviewBody.tsx';
import { FindingBadge } from './FindingBadge.tsx';
import { HandleMarks, NodePorts } from './NodePorts.tsx';
import { NodeTab } from './NodeTab.tsx';
import styles from './ComponentNode.module.css';

/** Id of the element that names a component, for the canvas's active descendant. */
export function componentElementId(id: string): string {
  return `component-${id}`;
}

function Component({ id: flow, data, selected, isConnectable, positionAbsoluteX, positionAbsoluteY }: NodeProps<ComponentFlowNode>): ReactElement {
  const { id } = parseFlowId(flow);
  const model = useCanvasModel();
  const heat = useKeyed(model.feed.heat, id);
  const lod = useCanvasUi((state) => state.lod);
  const named = useNamed((state) => state.ids.has(id));
  const hovered = useCanvasUi((state) => isThing(state.hovered, 'node', id));
  const focused = useCanvasUi((state) => isThing(state.focused, 'node', id));
  const connect = useCanvasUi((state) => connectState(state, id));
  const plain = useSession((state) => state.mode === 'whiteboard');
  const walked = useCanvasUi((state) => state.keys && isThing(state.focused, 'node', id));
  const found = useFoundNodes((state) => state.ids.has(id));
  const dimmed = useDimmedNode(id);
  const ghost = useNodeGhost(id);
  const { facts } = data;
  const step = heat?.step ?? 0;
  const plates = platesOf(facts.units);
  const guessed = data.node.guessed !== undefined && data.node.guessed.confidence !== 'sure';
  const body = { id, data, step, plain };
  return (
    <div
      id={componentElementId(id)}
      className={styles.component}
      role="group"
      aria-roledescription="component"
      aria-labelledby={`${componentElementId(id)}-name`}
      data-lod={lod}
      data-step={step}
      data-shape={facts.silhouette}
      data-selected={selected || undefined}
      data-hovered={hovered || named || undefined}
      data-focused={focused || undefined}
      data-connect={connect}
      data-guessed={guessed || undefined}
      data-dimmed={dimmed || undefined}
      data-ghost={ghost}
    >
      {lod === 'full' && plates > 4 && <div className={styles.plate} data-plate={2} />}
      {lod !== 'overview' && plates > 0 && <div className={styles.plate} data-plate={lod === 'compact' && plates > 4 ? 2 : 1} />}
      {lod === 'full' && <NodeTab units={facts.units} zones={data.zones} plates={plates} />}
      <div className={styles.frame}>
        {lod === 'full' && <FullBody {...body} knee={heat?.knee} />}
        {lod === 'compact' && <CompactBody {...body} />}
        {lod === 'overview' && <OverviewBody {...body} label={selected || hovered || walked || found || step === 7 ? { x: positionAbsoluteX + data.width / 2, y: positionAbsoluteY + COMPONENT_HEIGHT } : null} />}
      </div>
      <FindingBadge id={id} lod={lod} />
      {ghost && <GhostMark id={id} kind={ghost} near={lod === 'full'} />}
      {guessed && !ghost && lod !== 'overview' && <span className={styles.guess}>?</span>}
      <HandleMarks />
      <NodePorts visible={isConnectable && (hovered || focused) && connect === undefined} connecting={connect !== undefined} keep={connect === 'source'} />
    </div>
  );
}

/** A component on the canvas (ui 3). Renders again only when its own content, heat step or state changes. */
export const ComponentNode = memo(Component);
