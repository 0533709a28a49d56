import { useState, type ReactElement } from 'react';
import { renameObject } from '../../document/edits/set.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Inspector.module.css';

/** The whole text of a note, however much of it the paper shows. Leaving the field commits, Escape reverts. */
export function NoteForm({ id, text }: { readonly id: string; readonly text: string }): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const save = (typed: string): void => {
    setDraft(null);
    if (typed !== text) useWorkspace.getState().commit('Edit note', (design) => renameObject(design, 'note', id, typed));
  };
  return (
    <div className={styles.note} data-param="text">
      <TextField label="Note" multiline rows={12} value={draft ?? text} onChange={setDraft} onCommit={save} onCancel={() => setDraft(null)} />
      <p className={styles.caption}>Two stars around **words** make them bold. A line that starts with - or 1. is a list item. Addresses that start with https:// are links.</p>
    </div>
  );
}
