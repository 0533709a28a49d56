import { useEffect, useState, type ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { applyPreview } from '../../evaluation/apply-preview.ts';
import { deltaDirection, deltaVerdict } from '../../evaluation/delta-look.ts';
import { headlineOf } from '../../evaluation/finding-text.ts';
import { raisedFindings } from '../../evaluation/new-findings.ts';
import { followPreviews, isWorking, usePreview, type Preview } from '../../evaluation/preview-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Delta } from '../../ui/Delta.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './PreviewBar.module.css';
import { PreviewSteps } from './PreviewSteps.tsx';

/** Deltas that the bar shows unasked. */
const SHOWN = 4;

/** Where Enter and Escape mean something else: a field, a list, a dialog. Enter also means the button it stands on. */
const OWN_ESCAPE = 'input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]';
const OWN_ENTER = `${OWN_ESCAPE}, button, a, [role="treeitem"], [role="tab"], [role="slider"], [role="separator"]`;

/** Escape cancels a pinned preview wherever the focus is, and Enter applies it where it means nothing else. */
function useKeys(pinned: boolean): void {
  useEffect(() => {
    if (!pinned) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const place = event.target instanceof Element ? event.target : document.body;
      if (event.key === 'Escape' && place.closest(OWN_ESCAPE) === null) usePreview.getState().cancel();
      else if (event.key === 'Enter' && place.closest(OWN_ENTER) === null) applyPreview();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [pinned]);
}

function raisedText(raised: readonly Finding[]): string {
  const [first] = raised;
  if (!first) return '';
  const more = raised.length - 1;
  return `Raises ${raised.length === 1 ? 'a new finding' : `${raised.length} new findings`}: ${headlineOf(first)}${more > 0 ? `, and ${more} more` : ''}.`;
}

function Deltas({ deltas }: Pick<Preview, 'deltas'>): ReactElement {
  const [all, setAll] = useState(false);
  const rest = deltas.length - SHOWN;
  return (
    <ul className={styles.deltas} aria-label="What it changes">
      {deltas.slice(0, all ? deltas.length : SHOWN).map((delta) => (
        <li key={`${delta.kind} ${delta.label}`}>
          <Delta text={delta.text} direction={deltaDirection(delta)} verdict={deltaVerdict(delta)} />
        </li>
      ))}
      {deltas.length === 0 && <li>No number changes</li>}
      {rest > 0 && !all && <li><button type="button" className={styles.more} onClick={() => setAll(true)}>{`${rest} more`}</button></li>}
    </ul>
  );
}

function Bar({ preview }: { readonly preview: Preview }): ReactElement {
  const readOnly = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null)));
  const working = usePreview(isWorking);
  const raised = raisedFindings(preview.before, preview.after);
  return (
    <section className={styles.bar} aria-label="Preview" data-several={preview.steps !== null || undefined}>
      <div className={styles.words}>
        <p className={styles.title}>
          <span className={styles.mark} aria-hidden="true">Δ</span>
          {preview.title}
        </p>
        <Deltas key={preview.id} deltas={preview.deltas} />
        {preview.steps && <PreviewSteps steps={preview.steps} />}
        {raised.length > 0 && (
          <p className={styles.raised}>
            <SeverityMark severity={raised[0]?.severity ?? 'minor'} />
            {raisedText(raised)}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <Button variant="primary" disabledReason={readOnly ?? (working ? 'The changes are being worked out again.' : null)} aria-keyshortcuts="Enter" onClick={applyPreview}>
          Apply<span className={styles.key}>Enter</span>
        </Button>
        <Button aria-keyshortcuts="Escape" onClick={() => usePreview.getState().cancel()}>
          Cancel<span className={styles.key}>Esc</span>
        </Button>
      </div>
    </section>
  );
}

function spoken(preview: Preview): string {
  const deltas = preview.deltas.slice(0, SHOWN).map(({ text }) => text).join(', ');
  return `Preview: ${preview.title}. ${deltas === '' ? 'No number changes' : deltas}. ${raisedText(raisedFindings(preview.before, preview.after))} Enter applies, Escape cancels.`;
}

/** The pinned preview at the top of the canvas: what it is called, what it changes, apply and cancel. Announced once; the focus stays where it was. */
export function PreviewBar(): ReactElement {
  const preview = usePreview((state) => (state.pinned ? state.shown : null));
  const id = preview?.id ?? null;
  const [said, setSaid] = useState('');
  useEffect(followPreviews, []);
  useKeys(preview !== null);
  useEffect(() => {
    const { shown, pinned } = usePreview.getState();
    setSaid(id !== null && pinned && shown ? spoken(shown) : '');
  }, [id]);
  return (
    <>
      <VisuallyHidden live="assertive">{said}</VisuallyHidden>
      {preview && <Bar preview={preview} />}
    </>
  );
}
