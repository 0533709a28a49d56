/** Keys of findings: rule, what is said, and what about, as JSON. They stay the same across edits that do not touch these. */
import type { Rule, RuleTarget } from '../../contracts/rule.ts';
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

/** What JSON does not write as it is. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Whether JSON writes the ids as they are, and all are of one kind. */
function arePlain(targets: readonly RuleTarget[]): boolean {
  const kind = targets[0]?.kind;
  for (const target of targets) if (target.kind !== kind || ESCAPED.test(target.id)) return false;
  return true;
}

const beginnings = new WeakMap<Rule, Map<string, string>>();

/** The key up to its targets: the same for every finding that says this. */
function beginningOf(rule: Rule, what: string): string {
  let known = beginnings.get(rule);
  if (known === undefined) beginnings.set(rule, (known = new Map<string, string>()));
  let text = known.get(what);
  if (text === undefined) known.set(what, (text = JSON.stringify([rule.id, what]).slice(0, -1)));
  return text;
}

/** The key of a finding about something; the order of its targets does not matter. */
export function keyOf(rule: Rule, what: string, targets: readonly RuleTarget[]): string {
  const ordered = isOrdered(targets) ? targets : sortFew([...targets], compareTargets);
  const [first] = ordered;
  // mostly the ids can be put together as they are
  if (first === undefined || !arePlain(ordered)) return JSON.stringify([rule.id, what, ...ordered.map(targetKey)]);
  const ids = ordered.length === 1 ? first.id : ordered.map(({ id }) => id).join(`","${first.kind}:`);
  return `${beginningOf(rule, what)},"${first.kind}:${ids}"]`;
}
