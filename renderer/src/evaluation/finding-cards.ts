import { openFindings, SEVERITIES, stands } from '../../../shared/contracts/open-findings.ts';
import { AXES, type Axis, type Finding, type JourneyResult, type Severity } from '../../../shared/contracts/evaluation.ts';

/** How the list of findings is divided. */
export type FindingGrouping = 'severity' | 'journey' | 'component' | 'axis';

/** All findings of one rule in one group, as one card. */
export interface FindingCard {
  /** Unique in the list: group and rule. */
  readonly key: string;
  readonly rule: string;
  readonly severity: Severity;
  /** The most traffic first; at least one. */
  readonly findings: readonly Finding[];
  /** What these explain: listed inside, never cards of their own. */
  readonly symptoms: readonly Finding[];
  /** Largest share of traffic that one of them affects. */
  readonly share: number;
  /** Not there at 1x. */
  readonly fresh: boolean;
}

/** A headed part of the list. */
export interface FindingGroup { readonly id: string; readonly title: string; readonly cards: readonly FindingCard[] }

/** What the list is made of. */
export interface FindingSource {
  readonly findings: readonly Finding[];
  /** The same at 1x: what is there keeps its order, whatever the dial says. */
  readonly base: readonly Finding[];
  readonly journeys: Readonly<Record<string, Pick<JourneyResult, 'name'>>>;
  /** Name of a target, in words. */
  readonly nameOf: (target: Finding['targets'][number]) => string;
  /** Words of a rule that the filter also searches. */
  readonly titleOf: (rule: string) => string;
}

/** How many findings there are of each severity, worst first, without those that have none. */
export function countBySeverity(findings: readonly Finding[]): readonly { readonly severity: Severity; readonly count: number }[] {
  return SEVERITIES.map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length })).filter(({ count }) => count > 0);
}

interface Place { readonly id: string; readonly title: string }

function placesOf(finding: Finding, by: FindingGrouping, source: FindingSource): readonly Place[] {
  if (by === 'severity') {
    const severity = finding.severity ?? 'minor';
    return [{ id: severity, title: severity.slice(0, 1).toUpperCase() + severity.slice(1) }];
  }
  if (by === 'axis') return finding.axes.map((axis) => ({ id: axis, title: axis.slice(0, 1).toUpperCase() + axis.slice(1) }));
  if (by === 'journey') {
    const places = finding.journeys.map((id) => ({ id, title: source.journeys[id]?.name ?? 'A removed journey' }));
    return places.length > 0 ? places : [{ id: '', title: 'No journey' }];
  }
  const parts = finding.targets.filter(({ kind }) => kind === 'node');
  // connections only where no component is meant: the same finding would stand there several times
  const seen = new Map((parts.length > 0 ? parts : finding.targets).map((target) => [`${target.kind} ${target.id}`, source.nameOf(target)]));
  return seen.size > 0 ? [...seen].map(([id, title]) => ({ id, title })) : [{ id: '', title: 'Whole drawing' }];
}

function rankOf(group: FindingGroup, by: FindingGrouping): number {
  if (by === 'severity') return SEVERITIES.indexOf(group.id as Severity);
  if (by === 'axis') return AXES.indexOf(group.id as Axis);
  return 0;
}

const worst = (findings: readonly Finding[]): Severity => SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'minor';
const largest = (findings: readonly Finding[]): number => Math.max(...findings.map((finding) => finding.traffic_share));

function cardOf(group: string, rule: string, findings: readonly Finding[], all: readonly Finding[], base: ReadonlyMap<string, Finding>): FindingCard {
  const keys = new Set(findings.map((finding) => finding.key));
  const known = findings.flatMap((finding) => base.get(finding.key) ?? []);
  return {
    key: `${group} ${rule}`,
    rule,
    severity: worst(findings),
    findings,
    symptoms: all.filter((finding) => stands(finding) && finding.caused_by !== null && keys.has(finding.caused_by)),
    share: largest(known.length > 0 ? known : findings),
    fresh: known.length === 0,
  };
}

function byWeight(a: FindingCard, b: FindingCard): number {
  return Number(a.fresh) - Number(b.fresh) || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.share - a.share || a.rule.localeCompare(b.rule);
}

function fits(finding: Finding, filter: string, source: FindingSource): boolean {
  if (filter === '') return true;
  const words = [finding.message, source.titleOf(finding.rule), ...finding.targets.map(source.nameOf)].join(' ').toLowerCase();
  return filter.split(/\s+/).every((word) => words.includes(word));
}

/**
 * The list: groups in a fixed order, in each the cards by share of traffic. With the dial away from 1x what is there at
 * 1x keeps its place, and what came later stands at the end of its group.
 */
export function groupFindings(source: FindingSource, by: FindingGrouping, filter: string): readonly FindingGroup[] {
  const base = new Map(source.base.map((finding) => [finding.key, finding]));
  const wanted = filter.trim().toLowerCase();
  const groups = new Map<string, { readonly title: string; readonly rules: Map<string, Finding[]> }>();
  for (const finding of openFindings(source.findings).filter((open) => fits(open, wanted, source))) {
    for (const { id, title } of placesOf(finding, by, source)) {
      const group = groups.get(id) ?? { title, rules: new Map<string, Finding[]>() };
      groups.set(id, group);
      group.rules.set(finding.rule, [...(group.rules.get(finding.rule) ?? []), finding]);
    }
  }
  const list = [...groups].map(([id, { title, rules }]): FindingGroup => ({
    id,
    title,
    cards: [...rules].map(([rule, findings]) => cardOf(id, rule, [...findings].sort((a, b) => b.traffic_share - a.traffic_share || a.key.localeCompare(b.key)), source.findings, base)).sort(byWeight),
  }));
  return list.sort((a, b) => rankOf(a, by) - rankOf(b, by) || Math.max(...b.cards.map((card) => card.share)) - Math.max(...a.cards.map((card) => card.share)) || a.title.localeCompare(b.title));
}
