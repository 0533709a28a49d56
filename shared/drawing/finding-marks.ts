import type { Evaluation, Severity } from '../contracts/evaluation.ts';
import { openFindings, SEVERITIES } from '../contracts/open-findings.ts';
import type { Rect, RouteBox } from './routing/geometry.ts';

/** Findings on one component: their number and the worst of them. */
export interface FindingMark { readonly count: number; readonly worst: Severity }

function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}

/** Findings by component; questions, accepted risks and what another finding explains are not marked. */
export function findingMarks(evaluation: Evaluation | null): ReadonlyMap<string, FindingMark> {
  const marks = new Map<string, FindingMark>();
  for (const finding of openFindings(evaluation?.findings ?? [])) {
    if (finding.severity === null) continue;
    for (const id of new Set(finding.targets.filter((target) => target.kind === 'node').map((target) => target.id))) {
      const before = marks.get(id);
      marks.set(id, { count: (before?.count ?? 0) + 1, worst: before ? worse(before.worst, finding.severity) : finding.severity });
    }
  }
  return marks;
}

/** The badge of a component's findings: its corner, its height, and the most that its number takes (ui 3.2), canvas units. */
export const BADGE = { left: -10, top: -11, width: 50, height: 20 } as const;

/** The number on a badge. */
export function badgeText(count: number): string {
  return count > 99 ? '99+' : String(count);
}

/** Where the badge stands at most. */
export function badgeRect(box: RouteBox): Rect {
  const [left, top] = [box.x + BADGE.left, box.y + BADGE.top];
  return { left, top, right: left + BADGE.width, bottom: top + BADGE.height };
}
