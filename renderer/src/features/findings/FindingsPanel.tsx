import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import type { Evaluation, Finding } from '../../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { formatFixedMultiple, formatMultiple } from '../../../../shared/lib/format.ts';
import { commandById, commandLabel, disabledReason, runCommand } from '../../document/commands/index.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { acceptedFindings, openFindings, openQuestions } from '../../../../shared/contracts/open-findings.ts';
import { countBySeverity, groupFindings, type FindingCard, type FindingGroup, type FindingGrouping, type FindingSource } from '../../evaluation/finding-cards.ts';
import { findingSource, nameIn, useFindingsView } from '../../evaluation/findings-view.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { NoLoadYet } from '../../forms/NoLoadYet.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { Select } from '../../ui/Select.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { Accepted } from './Accepted.tsx';
import { Card } from './Card.tsx';
import { FixAll } from './FixAll.tsx';
import styles from './FindingsPanel.module.css';
import { idleRisks } from './idle-risks.ts';
import { keepCards, keepFindings, keepNames, useKept } from './kept.ts';
import { Possible } from './Possible.tsx';
import { Questions } from './Questions.tsx';
import { useSeenFrom } from './seen-from.ts';

/** Milliseconds of rest before counts are told and fixes are weighed again: neither follows the dial step by step. */
const REST_MS = 400;

const GROUPINGS: readonly { readonly value: FindingGrouping; readonly label: string }[] = [
  { value: 'severity', label: 'Severity' },
  { value: 'journey', label: 'Journey' },
  { value: 'component', label: 'Component' },
  { value: 'axis', label: 'Axis' },
];

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function Counts({ findings }: { readonly findings: readonly Finding[] }): ReactElement {
  return (
    <ul className={styles.counts} aria-label="Findings by severity">
      {countBySeverity(findings).map(({ severity, count }) => (
        <li key={severity}>
          <SeverityMark severity={severity} />
          {`${count} ${severity}`}
        </li>
      ))}
      {findings.length === 0 && <li>No findings</li>}
    </ul>
  );
}

function AtLoad({ multiple }: { readonly multiple: number }): ReactElement {
  return (
    <p className={styles.load}>
      {`At ${formatFixedMultiple(multiple)} load`}
      <Button variant="quiet" onClick={() => useEvaluation.getState().set({ multiple: 1 })}>Back to 1x</Button>
    </p>
  );
}

/** How the list is divided and searched: the answers do not change it. */
const Controls = memo(function Controls(): ReactElement {
  const { grouping, filter, set } = useFindingsView();
  return (
    <div className={styles.controls}>
      <Select label="Group by" labelHidden value={grouping} options={GROUPINGS} onChange={(value) => set({ grouping: value, open: null })} className={styles.grouping} />
      <TextField label="Filter findings" labelHidden type="search" placeholder="Filter" icon={GLYPHS.search} value={filter} onChange={(value) => set({ filter: value })} onCancel={() => set({ filter: '' })} className={styles.filter} />
    </div>
  );
});

function Head({ findings, listed }: { readonly findings: readonly Finding[]; readonly listed: readonly Finding[] }): ReactElement {
  return (
    <div className={styles.head}>
      <div className={styles.summary}>
        <Counts findings={findings} />
        <FixAll findings={listed} />
      </div>
      <Controls />
    </div>
  );
}

/** Turns the load up to where the next part breaks. */
function NextBreak(): ReactElement | null {
  const command = commandById('evaluate.next-break');
  useEvaluation((state) => state.sweep);
  return command === undefined ? null : <Button disabledReason={disabledReason(command)} onClick={() => runCommand(command.id)}>{commandLabel(command)}</Button>;
}

function Clean({ evaluation }: { readonly evaluation: Evaluation }): ReactElement {
  const { rules_run: run, rules_not_applicable: apart, multiple } = evaluation;
  return (
    <EmptyState title={`No findings at ${formatMultiple(multiple)}.`} action={<NextBreak />}>
      {`${counted(run, 'check')} ran; ${apart} ${apart === 1 ? 'does' : 'do'} not apply here. Turn the load up to see what breaks first.`}
    </EmptyState>
  );
}

function Failures({ evaluation }: { readonly evaluation: Evaluation }): ReactElement | null {
  const failed = evaluation.rule_failures.length;
  return failed === 0 ? null : <p className={styles.failures}>{`${counted(failed, 'check')} could not run; the scores that depend on ${failed === 1 ? 'it' : 'them'} stay away.`}</p>;
}

interface ListProps { readonly groups: readonly FindingGroup[]; readonly source: FindingSource; readonly multiple: number }

function List({ groups, source, multiple }: ListProps): ReactElement {
  const seenFrom = useSeenFrom(source.findings, multiple);
  const from = (card: FindingCard): number | null => (card.fresh && multiple !== 1 ? Math.min(...card.findings.map((finding) => seenFrom.get(finding.key) ?? multiple)) : null);
  const { journeys } = source;
  const journeyName = useCallback((id: string): string => journeys[id]?.name ?? 'a removed journey', [journeys]);
  return (
    <>
      {groups.map((group) => (
        <section key={group.id} aria-label={group.title} className={styles.group}>
          <h3 className={styles.groupTitle}>{group.title}<span className={styles.count}>{group.cards.length}</span></h3>
          {group.cards.map((card) => <Card key={card.key} card={card} nameOf={source.nameOf} journeyName={journeyName} seenFrom={from(card)} />)}
        </section>
      ))}
    </>
  );
}

