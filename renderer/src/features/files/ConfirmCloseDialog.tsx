import { useRef, type ReactElement } from 'react';
import type { ConfirmClose } from '../../document/commands/file-save.ts';
import { useSession } from '../../document/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** Save, Don't save or Cancel, before a document with changes is closed. */
export function ConfirmCloseDialog(): ReactElement | null {
  const dialog = useSession((state) => state.dialog);
  const save = useRef<HTMLButtonElement>(null);
  if (dialog?.name !== 'confirm-close') return null;
  const { title, answer } = dialog.data as ConfirmClose;
  return (
    <Dialog
      open
      title={`Save the changes to "${title}"?`}
      description="Without saving, the changes since the last save are lost."
      onClose={() => answer('cancel')}
      initialFocus={save}
      width={440}
      footer={
        <>
          <Button onClick={() => answer('discard')}>Don’t save</Button>
          <Button onClick={() => answer('cancel')}>Cancel</Button>
          <Button ref={save} variant="primary" onClick={() => answer('save')}>
            Save
          </Button>
        </>
      }
    />
  );
}
