import { memo, useEffect, useId, useRef, type ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { formatMultiple } from '../../../../shared/lib/format.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import type { FindingCard } from '../../evaluation/finding-cards.ts';
import { cardHeadline, evidenceOf } from '../../evaluation/finding-text.ts';
import { useFindingsView } from '../../evaluation/findings-view.ts';
import { oddsText } from '../../evaluation/range-text.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { classes } from '../../ui/classes.ts';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { CardDetails } from './CardDetails.tsx';
import styles from './FindingsPanel.module.css';
import { BestFix } from './FixRow.tsx';
import { fixesOf } from './fixes.ts';
import { riskOf, riskText } from './risk-edits.ts';

interface CardProps {
  readonly card: FindingCard;
  readonly nameOf: (target: Finding['targets'][number]) => string;
  readonly journeyName: (id: string) => string;
  /** The smallest load at which it was seen, when it is not there at 1x. */
  readonly seenFrom: number | null;
}

/** Open or close a card; an open one's components are highlighted on the canvas. */
function toggle(card: FindingCard, open: boolean): void {
  useFindingsView.getState().set({ open: open ? null : card.key });
  useSession.getState().set({ focusedFindings: open ? [] : card.findings.map((finding) => finding.key) });
}

/** Take the focus when a command or an applied fix points here. */
function useWantedFocus(key: string): React.RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const wanted = useFindingsView((state) => state.wanted === key);
  useEffect(() => {
    if (!wanted) return;
    button.current?.focus();
    button.current?.scrollIntoView({ block: 'nearest' });
    useFindingsView.getState().set({ wanted: null });
  }, [wanted]);
  return button;
}

/** The line of an accepted risk whose condition has come. */
function Returned({ findings }: { readonly findings: readonly Finding[] }): ReactElement | null {
  const risk = useDesign((design) => findings.map((finding) => (finding.accepted?.stale ? riskOf(design, finding) : undefined)).find((found) => found !== undefined));
  const total = useEvaluation((state) => state.current?.total_rps ?? 0);
  return risk ? <p className={styles.returned}>{`${riskText(risk, total)}.`}</p> : null;
}

function useEvidence({ findings: [first] }: FindingCard): string {
  return useDesign((design) => (first ? evidenceOf(first, design).join(' · ') : ''));
}

/** How often the findings of a card hold while an input is uncertain, and which one decides. */
function Odds({ findings }: { readonly findings: readonly Finding[] }): ReactElement | null {
  const ranges = useRangesAt(useEvaluation((state) => state.current?.multiple));
  const text = ranges && oddsText(findings.map(({ key }) => key), ranges);
  return text === null ? null : <p className={styles.odds}>{`${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`}</p>;
}

function FindingCardView({ card, nameOf, journeyName, seenFrom }: CardProps): ReactElement {
  const heading = useId();
  const open = useFindingsView((state) => state.open === card.key);
  // apart, so that asking for a new ranking draws nothing before it comes
  const ranked = usePreview((state) => state.ranking?.fixes ?? null);
  const error = usePreview((state) => state.ranking?.error ?? null);
  const button = useWantedFocus(card.key);
  const fixes = fixesOf(card, { fixes: ranked, error });
  const headline = cardHeadline(card, nameOf);
  const evidence = useEvidence(card);
  const [best] = fixes;
  return (
    <article className={classes(styles.card, open && styles.open)} aria-labelledby={heading}>
      <h4 id={heading} className={styles.headline}>
        <button ref={button} type="button" className={styles.toggle} aria-expanded={open} title={headline} onClick={() => toggle(card, open)}>
          <SeverityMark severity={card.severity} title={card.severity} />
          <span className={styles.words}>{headline}</span>
        </button>
      </h4>
      {(evidence !== '' || seenFrom !== null) && (
        <p className={styles.evidence}>
          <span className="truncate">{evidence}</span>
          {seenFrom !== null && <span className={styles.fresh}>{`from ${formatMultiple(seenFrom)}`}</span>}
        </p>
      )}
      <Odds findings={card.findings} />
      <Returned findings={card.findings} />
      {!open && best && <BestFix fix={best} />}
      {open && <CardDetails card={card} fixes={fixes} nameOf={nameOf} journeyName={journeyName} />}
    </article>
  );
}

/** All findings of one rule as a card: closed shape, headline, evidence and best fix; open everything about them. */
export const Card = memo(FindingCardView);