/** Told once the counts rest: "4 findings, 1 critical, at 2.6 times". */
function useSpokenCounts(findings: readonly Finding[], multiple: number): string {
  const critical = findings.filter((finding) => finding.severity === 'critical').length;
  const text = [counted(findings.length, 'finding'), ...(critical > 0 ? [`${critical} critical`] : []), ...(multiple === 1 ? [] : [`at ${Number(multiple.toPrecision(3))} times`])].join(', ');
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}

/** Weigh the fixes once drawing and load rest. */
function useRanking(evaluation: Evaluation | null): void {
  const pinned = usePreview((state) => state.pinned);
  useEffect(() => {
    if (!evaluation || pinned) return undefined;
    const timer = setTimeout(() => usePreview.getState().rank(), REST_MS);
    return () => clearTimeout(timer);
  }, [evaluation, pinned]);
}

/** What had the focus may be gone with the last answer: it stays in the panel, on the card that stands there now. */
function useFocusKept(panel: RefObject<HTMLElement | null>, evaluation: Evaluation | null): { readonly onFocus: () => void; readonly onBlur: (event: React.FocusEvent) => void } {
  const inside = useRef(false);
  useEffect(() => {
    if (!inside.current || document.activeElement !== document.body) return;
    const target = panel.current?.querySelector<HTMLElement>('article h4 button') ?? panel.current;
    target?.focus();
  }, [evaluation, panel]);
  return {
    onFocus: () => void (inside.current = true),
    // a removed element blurs without a next one; the effect above then brings the focus back
    onBlur: (event) => void (inside.current = event.relatedTarget === null ? !event.currentTarget.contains(event.target) || document.hasFocus() : event.currentTarget.contains(event.relatedTarget)),
  };
}

function onPanelKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented || useSession.getState().focusedFindings.length === 0) return;
  event.preventDefault();
  useFindingsView.getState().set({ open: null });
  useSession.getState().set({ focusedFindings: [] });
}

/** What was accepted and is found, questions that were set aside, and acceptances of which nothing is found. */
function AcceptedRisks({ source, evaluations }: { readonly source: FindingSource; readonly evaluations: readonly Evaluation[] }): ReactElement {
  const design = useDesign((current) => current);
  const aside = source.findings.filter((finding) => finding.kind === 'question' && finding.accepted !== null);
  return <Accepted findings={[...acceptedFindings(source.findings), ...aside]} idle={idleRisks(design, evaluations, source.nameOf)} />;
}

interface ContentProps {
  readonly source: FindingSource;
  readonly evaluation: Evaluation;
  /** At 1x. */
  readonly base: Evaluation | null;
  readonly multiple: number;
}

function Content({ source, evaluation, base, multiple }: ContentProps): ReactElement {
  const { grouping, filter } = useFindingsView();
  const findings = useMemo(() => openFindings(source.findings), [source]);
  const groups = useKept(useMemo(() => groupFindings(source, grouping, filter), [source, grouping, filter]), keepCards);
  const listed = useMemo(() => groups.flatMap(({ cards }) => cards.flatMap((card) => card.findings)), [groups]);
  const said = useSpokenCounts(findings, multiple);
  return (
    <>
      <VisuallyHidden live="polite">{said}</VisuallyHidden>
      {findings.length > 0 && <Head findings={findings} listed={listed} />}
      {findings.length === 0 && <Clean evaluation={evaluation} />}
      {findings.length > 0 && groups.length === 0 && <EmptyState title="No finding matches.">{`Nothing here names "${filter.trim()}".`}</EmptyState>}
      <List groups={groups} source={source} multiple={multiple} />
      <Possible />
      <Questions questions={openQuestions(source.findings)} nameOf={source.nameOf} />
      <AcceptedRisks source={source} evaluations={base === null ? [evaluation] : [evaluation, base]} />
      <Failures evaluation={evaluation} />
    </>
  );
}

const NOTHING: readonly Finding[] = [];
const NO_NAMES: FindingSource['journeys'] = {};

/** What the list is made of, of which everything that did not change with the last answer is still the same object. */
function useSource(design: Design, current: Evaluation | null, base: Evaluation | null): FindingSource | null {
  const found = useMemo(() => findingSource(design, { current, base }), [design, current, base]);
  const findings = useKept(found?.findings ?? NOTHING, keepFindings);
  const journeys = useKept(found?.journeys ?? NO_NAMES, keepNames);
  const nameOf = useMemo(() => nameIn(design, journeys), [design, journeys]);
  return useMemo(() => found && { ...found, findings, journeys, nameOf }, [found, findings, journeys, nameOf]);
}

/** Findings at the dial's load as cards, questions, and accepted risks (ui 5.2). While a fix is previewed it keeps showing the drawing as it is. */
export function FindingsPanel(): ReactElement {
  const panel = useRef<HTMLElement>(null);
  const design = useDesign((current) => current);
  const held = usePreview((state) => state.held);
  const live = useEvaluation((state) => state.current);
  const liveBase = useEvaluation((state) => state.base);
  const multiple = useEvaluation((state) => state.multiple);
  const current = held ? held.current : live;
  const base = held ? held.base : liveBase;
  const source = useSource(design, current, base);
  const evaluation = current ?? base;
  const focus = useFocusKept(panel, evaluation);
  useRanking(live);
  if (evaluation === null || source === null) return <EmptyState title="No result yet.">The first evaluation of this drawing is under way.</EmptyState>;
  if (evaluation.total_rps === 0) return <NoLoadYet />;
  return (
    <section ref={panel} tabIndex={-1} className={styles.panel} aria-label="Findings" onKeyDown={onPanelKey} {...focus}>
      {multiple !== 1 && <AtLoad multiple={multiple} />}
      <Content source={source} evaluation={evaluation} base={base} multiple={multiple} />
    </section>
  );
}
