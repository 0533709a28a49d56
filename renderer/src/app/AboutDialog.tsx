import type { ReactElement } from 'react';
import type { HostInfo } from '../../../shared/ipc/host-api.ts';
import { useSession } from '../document/session.ts';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './AboutDialog.module.css';

/** Version, licence, where documents are kept, and what the figures rest on. */
export function AboutDialog({ info }: { readonly info: HostInfo }): ReactElement {
  const open = useSession((state) => state.dialog?.name === 'about');
  return (
    <Dialog
      open={open}
      title="About Plumbline"
      description="The whiteboard that does the math: draw a system, load it, and be told the truth."
      onClose={() => useSession.getState().set({ dialog: null })}
    >
      <dl className={styles.facts}>
        <dt>Version</dt>
        <dd className="mono selectable-text">{info.version}</dd>
        <dt>Licence</dt>
        <dd>Apache-2.0</dd>
        <dt>Documents</dt>
        <dd>{info.storage}</dd>
        <dt>Figures</dt>
        <dd>Computed on this machine. What a model does not cover yet shows an en dash, never a guess.</dd>
        {info.warning !== undefined && (
          <>
            <dt>Runtime</dt>
            <dd>{info.warning}</dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
