import { Handle, Position } from '@xyflow/react';
import type { ReactElement } from 'react';
import { SOURCE_HANDLE, TARGET_HANDLE } from '../projection/flow-types.ts';
import styles from './NodePorts.module.css';

interface NodePortsProps {
  readonly visible: boolean;
  /** A connection is being drawn: the whole component takes its end. */
  readonly connecting: boolean;
  /** The connection started here: its port must stay. */
  readonly keep: boolean;
}

/** React Flow asks the page where connections may end whenever it measures a node; the router needs no better answer. */
export function HandleMarks(): ReactElement {
  return (
    <>
      <div className={`source ${styles.mark}`} data-handleid={SOURCE_HANDLE} data-handlepos="right" />
      <div className={`target ${styles.mark}`} data-handleid={TARGET_HANDLE} data-handlepos="left" />
    </>
  );
}

const SIDES = [
  ['right', Position.Right],
  ['left', Position.Left],
  ['top', Position.Top],
  ['bottom', Position.Bottom],
] as const;

/** Four ports to draw from on hover and focus, and one large one to draw to. Exist only while they can be used. */
export function NodePorts({ visible, connecting, keep }: NodePortsProps): ReactElement | null {
  if (connecting && !keep) return <Handle id={TARGET_HANDLE} type="target" position={Position.Left} className={styles.body} isConnectableStart={false} />;
  if (!visible && !keep) return null;
  return (
    <>
      {SIDES.map(([id, position]) => (
        <Handle key={id} id={SOURCE_HANDLE} type="source" position={position} className={styles.port} data-side={id} isConnectableEnd={false} />
      ))}
    </>
  );
}
