import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { renameObject } from '../../document/edits/set.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';

interface RenameFieldProps {
  readonly kind: 'node' | 'boundary' | 'note';
  readonly id: string;
  readonly value: string;
  readonly className?: string | undefined;
  readonly multiline?: boolean;
}

function commit(kind: RenameFieldProps['kind'], id: string, before: string, typed: string): void {
  const text = kind === 'note' ? typed : typed.trim().replace(/\s+/g, ' ');
  if (text === before || (text === '' && kind !== 'note')) return;
  useWorkspace.getState().commit(kind === 'note' ? 'Edit note' : `Rename ${before}`, (draft) => renameObject(draft, kind, id, text));
}

/** The name of a thing as a field in its own place. Enter or leaving commits, Escape keeps the old name. */
export function RenameField({ kind, id, value, className, multiline = false }: RenameFieldProps): ReactElement {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  const end = (keep: boolean): void => {
    if (done.current) return;
    done.current = true;
    const canvas = field.current?.closest<HTMLElement>('[role="application"]');
    const typed = field.current?.value ?? value;
    if (document.activeElement === field.current) canvas?.focus({ preventScroll: true });
    useCanvasUi.getState().set({ editing: null });
    if (keep) commit(kind, id, value, typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' || (event.key === 'Enter' && !(multiline && event.shiftKey))) {
      event.preventDefault();
      end(event.key === 'Enter');
    }
  };
  const shared = {
    ref: field, defaultValue: value, onKeyDown, onBlur: () => end(true), onPointerDown: (event: React.PointerEvent) => event.stopPropagation(),
    className: `nodrag nopan nokey ${className ?? ''}`, 'aria-label': kind === 'note' ? 'Note' : 'Name', maxLength: 10_000, spellCheck: false,
  };
  return multiline ? <textarea {...shared} /> : <input {...shared} />;
}
