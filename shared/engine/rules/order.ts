/** The orders of findings: by severity, and of texts. */
import type { Finding, Severity } from '../../contracts/evaluation.ts';

const SEVERITIES: readonly Severity[] = ['critical', 'major', 'minor'];

/** Order of texts that depends on no locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 0 for the most severe; questions, which have no severity, come last. */
export function severityRank({ severity }: Pick<Finding, 'severity'>): number {
  return severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}
