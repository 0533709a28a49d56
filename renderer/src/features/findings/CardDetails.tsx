import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { catalog } from '../../../../catalog/index.ts';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { formatUtilisation } from '../../../../shared/lib/format.ts';
import { openRules } from '../../document/commands/show-rules.ts';
import { useSession } from '../../document/session.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import type { FindingCard } from '../../evaluation/finding-cards.ts';
import { formulasOf } from '../../evaluation/finding-formulas.ts';
import { figuresOf, headlineOf, ruleOf } from '../../evaluation/finding-text.ts';
import { cardAfter, useFindingsView } from '../../evaluation/findings-view.ts';
import { useExplanations } from '../../evaluation/use-explanations.ts';
import { revealParam } from '../../forms/reveal.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { AcceptRisk } from './AcceptRisk.tsx';
import { fieldBehind } from './evidence-fields.ts';
import styles from './FindingsPanel.module.css';
import { FixRow } from './FixRow.tsx';
import type { Fix } from './fixes.ts';

type NameOf = (target: Finding['targets'][number]) => string;

/** Rows that the table of components shows unasked. */
const ROWS = 6;

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles.section}>
      <h5 className={styles.sectionTitle}>{title}</h5>
      {children}
    </section>
  );
}

/** Select what a finding is about, on the canvas and in the inspector. */
function goTo({ kind, id }: Finding['targets'][number]): void {
  const { select, set } = useSession.getState();
  if (kind === 'node' || kind === 'edge' || kind === 'boundary') select({ [kind]: [id] });
  else if (kind === 'journey') set({ selectedJourney: id, bottomOpen: true, bottomTab: 'journeys' });
}

function TargetName({ target, nameOf }: { readonly target: Finding['targets'][number]; readonly nameOf: NameOf }): ReactElement {
  const name = nameOf(target);
  if (target.kind === 'entity') return <span>{name}</span>;
  return <button type="button" className={styles.link} onClick={() => goTo(target)}>{name}</button>;
}

/** The figures of a finding; each leads to the field that decides it, where there is one. */
function EvidenceFigures({ finding }: { readonly finding: Finding }): ReactElement {
  const design = useDesign((current) => current);
  const evaluation = useEvaluation((state) => state.base);
  return (
    <>
      {figuresOf(finding, design).map(({ key, text }) => {
        const field = fieldBehind(design, evaluation, finding, key);
        return field ? <button key={key} type="button" className={styles.figureLink} onClick={() => revealParam(field)}>{text}<VisuallyHidden>, edit</VisuallyHidden></button> : <span key={key}>{text}</span>;
      })}
    </>
  );
}

