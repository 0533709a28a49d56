import type { Evaluation, Finding } from '../../../shared/contracts/evaluation.ts';
import { openFindings } from '../../../shared/contracts/open-findings.ts';

/** Findings that stand after a change and did not before it. */
export function raisedFindings(before: Evaluation | null, after: Evaluation): readonly Finding[] {
  const known = new Set(before?.findings.map((finding) => finding.key) ?? []);
  return openFindings(after.findings).filter((finding) => !known.has(finding.key));
}
