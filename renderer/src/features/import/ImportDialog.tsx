import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { chooseAndImport, type ImportRequest } from '../../document/commands/import-file.ts';
import { useSession } from '../../document/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './ImportDialog.module.css';
import { beginImport, cancelImport, finishImport, useImport, type Ready } from './import-store.ts';
import { ImportFooter } from './ImportFooter.tsx';
import { ImportNotes, Sentence } from './ImportNotes.tsx';
import { ImportPicture } from './ImportPicture.tsx';
import { ImportTable } from './ImportTable.tsx';
import { openGuesses, placeOf, sourcesText } from './words.ts';

/** The focus goes to the drawing: what opened the dialog is gone with the start screen. */
const DRAWING = {
  get current(): HTMLElement | null {
    return document.querySelector<HTMLElement>('[role="application"]');
  },
};

/** Import with Ctrl or Cmd and Enter from wherever the focus is; a figure being typed counts. */
function onKeys(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  finishImport();
}

function ProposalView({ phase }: { readonly phase: Ready }): ReactElement {
  const active = useImport((state) => state.active);
  const guess = phase.report.guesses.find(({ target }) => `${target.kind} ${target.id}` === active);
  const left = openGuesses(phase.report);
  return (
    <div className={styles.proposal}>
      <div className={styles.side}>
        <ImportPicture design={phase.report.design} active={active} />
        <p className={styles.reason}>{guess ? `${guess.what}: ${guess.because}` : 'Arrows move, typing picks another part, Enter confirms and goes on.'}</p>
        <ImportNotes report={phase.report} />
      </div>
      <div className={styles.rows} role="region" aria-label="Parts">
        <ImportTable phase={phase} />
      </div>
      <VisuallyHidden live="polite">{left === 0 ? 'Every component is confirmed.' : `${left} to confirm.`}</VisuallyHidden>
    </div>
  );
}

function Opened({ request }: { readonly request: ImportRequest }): ReactElement {
  const phase = useImport((state) => state.phase);
  const joining = useRef(false);
  useEffect(() => {
    const stop = beginImport(request.files, joining.current);
    joining.current = true;
    return stop;
  }, [request]);
  const names = sourcesText(phase.name === 'ready' ? phase.report.sources : request.files.map(({ name }) => name));
  if (phase.name === 'ready') {
    return (
      <Dialog open title={`Import ${names}`} onClose={cancelImport} width={880} finalFocus={DRAWING} footer={<ImportFooter phase={phase} />}>
        <ProposalView phase={phase} />
      </Dialog>
    );
  }
  const refused = phase.name === 'refused' ? phase.problem : null;
  const place = refused && placeOf(refused);
  return (
    <Dialog
      open
      title={refused ? `${names} cannot be imported` : `Reading ${names}`}
      onClose={cancelImport}
      width={560}
      footer={
        <>
          {refused && <Button onClick={() => void chooseAndImport()}>Choose other files…</Button>}
          <Button variant={refused ? 'primary' : 'default'} onClick={cancelImport}>{refused ? 'Close' : 'Cancel'}</Button>
        </>
      }
    >
      <p className={styles.message} role={refused ? 'alert' : 'status'}>
        {refused ? <Sentence text={refused.message} /> : 'Nothing is changed until you say so.'}
        {place !== null && <span className={styles.place}>{place}</span>}
      </p>
    </Dialog>
  );
}

/** What files of another format would become, to be corrected before it lands (ui 6.3). Mounted once. */
export function ImportDialog(): ReactElement | null {
  const dialog = useSession((state) => state.dialog);
  if (dialog?.name !== 'import') return null;
  return (
    <div className={styles.around} onKeyDownCapture={onKeys}>
      <Opened request={dialog.data as ImportRequest} />
    </div>
  );
}
