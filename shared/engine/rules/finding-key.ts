/** Keys of findings: rule, what is said, and what about. They stay the same across edits that do not touch these. */
import type { RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { compareText } from './order.ts';

/** Two targets of one kind and id are the same. Kinds contain no colon. */
function targetKey({ kind, id }: RuleTarget): string {
  return `${kind}:${id}`;
}

/** Order of targets by kind, then id: that of their keys, because no kind begins with the name of another. */
function compareTargets(a: RuleTarget, b: RuleTarget): number {
  return a.kind === b.kind ? compareText(a.id, b.id) : compareText(a.kind, b.kind);
}

function isOrdered(targets: readonly RuleTarget[]): boolean {
  for (let i = 1; i < targets.length; i++) if (compareTargets(targets[i - 1] as RuleTarget, targets[i] as RuleTarget) > 0) return false;
  return true;
}

/** The key of a finding; the order of its targets does not matter. */
export function keyOf(rule: string, what: string, targets: readonly RuleTarget[]): string {
  const ordered = isOrdered(targets) ? targets : sortFew([...targets], compareTargets);
  // most are about one thing
  const [only] = ordered;
  if (ordered.length === 1 && only !== undefined) return JSON.stringify([rule, what, targetKey(only)]);
  return JSON.stringify([rule, what, ...ordered.map(targetKey)]);
}
