import { create } from 'zustand';
import type { Finding } from '../../../shared/contracts/evaluation.ts';
import { catalog } from '../../../catalog/index.ts';
import type { Design } from '../../../shared/model/design.ts';
import { useSession } from '../document/session.ts';
import { activeDocument } from '../document/workspace.ts';
import { useEvaluation } from './evaluation-store.ts';
import { groupFindings, type FindingCard, type FindingGroup, type FindingGrouping, type FindingSource } from './finding-cards.ts';
import { usePreview } from './preview-store.ts';

interface FindingsView {
  readonly grouping: FindingGrouping;
  readonly filter: string;
  /** Key of the open card; at most one is. */
  readonly open: string | null;
  /** Key of the card that takes the focus when it is drawn. */
  readonly wanted: string | null;
  readonly acceptedOpen: boolean;
  readonly allQuestions: boolean;
  set(change: Partial<Omit<FindingsView, 'set'>>): void;
}

/** How the findings are looked at: never saved, kept while the window is open. */
export const useFindingsView = create<FindingsView>()((set) => ({
  grouping: 'severity',
  filter: '',
  open: null,
  wanted: null,
  acceptedOpen: false,
  allQuestions: false,
  set: (change) => set(change),
}));

const titles: ReadonlyMap<string, string> = new Map(catalog.rules.map((rule) => [rule.id, rule.meta.failureTitle]));

/** A connection by its ends: "Shortener API to Postgres". */
function edgeName(design: Design, id: string): string {
  const edge = design.edges[id];
  const end = (of: string): string => design.nodes[of]?.name ?? design.boundaries[of]?.name ?? 'a removed part';
  return edge ? `${end(edge.from)} to ${end(edge.to)}` : 'A removed connection';
}

/** The name of what a finding is about. */
export function targetName(design: Design, target: Finding['targets'][number]): string {
  const { kind, id } = target;
  if (kind === 'edge') return edgeName(design, id);
  const bag = { node: design.nodes, journey: design.journeys, boundary: design.boundaries, entity: design.entities }[kind];
  return bag[id]?.name ?? (kind === 'journey' ? 'Derived journey' : 'A removed part');
}

/** The name of what a finding is about, journeys that nobody drew included. */
export function nameIn(design: Design, journeys: FindingSource['journeys']): FindingSource['nameOf'] {
  return (target) => (target.kind === 'journey' ? (journeys[target.id]?.name ?? targetName(design, target)) : targetName(design, target));
}

/** The evaluations that the list is about: while a fix is previewed those from before it. */
export function listedEvaluations(): { readonly current: ReturnType<typeof useEvaluation.getState>['current']; readonly base: ReturnType<typeof useEvaluation.getState>['base'] } {
  const { held } = usePreview.getState();
  return held ?? useEvaluation.getState();
}

/** What the list is made of, for one state of the drawing. Null before the first answer. */
export function findingSource(design: Design, evaluations: ReturnType<typeof listedEvaluations>): FindingSource | null {
  const current = evaluations.current ?? evaluations.base;
  if (!current) return null;
  return {
    findings: current.findings,
    base: (evaluations.base ?? current).findings,
    journeys: current.journeys,
    nameOf: nameIn(design, current.journeys),
    titleOf: (rule) => titles.get(rule) ?? '',
  };
}

/** The groups as the panel shows them now. */
export function listedGroups(): readonly FindingGroup[] {
  const doc = activeDocument();
  const source = doc ? findingSource(doc.design, listedEvaluations()) : null;
  const { grouping, filter } = useFindingsView.getState();
  return source ? groupFindings(source, grouping, filter) : [];
}

/** Open a card, highlight what it is about, and give it the focus. */
export function goToCard(card: FindingCard): void {
  useFindingsView.getState().set({ open: card.key, wanted: card.key });
  useSession.getState().set({ rightOpen: true, rightTab: 'findings', focusedFindings: card.findings.map((finding) => finding.key) });
}

/** The key of the card after the one that a finding stands in, else of the one before it; null when it is the only one. */
export function cardAfter(finding: string): string | null {
  const cards = listedGroups().flatMap((group) => group.cards);
  const at = cards.findIndex((card) => card.findings.some(({ key }) => key === finding));
  return (cards[at + 1] ?? cards[at - 1])?.key ?? null;
}

/** The card `step` places after the open one, round the end; null when there is none. */
export function neighbouringCard(step: 1 | -1): FindingCard | null {
  const cards = listedGroups().flatMap((group) => group.cards);
  const { open } = useFindingsView.getState();
  const at = cards.findIndex((card) => card.key === open);
  if (at < 0) return (step === 1 ? cards[0] : cards.at(-1)) ?? null;
  return cards[(at + step + cards.length) % cards.length] ?? null;
}
