/**
 * Keys of findings: rule, what is said, and what about, as JSON: `["rule","message","node:api","node:db"]`. They stay the same
 * across edits that do not touch these. A key is its opening, up to the kind of its first target, and the rest from the id on.
 */
import type { RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { compareText } from './order.ts';

type Kind = RuleTarget['kind'];

/** How keys begin that say one thing, by the kind of their first target; `nothing` without one. */
export type KeyOpenings = Readonly<Record<Kind | 'nothing', string>>;

/** The openings of what a rule says. */
export function openingsOf(rule: string, what: string): KeyOpenings {
  const start = JSON.stringify([rule, what]).slice(0, -1);
  const about = (kind: Kind): string => `${start},"${kind}:`;
  return { boundary: about('boundary'), edge: about('edge'), entity: about('entity'), journey: about('journey'), node: about('node'), nothing: start };
}

/** Order of targets by kind, then id: that of their texts, because no kind begins with the name of another. */
function compareTargets(a: RuleTarget, b: RuleTarget): number {
  return a.kind === b.kind ? compareText(a.id, b.id) : compareText(a.kind, b.kind);
}

/** Targets in the order in which keys have them: that in which they come does not matter. */
export function inKeyOrder(targets: readonly RuleTarget[]): readonly RuleTarget[] {
  for (let i = 1; i < targets.length; i++) if (compareTargets(targets[i - 1] as RuleTarget, targets[i] as RuleTarget) > 0) return sortFew([...targets], compareTargets);
  return targets;
}

/** Whether JSON writes an id otherwise than as it is: a quote, a backslash, a control character, half a pair of code units. */
function needsEscape(id: string): boolean {
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff)) return true;
  }
  return false;
}

/** So many ids are written one after another; a join, which makes one text of them at once, has a price of its own. */
const FEW = 8;

/** Ids of targets that stand together, all of one kind. */
function joined(targets: readonly RuleTarget[], from: number, to: number, kind: Kind): string {
  const between = `","${kind}:`;
  if (to - from <= FEW) {
    let text = (targets[from] as RuleTarget).id;
    for (let i = from + 1; i < to; i++) text += between + (targets[i] as RuleTarget).id;
    return text;
  }
  const ids = new Array<string>(to - from);
  for (let i = from; i < to; i++) ids[i - from] = (targets[i] as RuleTarget).id;
  return ids.join(between);
}

/** A key after its opening, for targets in key order. */
export function restOfKey(targets: readonly RuleTarget[]): string {
  const [first] = targets;
  if (first === undefined) return ']';
  for (const { id } of targets) if (needsEscape(id)) return JSON.stringify(targets.map((target) => `${target.kind}:${target.id}`)).slice(`["${first.kind}:`.length);
  if (targets.length === 1) return `${first.id}"]`;
  let text = '';
  for (let from = 0; from < targets.length; ) {
    const { kind } = targets[from] as RuleTarget;
    let to = from + 1;
    while (targets[to]?.kind === kind) to += 1;
    const ids = joined(targets, from, to, kind);
    text += from === 0 ? ids : `","${kind}:${ids}`;
    from = to;
  }
  return `${text}"]`;
}
