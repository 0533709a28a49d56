import { useId, useRef, useState, type ReactElement } from 'react';
import type { RenameTarget } from '../document/commands/rename.ts';
import { renameObject } from '../document/edits/set.ts';
import { useSession } from '../document/session.ts';
import { useWorkspace } from '../document/workspace.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';

function close(): void {
  useSession.getState().set({ dialog: null });
}

function isTarget(data: unknown): data is RenameTarget {
  return typeof data === 'object' && data !== null && 'kind' in data && 'id' in data && 'name' in data;
}

function RenameForm({ target }: { readonly target: RenameTarget }): ReactElement {
  const [name, setName] = useState(target.name);
  const field = useRef<HTMLInputElement>(null);
  const form = useId();
  const wanted = name.trim();
  const apply = (): void => {
    if (wanted === '') return;
    useWorkspace.getState().commit('Rename', (draft) => renameObject(draft, target.kind, target.id, wanted));
    close();
  };
  return (
    <Dialog
      open
      title={`Rename ${target.name}`}
      width={400}
      onClose={close}
      initialFocus={field}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabledReason={wanted === '' ? 'A name needs at least one character.' : null}>
            Rename
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <TextField label="Name" value={name} onChange={setName} inputRef={field} />
      </form>
    </Dialog>
  );
}

/** Asks for another name, for those who do not edit it on the canvas. */
export function RenameDialog(): ReactElement | null {
  const dialog = useSession((state) => state.dialog);
  return dialog?.name === 'rename' && isTarget(dialog.data) ? <RenameForm key={dialog.data.id} target={dialog.data} /> : null;
}
