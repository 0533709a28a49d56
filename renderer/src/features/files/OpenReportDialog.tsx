import type { ReactElement } from 'react';
import type { Problem } from '../../../../shared/lib/result.ts';
import { useSession } from '../../document/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './OpenReportDialog.module.css';

interface OpenReport {
  readonly title: string;
  readonly problems: readonly Problem[];
}

/** Everything that was read otherwise than written when a file was opened, with the place in the file. */
export function OpenReportDialog(): ReactElement | null {
  const dialog = useSession((state) => state.dialog);
  if (dialog?.name !== 'open-report') return null;
  const { title, problems } = dialog.data as OpenReport;
  const close = (): void => useSession.getState().set({ dialog: null });
  return (
    <Dialog
      open
      title={`What was changed in "${title}"`}
      description="The file itself is as it was. Saving writes the drawing as you see it."
      onClose={close}
      width={640}
      footer={
        <Button variant="primary" onClick={close}>
          Close
        </Button>
      }
    >
      <ul className={styles.list} tabIndex={0} aria-label="Changes">
        {problems.map((problem, index) => (
          <li key={index} className={styles.item}>
            <span>{problem.message}</span>
            {problem.where !== undefined && <span className={styles.where}>{problem.where}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
