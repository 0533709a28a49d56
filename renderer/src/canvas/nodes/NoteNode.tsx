import type { NodeProps } from '@xyflow/react';
import { memo, type MouseEvent, type ReactElement } from 'react';
import { layoutNote, noteLines, type NoteLine } from '../../../../shared/drawing/note-figures.ts';
import { spokenNote } from '../../../../shared/drawing/note-text.ts';
import { revealParam } from '../../forms/reveal.ts';
import { NoteField } from '../boundaries/NoteField.tsx';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { useDimmedNote } from '../highlight/highlight.ts';
import { parseFlowId, type NoteFlowNode } from '../projection/flow-types.ts';
import styles from './NoteNode.module.css';

/** Size of a note's letters in the middle distance, canvas units, and how many lines are shown there. */
const COMPACT = { size: 22, lines: 2 } as const;

/** Lines as they were measured: canvas and exported picture break them at the same words. */
function Lines({ lines }: { readonly lines: readonly NoteLine[] }): ReactElement {
  return (
    <>
      {lines.map(({ marker, pieces }, index) => (
        <div key={index} className={styles.line}>
          {marker !== null && <span className={styles.marker}>{marker}</span>}
          {pieces.map(({ text, bold, link, x }, at) => (
            <span key={at} className={styles.piece} style={{ left: x }} data-bold={bold || undefined} data-link={link === null ? undefined : ''} title={link ?? undefined}>{text}</span>
          ))}
        </div>
      ))}
    </>
  );
}

/** Goes to the whole text, in the inspector's field. */
function More({ id }: { readonly id: string }): ReactElement {
  const open = (event: MouseEvent): void => {
    event.stopPropagation();
    revealParam({ kind: 'note', id, param: 'text' });
  };
  return <button type="button" tabIndex={-1} className={`nodrag nopan ${styles.more}`} onClick={open}>More</button>;
}

function Body({ id, data, lod }: { readonly id: string; readonly data: NoteFlowNode['data']; readonly lod: string }): ReactElement {
  const { note, w, h } = data;
  if (lod === 'overview') return <div className={styles.block} />;
  if (lod === 'compact') return <div className={styles.text} aria-hidden><Lines lines={layoutNote(note.text, { width: w, size: COMPACT.size, limit: COMPACT.lines }).lines} /></div>;
  const { lines, more } = noteLines(note.text, { w, h });
  return (
    <>
      <div className={styles.text} aria-hidden><Lines lines={lines} /></div>
      {more && <More id={id} />}
    </>
  );
}

function Paper({ id: flow, data, selected }: NodeProps<NoteFlowNode>): ReactElement {
  const { id } = parseFlowId(flow);
  const lod = useCanvasUi((state) => state.lod);
  const editing = useCanvasUi((state) => isThing(state.editing, 'note', id));
  const focused = useCanvasUi((state) => isThing(state.focused, 'note', id));
  const dimmed = useDimmedNote();
  const spoken = spokenNote(data.note.text);
  return (
    <div id={`note-${id}`} className={styles.note} role="group" aria-roledescription="note" aria-label={spoken === '' ? 'Empty note' : spoken} data-lod={lod} data-selected={selected || undefined} data-focused={focused || undefined} data-dimmed={dimmed || undefined}>
      <svg className={styles.paper} width={data.w} height={data.h} aria-hidden>
        <path className={styles.sheet} d={`M0 0H${data.w}V${data.h - 12}L${data.w - 12} ${data.h}H0z`} />
        <path className={styles.rule} d={`M1 0V${data.h}`} />
        <path className={styles.fold} d={`M${data.w - 12} ${data.h}v-12h12z`} />
      </svg>
      {editing ? <NoteField id={id} text={data.note.text} className={styles.field} /> : <Body id={id} data={data} lod={lod} />}
    </div>
  );
}

/** A note on the paper (ui 3.3): bold, lists and links only. Never evaluated. */
export const NoteNode = memo(Paper);
