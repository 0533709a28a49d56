import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { renameObject } from '../../document/edits/set.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';

interface NoteFieldProps { readonly id: string; readonly text: string; readonly className?: string | undefined }

/** A note's text as a field in its own place. Ctrl+Enter or leaving commits, Escape keeps the old text. */
export function NoteField({ id, text, className }: NoteFieldProps): ReactElement {
  const field = useRef<HTMLTextAreaElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(text.length, text.length);
  }, [text.length]);
  const end = (keep: boolean): void => {
    if (done.current) return;
    done.current = true;
    const typed = field.current?.value ?? text;
    if (document.activeElement === field.current) field.current?.closest<HTMLElement>('[role="application"]')?.focus({ preventScroll: true });
    useCanvasUi.getState().set({ editing: null });
    if (keep && typed !== text) useWorkspace.getState().commit('Edit note', (draft) => renameObject(draft, 'note', id, typed));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const commits = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!commits && event.key !== 'Escape') return;
    event.preventDefault();
    end(commits);
  };
  return (
    <textarea
      ref={field}
      defaultValue={text}
      className={`nodrag nopan nowheel nokey ${className ?? ''}`}
      aria-label="Note"
      title="Ctrl+Enter keeps, Escape reverts. **bold**, - list, https://…"
      maxLength={10_000}
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={() => end(true)}
      onPointerDown={(event) => event.stopPropagation()}
    />
  );
}
