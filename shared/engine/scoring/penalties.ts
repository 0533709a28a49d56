/**
 * What structural findings subtract (evaluation 9, semantics 10): critical 15, major 8, minor 3; the i-th firing of one rule
 * half of the one before; times the affected share, at least .25; 40 an axis at most. Metric rules, questions and findings
 * that another one explains subtract nothing.
 */
import type { Axis, Finding, Penalty, Severity } from '../../contracts/evaluation.ts';
import type { JourneyView } from '../../contracts/graph-view.ts';
import type { Rule } from '../../contracts/rule.ts';

const POINTS: Readonly<Record<Severity, number>> = { critical: 15, major: 8, minor: 3 };
const LEAST_SHARE = 0.25;
const CAP = 40;
const AGAIN = 0.5;

/** What a rule's meta says about subtracting. */
export type PenaltyRules = ReadonlyMap<string, Pick<Rule['meta'], 'kind' | 'penalises'>>;

/** Affected share by importance; the share of traffic where a finding names no journey. */
function shareOf(finding: Finding, journeys: readonly JourneyView[]): number {
  const total = journeys.reduce((sum, { importance }) => sum + importance, 0);
  const affected = journeys.filter(({ id }) => finding.journeys.includes(id)).reduce((sum, { importance }) => sum + importance, 0);
  const share = finding.journeys.length === 0 || !(total > 0) ? finding.traffic_share : affected / total;
  return Math.min(1, Math.max(LEAST_SHARE, share));
}

/** Penalties of one axis, largest first within a rule; together at most 40 points. */
export function penaltiesOf(axis: Axis, findings: readonly Finding[], rules: PenaltyRules, journeys: readonly JourneyView[]): Penalty[] {
  const byRule = new Map<string, number[]>();
  for (const finding of findings) {
    const meta = rules.get(finding.rule);
    if (finding.kind !== 'finding' || finding.severity === null || finding.caused_by !== null || finding.subtracts === false || meta?.kind !== 'structural' || !meta.penalises.includes(axis)) continue;
    byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), POINTS[finding.severity] * shareOf(finding, journeys)]);
  }
  let left = CAP;
  const penalties: Penalty[] = [];
  for (const rule of [...byRule.keys()].sort()) {
    const sizes = (byRule.get(rule) ?? []).sort((a, b) => b - a);
    const points = Math.min(left, sizes.reduce((sum, size, i) => sum + size * AGAIN ** i, 0));
    left -= points;
    if (points > 0) penalties.push({ rule, axis, points });
  }
  return penalties;
}