function TargetTable({ findings, nameOf }: { readonly findings: readonly Finding[]; readonly nameOf: NameOf }): ReactElement {
  const [all, setAll] = useState(false);
  const rest = findings.length - ROWS;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {findings.slice(0, all ? findings.length : ROWS).map((finding) => (
            <tr key={finding.key}>
              <td>{finding.targets.map((target) => <span key={`${target.kind} ${target.id}`} className={styles.target}><TargetName target={target} nameOf={nameOf} /></span>)}</td>
              <td className={styles.figures}><EvidenceFigures finding={finding} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && !all && <Button variant="quiet" onClick={() => setAll(true)}>{`${rest} more`}</Button>}
    </>
  );
}

/** What this one explains: told here, counted nowhere. */
function Symptoms({ findings }: { readonly findings: readonly Finding[] }): ReactElement {
  return (
    <Section title={`Explains ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} more`}>
      <ul className={styles.symptoms}>
        {findings.map((finding) => (
          <li key={finding.key}>
            <SeverityMark severity={finding.severity ?? 'minor'} title={finding.severity ?? 'minor'} />
            <span>{headlineOf(finding)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Sources({ ids }: { readonly ids: readonly string[] }): ReactElement {
  const sources = ids.flatMap((id) => catalog.sources.get(id) ?? []);
  return (
    <ul className={styles.sources}>
      {sources.map(({ id, title, author, year }) => <li key={id}>{[author, title, year].filter((part) => part !== undefined && part !== '').join(', ')}</li>)}
    </ul>
  );
}

function Affected({ card, journeyName }: { readonly card: FindingCard; readonly journeyName: (id: string) => string }): ReactElement | null {
  const names = [...new Set(card.findings.flatMap((finding) => finding.journeys))].map(journeyName);
  if (names.length === 0) return null;
  const listed = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return <p className={styles.text}>{`Affects ${listed}: ${formatUtilisation(Math.min(1, card.share))} of the traffic.`}</p>;
}

/** How the figures of the worst of them come about, with the numbers put in. */
function Formulas({ finding }: { readonly finding: Finding }): ReactElement | null {
  const explanations = useExplanations(finding.axes);
  const formulas = useMemo(() => {
    const trees = finding.axes.flatMap((axis) => explanations[axis] ?? []);
    // with some of them only, the lines would change once more when the others come
    return trees.length < finding.axes.length ? [] : formulasOf(finding, trees);
  }, [finding, explanations]);
  if (formulas.length === 0) return null;
  return (
    <Section title="Formula">
      <dl className={styles.formulas}>
        {formulas.map(({ label, value, formula, inputs }) => (
          <div key={`${label} ${formula}`}>
            <dt>{label} <b>{value}</b></dt>
            <dd className={styles.formula}>{formula}</dd>
            {inputs.length > 0 && <dd>{inputs.map((input) => `${input.label} ${input.value}`).join(' · ')}</dd>}
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** Under what circumstances it is fine, how its figures come about, what a fix asks for, and where that was read. */
function Ground({ card }: { readonly card: FindingCard }): ReactElement | null {
  const rule = ruleOf(card.rule);
  const [first] = card.findings;
  if (!rule) return null;
  return (
    <>
      <Section title="When this is fine"><p className={styles.text}>{rule.meta.whenNotToApply}</p></Section>
      {first && <Formulas finding={first} />}
      <Section title="What a fix asks for"><p className={styles.text}>{rule.meta.tradeOff}</p></Section>
      {rule.meta.sources.length > 0 && <Section title="Sources"><Sources ids={rule.meta.sources} /></Section>}
    </>
  );
}

/** The card goes away with what was accepted: the highlight ends, and the focus goes on. */
function leaveCard(card: FindingCard): void {
  const wanted = cardAfter(card.findings[0]?.key ?? '');
  useSession.getState().set({ focusedFindings: [] });
  useFindingsView.getState().set({ open: null, wanted });
}

/** The rest of an open card (ui 5.2): why, fixes, components with their evidence, when it is fine, formulas, sources, accept risk. */
export function CardDetails({ card, fixes, nameOf, journeyName }: { readonly card: FindingCard; readonly fixes: readonly Fix[]; readonly nameOf: NameOf; readonly journeyName: (id: string) => string }): ReactElement {
  const [accepting, setAccepting] = useState(false);
  const readOnly = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null)));
  const [single] = card.findings;
  const rationale = ruleOf(card.rule)?.meta.rationale;
  return (
    <div className={styles.details}>
      {fixes.length > 0 && (
        <section className={styles.section}>
          <VisuallyHidden><h5>Fixes</h5></VisuallyHidden>
          <ul className={styles.fixes}>{fixes.map((fix) => <FixRow key={`${fix.finding} ${fix.fix}`} fix={fix} />)}</ul>
        </section>
      )}
      <Section title="Why">
        {card.findings.length === 1 && single && <p className={styles.text}>{single.message}</p>}
        {rationale !== undefined && <p className={styles.text}>{rationale}</p>}
        <Affected card={card} journeyName={journeyName} />
      </Section>
      <Section title="Where"><TargetTable findings={card.findings} nameOf={nameOf} /></Section>
      {card.symptoms.length > 0 && <Symptoms findings={card.symptoms} />}
      <Ground card={card} />
      {accepting ? (
        <AcceptRisk findings={card.findings} onDone={() => leaveCard(card)} onCancel={() => setAccepting(false)} />
      ) : (
        <div className={styles.buttons}>
          <Button disabledReason={readOnly} onClick={() => setAccepting(true)}>Accept risk</Button>
          {ruleOf(card.rule) && <Button variant="quiet" onClick={() => openRules(card.rule)}>About this rule</Button>}
        </div>
      )}
    </div>
  );
}
