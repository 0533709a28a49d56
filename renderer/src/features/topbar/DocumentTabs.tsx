import type { KeyboardEvent, ReactElement } from 'react';
import { runCommand } from '../../document/commands/index.ts';
import { isDirty, useWorkspace, type OpenDocument } from '../../document/workspace.ts';
import { classes } from '../../ui/classes.ts';
import { CutTooltip } from '../../ui/CutTooltip.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import styles from './DocumentTabs.module.css';

function close(id: string): void {
  useWorkspace.getState().activate(id);
  runCommand('file.close');
}

function DocumentTab({ doc, active }: { readonly doc: OpenDocument; readonly active: boolean }): ReactElement {
  const dirty = isDirty(doc);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete') return;
    event.preventDefault();
    close(doc.id);
  };
  return (
    <li className={classes(styles.tab, active && styles.active, dirty && styles.dirty)}>
      <CutTooltip content={doc.title}>
        <button
          type="button"
          className={styles.name}
          aria-current={active || undefined}
          aria-label={dirty ? `${doc.title}, unsaved changes` : doc.title}
          onClick={() => useWorkspace.getState().activate(doc.id)}
          onKeyDown={onKeyDown}
        >
          <span className="truncate">{doc.title}</span>
        </button>
      </CutTooltip>
      <button type="button" className={styles.close} aria-label={`Close ${doc.title}`} onClick={() => close(doc.id)}>
        <i className={styles.dot} aria-hidden="true" />
        <Glyph path={GLYPHS.close} size={14} className={styles.cross} />
      </button>
    </li>
  );
}

/** Open documents, shown from the second one on. A dot stands for unsaved changes where the cross appears on hover. */
export function DocumentTabs(): ReactElement | null {
  const order = useWorkspace((state) => state.order);
  const documents = useWorkspace((state) => state.documents);
  const activeId = useWorkspace((state) => state.activeId);
  if (order.length < 2) return null;
  return (
    <nav className={styles.bar} data-region="documents" aria-label="Open documents">
      <ul className={styles.list}>
        {order.map((id) => {
          const doc = documents[id];
          return doc === undefined ? null : <DocumentTab key={id} doc={doc} active={id === activeId} />;
        })}
      </ul>
    </nav>
  );
}
