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

/** Findings before questions, then by severity, share of the traffic, and key: questions thus by traffic. */
export function byImportance(a: Finding, b: Finding): number {
  if (a.kind !== b.kind) return a.kind === 'question' ? 1 : -1;
  if (a.severity !== b.severity) return severityRank(a) - severityRank(b);
  if (a.traffic_share !== b.traffic_share) return a.traffic_share > b.traffic_share ? -1 : 1;
  return compareText(a.key, b.key);
}
