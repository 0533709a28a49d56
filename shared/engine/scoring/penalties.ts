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

/** A structural finding that subtracts, with its points. */
interface Subtraction { readonly rule: string; readonly axes: readonly Axis[]; readonly points: number }

/** Affected shares by importance; the share of traffic where a finding names no journey. */
class Shares {
  private readonly journeys: readonly JourneyView[];
  private readonly total: number;
  /** Findings about one place name one list of journeys. */
  private readonly known = new Map<readonly string[], number>();

  constructor(journeys: readonly JourneyView[]) {
    this.journeys = journeys;
    this.total = journeys.reduce((sum, { importance }) => sum + importance, 0);
  }

  private affected(ids: readonly string[]): number {
    const known = this.known.get(ids);
    if (known !== undefined) return known;
    const named = new Set(ids);
    let affected = 0;
    for (const { id, importance } of this.journeys) if (named.has(id)) affected += importance;
    this.known.set(ids, affected);
    return affected;
  }

  of({ journeys, traffic_share }: Finding): number {
    const share = journeys.length === 0 || !(this.total > 0) ? traffic_share : this.affected(journeys) / this.total;
    return Math.min(1, Math.max(LEAST_SHARE, share));
  }
}

/** What subtracts from any axis, in the order of the findings. */
function subtractionsOf(findings: readonly Finding[], rules: PenaltyRules, journeys: readonly JourneyView[]): Subtraction[] {
  const shares = new Shares(journeys);
  const found: Subtraction[] = [];
  for (const finding of findings) {
    if (finding.kind !== 'finding' || finding.severity === null || finding.caused_by !== null || finding.subtracts === false) continue;
    const meta = rules.get(finding.rule);
    if (meta?.kind === 'structural' && meta.penalises.length > 0) found.push({ rule: finding.rule, axes: meta.penalises, points: POINTS[finding.severity] * shares.of(finding) });
  }
  return found;
}

/** Penalties of one axis, largest first within a rule; together at most 40 points. */
function penaltiesFrom(axis: Axis, subtractions: readonly Subtraction[]): Penalty[] {
  const byRule = new Map<string, number[]>();
  for (const { rule, axes, points } of subtractions) {
    if (!axes.includes(axis)) continue;
    const sizes = byRule.get(rule);
    if (sizes) sizes.push(points);
    else byRule.set(rule, [points]);
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

/** The penalties of each axis: largest first within a rule, together at most 40 points. */
export function penaltiesByAxis(findings: readonly Finding[], rules: PenaltyRules, journeys: readonly JourneyView[]): (axis: Axis) => Penalty[] {
  const subtractions = subtractionsOf(findings, rules, journeys);
  return (axis) => penaltiesFrom(axis, subtractions);
}
