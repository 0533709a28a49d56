/** The orders of findings: by severity, and of texts. */
import type { Finding } from '../../contracts/evaluation.ts';

/** Order of texts that depends on no locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 0 for the most severe; questions, which have no severity, come last. */
export function severityRank({ severity }: Pick<Finding, 'severity'>): number {
  return severity === 'critical' ? 0 : severity === 'major' ? 1 : severity === 'minor' ? 2 : 3;
}

/** What a finding is listed by. Its key is `opening` and `rest`; of two different openings none begins with the other. */
export interface Ranked { readonly finding: Pick<Finding, 'severity' | 'traffic_share'>; readonly rank: number; readonly opening: string; readonly rest: string }

/** By severity with questions last, then share of the traffic, then key: questions thus by traffic. */
export function byImportance(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  const left = a.finding.traffic_share;
  const right = b.finding.traffic_share;
  if (left !== right) return left > right ? -1 : 1;
  return a.opening === b.opening ? compareText(a.rest, b.rest) : compareText(a.opening, b.opening);
}
