import type { Finding, Severity } from './evaluation.ts';

/** Severities, worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'major', 'minor'];

/** A finding that is neither a question nor accepted; one whose condition has come is raised again. */
export function stands(finding: Finding): boolean {
  return finding.kind === 'finding' && (finding.accepted === null || finding.accepted.stale);
}

/** The findings that are listed by themselves: those that stand, except what another one that stands explains. */
export function openFindings(findings: readonly Finding[]): readonly Finding[] {
  const shown = new Set(findings.filter(stands).map((finding) => finding.key));
  return findings.filter((finding) => stands(finding) && (finding.caused_by === null || !shown.has(finding.caused_by)));
}

/** The findings that somebody accepted, while the condition to raise them again has not come. */
export function acceptedFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.kind === 'finding' && !stands(finding));
}

/** Questions that nobody answered or set aside, the most traffic first. */
export function openQuestions(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter((finding) => finding.kind === 'question' && finding.question !== undefined && finding.accepted === null)
    .sort((a, b) => b.traffic_share - a.traffic_share || (a.key < b.key ? -1 : Number(a.key > b.key)));
}
