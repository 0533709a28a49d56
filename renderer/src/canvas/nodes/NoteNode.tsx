import type { NodeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { parseFlowId, type NoteFlowNode } from '../projection/flow-types.ts';
import { RenameField } from './RenameField.tsx';
import styles from './NoteNode.module.css';

function Paper({ id: flow, data, selected }: NodeProps<NoteFlowNode>): ReactElement {
  const { id } = parseFlowId(flow);
  const lod = useCanvasUi((state) => state.lod);
  const editing = useCanvasUi((state) => isThing(state.editing, 'note', id));
  const focused = useCanvasUi((state) => isThing(state.focused, 'note', id));
  return (
    <div id={`note-${id}`} className={styles.note} role="group" aria-roledescription="note" aria-label={data.note.text === '' ? 'Empty note' : data.note.text} data-lod={lod} data-selected={selected || undefined} data-focused={focused || undefined}>
      {editing && <RenameField kind="note" id={id} value={data.note.text} className={styles.field} multiline />}
      {!editing && lod !== 'overview' && <p className={styles.text} aria-hidden>{data.note.text}</p>}
      {!editing && lod === 'overview' && <div className={styles.lines} />}
      <svg className={styles.fold} width="12" height="12" viewBox="0 0 12 12" aria-hidden><path d="M0 0v12h12z" /></svg>
    </div>
  );
}

/** A note on the paper: never evaluated. */
export const NoteNode = memo(Paper);
