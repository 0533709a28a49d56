import type { MouseEvent, ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { headlineOf } from '../../evaluation/finding-text.ts';
import { useFindingsView } from '../../evaluation/findings-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Group } from '../../ui/Group.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './FindingsPanel.module.css';
import type { IdleRisk } from './idle-risks.ts';
import { raiseAgain, removeRisk, riskOf, riskText } from './risk-edits.ts';

interface AcceptedProps {
  /** Findings that somebody accepted, and questions that were set aside. */
  readonly findings: readonly Finding[];
  /** Acceptances of which nothing is found. */
  readonly idle: readonly IdleRisk[];
}

function Entry({ finding, readOnly }: { readonly finding: Finding; readonly readOnly: string | null }): ReactElement {
  const risk = useDesign((design) => riskOf(design, finding));
  const asked = finding.kind === 'question';
  return (
    <article className={styles.accepted} aria-label={headlineOf(finding)}>
      <h4 className={styles.acceptedTitle}>
        {!asked && <SeverityMark severity={finding.severity ?? 'minor'} title={finding.severity ?? 'minor'} />}
        <span>{asked ? finding.message : headlineOf(finding)}</span>
      </h4>
      <p className={styles.text}>{finding.accepted?.reason}</p>
      <div className={styles.acceptedFoot}>
        <span className={styles.about}>{asked ? 'Set aside' : risk ? riskText(risk, null) : 'Accepted'}</span>
        <Button variant="quiet" disabledReason={readOnly} onClick={() => raiseAgain(finding)}>{asked ? 'Ask again' : 'Raise again'}</Button>
      </div>
    </article>
  );
}

/** Before an entry goes the focus moves to the one beside it, else to the heading. */
function leave({ currentTarget }: MouseEvent<HTMLButtonElement>): void {
  const entry = currentTarget.closest('article');
  const beside = [entry?.nextElementSibling, entry?.previousElementSibling].find((other) => other?.querySelector('button'));
  beside?.querySelector('button')?.focus();
}

function IdleEntry({ idle: { risk, title, reason, unneeded }, readOnly }: { readonly idle: IdleRisk; readonly readOnly: string | null }): ReactElement {
  const remove = (event: MouseEvent<HTMLButtonElement>): void => {
    leave(event);
    removeRisk(risk);
  };
  return (
    <article className={styles.accepted} aria-label={title}>
      <h4 className={styles.acceptedTitle}><span>{title}</span></h4>
      <p className={styles.text}>{risk.reason}</p>
      <div className={styles.acceptedFoot}>
        <span className={styles.about}>{`${riskText(risk, null)}. ${reason}${unneeded ? ' No longer needed.' : ''}`}</span>
        <Button variant="quiet" disabledReason={readOnly} onClick={remove}>Remove<VisuallyHidden>{`: ${title}`}</VisuallyHidden></Button>
      </div>
    </article>
  );
}

/** Risks that somebody accepted: a closed group, each with its reason and the way to raise it again. Those that stand for nothing any more say so. */
export function Accepted({ findings, idle }: AcceptedProps): ReactElement | null {
  const open = useFindingsView((state) => state.acceptedOpen);
  const readOnly = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null)));
  const unneeded = idle.filter((risk) => risk.unneeded).length;
  if (findings.length + idle.length === 0) return null;
  return (
    <Group title={`Accepted (${findings.length + idle.length})`} {...(unneeded === 0 ? {} : { count: `${unneeded} no longer needed` })} open={open} onToggle={() => useFindingsView.getState().set({ acceptedOpen: !open })}>
      {findings.map((finding) => <Entry key={finding.key} finding={finding} readOnly={readOnly} />)}
      {idle.map((risk) => <IdleEntry key={risk.risk.id} idle={risk} readOnly={readOnly} />)}
    </Group>
  );
}
