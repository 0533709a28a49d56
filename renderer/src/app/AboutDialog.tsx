import type { ReactElement } from 'react';
import type { HostInfo } from '../../../shared/ipc/host-api.ts';
import { useSession } from '../document/session.ts';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './AboutDialog.module.css';
import { CREDITS } from './credits.ts';

function Credits(): ReactElement {
  return (
    <section aria-labelledby="about-credits">
      <h3 id="about-credits" className={styles.heading}>Made with</h3>
      <ul className={styles.credits}>
        {CREDITS.map(({ name, version, licence, by }) => (
          <li key={name}>
            <b>{name}</b>
            <span className="mono">{version}</span>
            <span>{`${licence}, ${by}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Version, licence, where documents are kept, what the figures rest on, and whose work is inside. */
export function AboutDialog({ info }: { readonly info: HostInfo }): ReactElement {
  const open = useSession((state) => state.dialog?.name === 'about');
  return (
    <Dialog
      open={open}
      title="About Plumbline"
      description="The whiteboard that does the math: draw a system, load it, and be told the truth."
      onClose={() => useSession.getState().set({ dialog: null })}
    >
      {info.warning !== undefined && <p className={styles.warning}>{info.warning}</p>}
      <dl className={styles.facts}>
        <dt>Version</dt>
        <dd className="mono selectable-text">{info.version}</dd>
        <dt>Licence</dt>
        <dd>Apache-2.0</dd>
        <dt>Documents</dt>
        <dd>{info.storage}</dd>
        <dt>Figures</dt>
        <dd>Computed on this machine. What a model does not cover yet shows an en dash, never a guess.</dd>
      </dl>
      <Credits />
    </Dialog>
  );
}
