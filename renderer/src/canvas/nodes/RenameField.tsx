import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { renameObject } from '../../document/edits/set.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';

interface RenameFieldProps {
  readonly kind: 'node' | 'boundary';
  readonly id: string;
  readonly value: string;
  readonly className?: string | undefined;
}

function commit(kind: RenameFieldProps['kind'], id: string, before: string, typed: string): void {
  const text = typed.trim().replace(/\s+/g, ' ');
  if (text === before || text === '') return;
  useWorkspace.getState().commit(`Rename ${before}`, (draft) => renameObject(draft, kind, id, text));
}

/** The name of a thing as a field in its own place. Enter or leaving commits, Escape keeps the old name. */
export function RenameField({ kind, id, value, className }: RenameFieldProps): ReactElement {
  const field = useRef<HTMLInputElement>(null);
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
    if (event.key === 'Escape' || event.key === 'Enter') {
      event.preventDefault();
      end(event.key === 'Enter');
    }
  };
  return (
    <input
      ref={field}
      defaultValue={value}
      onKeyDown={onKeyDown}
      onBlur={() => end(true)}
      onPointerDown={(event) => event.stopPropagation()}
      className={`nodrag nopan nokey ${className ?? ''}`}
      aria-label="Name"
      maxLength={10_000}
      spellCheck={false}
    />
  );
}
