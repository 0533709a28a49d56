import type { ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { headlineOf } from '../../evaluation/finding-text.ts';
import { useFindingsView } from '../../evaluation/findings-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Group } from '../../ui/Group.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import styles from './FindingsPanel.module.css';
import { raiseAgain, riskOf, riskText } from './risk-edits.ts';

/** Risks that somebody accepted: a closed group, each with its reason and the way to raise it again. */
export function Accepted({ findings }: { readonly findings: readonly Finding[] }): ReactElement | null {
  const open = useFindingsView((state) => state.acceptedOpen);
  const design = useDesign((current) => current);
  const readOnly = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null)));
  if (findings.length === 0) return null;
  return (
    <Group title={`Accepted (${findings.length})`} open={open} onToggle={() => useFindingsView.getState().set({ acceptedOpen: !open })}>
      {findings.map((finding) => {
        const risk = riskOf(design, finding);
        return (
          <article key={finding.key} className={styles.accepted} aria-label={headlineOf(finding)}>
            <h4 className={styles.acceptedTitle}>
              <SeverityMark severity={finding.severity ?? 'minor'} title={finding.severity ?? 'minor'} />
              <span>{headlineOf(finding)}</span>
            </h4>
            <p className={styles.text}>{finding.accepted?.reason}</p>
            <div className={styles.acceptedFoot}>
              <span className={styles.about}>{risk ? riskText(risk, null) : 'Accepted'}</span>
              <Button variant="quiet" disabledReason={readOnly} onClick={() => raiseAgain(finding)}>Raise again</Button>
            </div>
          </article>
        );
      })}
    </Group>
  );
}
