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

function arePlain(targets: readonly RuleTarget[]): boolean {
  for (const { id } of targets) if (ESCAPED.test(id)) return false;
  return true;
}

/** Targets as JSON writes their keys. Those of one kind stand together, and their ids need no escapes: they are joined at once. */
function joined(targets: readonly RuleTarget[]): string {
  let text = '';
  for (let from = 0; from < targets.length; ) {
    const { kind, id } = targets[from] as RuleTarget;
    let to = from + 1;
    while (targets[to]?.kind === kind) to += 1;
    const run = to - from === targets.length ? targets : targets.slice(from, to);
    const ids = run.length === 1 ? id : run.map((target) => target.id).join(`","${kind}:`);
    text += `,"${kind}:${ids}"`;
    from = to;
  }
  return text;
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
  return arePlain(ordered) ? `${beginningOf(rule, what)}${joined(ordered)}]` : JSON.stringify([rule.id, what, ...ordered.map(targetKey)]);
}
