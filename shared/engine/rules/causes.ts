/** Cause before symptom on the same element (semantics 12): the symptom is listed inside the cause's card. */
import type { Finding } from '../../contracts/evaluation.ts';
import type { Rule, RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { Drafted, DraftedFinding } from './findings.ts';
import { compareText, severityRank } from './order.ts';

/** For each rule the rules that it explains, over any number of steps. */
export function explainedBy(rules: readonly Pick<Rule, 'id' | 'meta'>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const direct = new Map(rules.map(({ id, meta }) => [id, meta.explains ?? []]));
  return new Map(rules.map(({ id }) => {
    const reached = new Set<string>(direct.get(id));
    for (const next of reached) for (const further of direct.get(next) ?? []) reached.add(further);
    reached.delete(id);
    return [id, reached];
  }));
}

/** The same, kept with the list of rules. */
export const explanationsOf = oncePer(explainedBy);

/** Two findings about a resource each are about one thing only when it is the same resource. */
function sameResource(a: Finding, b: Finding): boolean {
  const [left, right] = [a.data['resource'], b.data['resource']];
  return left === undefined || right === undefined || left === right;
}

/** The outermost of the causes: one that no other of them explains, the most severe first. */
function outermost(causes: readonly DraftedFinding[], explains: ReadonlyMap<string, ReadonlySet<string>>): DraftedFinding | undefined {
  if (causes.length <= 1) return causes[0];
  const outer = causes.filter((cause) => !causes.some((other) => explains.get(other.rule)?.has(cause.rule)));
  return sortFew(outer, (a, b) => severityRank(a) - severityRank(b) || compareText(a.key, b.key))[0];
}

const NONE: readonly DraftedFinding[] = [];

/** Findings by the components and connections that they are about. */
class ByElement {
  private readonly nodes = new Map<string, readonly DraftedFinding[]>();
  private readonly edges = new Map<string, readonly DraftedFinding[]>();

  private of({ kind }: RuleTarget): Map<string, readonly DraftedFinding[]> | null {
    return kind === 'node' ? this.nodes : kind === 'edge' ? this.edges : null;
  }

  add(finding: DraftedFinding): void {
    // elements that nothing else is said of, mostly all, share one list
    const alone = [finding];
    for (const target of finding.targets) {
      const found = this.of(target);
      const before = found?.get(target.id);
      found?.set(target.id, before === undefined ? alone : [...before, finding]);
    }
  }

  at(target: RuleTarget): readonly DraftedFinding[] {
    return this.of(target)?.get(target.id) ?? NONE;
  }
}

/** For each rule with findings that another one explains how many findings may explain one of them, and the rules of those. */
function explaining(drafts: readonly Drafted[], explains: ReadonlyMap<string, ReadonlySet<string>>): { readonly explained: ReadonlyMap<string, number>; readonly causing: ReadonlySet<string> } {
  const found = new Map<string, number>();
  for (const { finding: { rule } } of drafts) found.set(rule, (found.get(rule) ?? 0) + 1);
  const explained = new Map<string, number>();
  const causing = new Set<string>();
  for (const [rule, count] of found) {
    for (const other of explains.get(rule) ?? []) {
      if (!found.has(other)) continue;
      explained.set(other, (explained.get(other) ?? 0) + count);
      causing.add(rule);
    }
  }
  return { explained, causing };
}

/** The findings on the elements of one that explain it, each once; `most` is how many there are anywhere. */
function causesOf(finding: DraftedFinding, byElement: ByElement, explains: ReadonlyMap<string, ReadonlySet<string>>, most: number): readonly DraftedFinding[] {
  const found: DraftedFinding[] = [];
  for (const target of finding.targets) {
    for (const other of byElement.at(target)) if (!found.includes(other) && explains.get(other.rule)?.has(finding.rule) && sameResource(other, finding)) found.push(other);
    if (found.length === most) break;
  }
  return found;
}

/**
 * Fill `caused_by` and `causes` of findings. Questions explain nothing and are not explained: they are not given here.
 */
export function linkCauses(drafts: readonly Drafted[], explains: ReadonlyMap<string, ReadonlySet<string>>): void {
  const { explained, causing } = explaining(drafts, explains);
  if (causing.size === 0) return;
  const byElement = new ByElement();
  for (const { finding } of drafts) if (causing.has(finding.rule)) byElement.add(finding);
  const effects = new Map<DraftedFinding, Set<string>>();
  for (const { finding } of drafts) {
    const most = explained.get(finding.rule);
    if (most === undefined) continue;
    const cause = outermost(causesOf(finding, byElement, explains, most), explains);
    if (cause === undefined) continue;
    finding.caused_by = cause.key;
    const known = effects.get(cause);
    if (known) known.add(finding.rule);
    else effects.set(cause, new Set([finding.rule]));
  }
  for (const [cause, rules] of effects) cause.causes = sortFew([...rules], compareText);
}
